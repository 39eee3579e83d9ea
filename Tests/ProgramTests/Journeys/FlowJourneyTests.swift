// Flows in a real terminal: put off, paused, followed and deleted; and a question of the command line answered.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("Flows in a terminal")
struct FlowJourneyTests {
    private let program: Sluice

    /// Makes a flow that ends in ten days, and has exported.
    init() throws {
        program = try Sluice()
        let inputs = try TemporaryFolder()
        for name in ["Orders", "Events"] {
            let file = try inputs.write("\(name).json", "{\"n\":1}\n")
            #expect(try program("datasets", "add", name, file).status == 0)
        }
        let end = ISO8601DateFormatter().string(from: Date().addingTimeInterval(10.5 * 86_400))
        let plan = try inputs.write(
            "plan.toml",
            """
            name = "Nightly"
            datasets = ["Orders", "Events"]

            [destination]
            name = "Backups"
            spec = "Data Landing Zone"
            path = "backups"
            datasetFileType = "JSON"
            compression = "GZIP"

            [schedule]
            frequency = "daily"
            start = 2026-01-15T00:00:00Z
            end = \(end)
            """)
        let exported = try program("export", plan)
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
    }

    private func flow(_ expression: String) throws -> String {
        try Sluice.python(
            "import json,sys; f=json.loads(sys.argv[1]); print(\(expression))",
            try program("flows", "--json").output)
    }

    @Test("A flow is found, put off by a key, paused, followed to its files, and deleted without them")
    func wholeCare() throws {
        let files = tree(program.home.path + "/landing-zone")
        let session = try WizardSession(program)
        try session.see("1 destination")
        try session.press("f")
        try session.see("The flow ends in 10 days")
        try session.press("+")
        try session.see("“Nightly” ends on")
        #expect(try flow("'notice' in f[0]['schedule']") == "False")
        try session.press("p")
        try session.see("“Nightly” is paused")
        #expect(try flow("f[0]['state']") == "disabled")
        try session.press("Enter")
        try session.see("all there")
        try session.press("Escape")
        try session.see("Orders, Events")
        try session.press("x")
        try session.see("Its files in /backups stay")
        try session.press("y")
        try session.see("is deleted; its files stay")
        #expect(try flow("len(f)") == "0")
        #expect(tree(program.home.path + "/landing-zone") == files)
        try session.press("Escape")
        try session.see("1 destination")
        try session.quit()
    }

    @Test(
        "An edit that takes something away is asked about, and made only when the answer is yes",
        arguments: [("n", "2"), ("y", "1")])
    func asks(answer: String, datasets: String) throws {
        let command =
            "'\(try Sluice.path)' flows edit Nightly --remove-dataset Orders; echo status $?; sleep 1000"
        let tmux = try Tmux.start(
            command: ["sh", "-c", command], environment: ["SLUICE_HOME": program.home.path])
        try tmux.waitUntil(shows: "nevertheless? [y/N]")
        #expect(try flow("len(f[0]['datasets'])") == "2")
        try tmux.sendText(answer)
        try tmux.send("Enter")
        let screen = try tmux.waitUntil(shows: "status").joined(separator: " ")
        #expect(screen.contains("“Orders” would no longer be exported"))
        #expect(screen.contains(answer == "y" ? "status 0" : "status 1"))
        #expect(screen.contains("Nothing was changed.") == (answer == "n"))
        #expect(try flow("len(f[0]['datasets'])") == datasets)
    }
}
