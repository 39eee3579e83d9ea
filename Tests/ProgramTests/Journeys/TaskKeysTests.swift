// How much has to be pressed for what people do every day: it must not grow unseen.
import Foundation
import TestFiles
import Testing

@Suite("The keys of everyday tasks")
struct TaskKeysTests {
    private let program: Sluice

    /// Five flows that export every day; the last export of the one in the middle has failed.
    init() throws {
        program = try Sluice()
        let inputs = try TemporaryFolder()
        for number in 1...5 {
            let records = number == 3 ? "{\"n\":1}\nthis is no record\n" : "{\"n\":1}\n"
            let file = try inputs.write("records-\(number).json", records)
            #expect(try program("datasets", "add", "Dataset \(number)", file).status == 0)
            let plan = try inputs.write(
                "plan.toml",
                """
                name = "Flow \(number)"
                datasets = ["Dataset \(number)"]
                [destination]
                name = "Backups \(number)"
                spec = "Data Landing Zone"
                path = "backups/\(number)"
                datasetFileType = "JSON"
                compression = "GZIP"
                [schedule]
                frequency = "daily"
                start = 2026-01-15T00:00:00Z
                end = 2099-01-15T00:00:00Z
                """)
            let exported = try program("export", plan)
            #expect(exported.status == (number == 3 ? 1 : 0), Comment(rawValue: exported.errors))
        }
    }

    /// Opens the wizard.
    private func open() throws -> WizardSession {
        let session = try WizardSession(program)
        try session.see("5 destinations")
        return session
    }

    @Test("Why last night's run of one of five flows failed is seen after one key")
    func whyItFailed() throws {
        let session = try open()
        try session.press("f")
        // The cursor is on the flow that failed, and its reason stands below the list.
        try session.see("1 of 2 records is not a JSON object; the first is in records-3.json, line 2")
        #expect(session.keys == 1)
        try session.quit()
    }

    @Test(
        "The schedule of one of five flows is another one after 7 keys, and after 10 with the farthest of the choices",
        arguments: [("every 3 hours", 7), ("every 12 hours", 10)])
    func otherSchedule(frequency: String, keys: Int) throws {
        let session = try open()
        try session.press("f")
        try session.see("Flow 3")
        // From the flow that failed to the one below it.
        try session.press("Down")
        try session.see("Dataset 2")
        try session.press("c")
        try session.see("Settings of “Flow 2”")
        try session.choose(frequency, of: "Frequency")
        try session.press("Enter")
        try session.see("“Flow 2” is changed")
        #expect(session.keys == keys)
        let flows = try program("flows", "--json").output
        #expect(
            try Sluice.python(
                "import json,sys; print([f['schedule']['frequency'] for f in json.loads(sys.argv[1])])", flows
            )
                == "['daily', 'daily', 'daily', '\(frequency)', 'daily']")
        try session.quit()
    }
}
