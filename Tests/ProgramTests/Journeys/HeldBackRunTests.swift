// A run that a limit of the bandwidth holds back, left in its middle and gone on with where there is no limit.
import Foundation
import TerminalTesting
import TestFiles
import TestServers
import Testing

@Suite("A run that a limit holds back")
struct HeldBackRunTests {
    private let program: Sluice
    private let inputs: TemporaryFolder
    private let destination: RealDestination
    /// What is exported, on the server.
    private let folder: String

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        destination = try RealDestination.sftp()
        folder = "\(try #require(destination.server).home)/\(RealDestination.folder)"
        try program.addSlowRecords()
        try program.add(destination, secretsIn: inputs)
    }

    @Test("writes fewer files at a time, and ends at once without the limit: each record is there once")
    func lifted() throws {
        // All of it would take some ten seconds.
        let wizard = try exporting(limit: "60k")
        try wizard.see("limit 60.0 kB/s")
        try wizard.press("f")
        try wizard.see("Files of a run at a time")
        try wizard.press("1", "Enter")
        try wizard.see("1 file at a time")
        let begun = ContinuousClock.now
        try wizard.press("b")
        try wizard.see("Bytes a second each way")
        try wizard.press("C-u", "Enter")
        try wizard.see("all there")
        #expect(ContinuousClock.now - begun < .seconds(6))
        try wizard.quit()
        #expect(try program.listedRuns(of: "Records to Nightly").map(\.status) == ["success"])
        #expect(try ExportedFolder(folder).facts == SlowExport.wholeFacts)
    }

    /// A wizard with a limit in whose pane the export of the records is under way.
    private func exporting(limit: String) throws -> WizardSession {
        let wizard = try WizardSession(program, arguments: ["--limit", limit])
        try wizard.see("1 destination")
        try wizard.press("Enter")
        try wizard.see("1 of 1")
        try wizard.press("Space")
        try wizard.see("1 selected")
        try wizard.press("Enter")
        try wizard.see("Start date")
        try wizard.press("Enter")
        try wizard.see("Enter Finish")
        try wizard.press("Enter")
        try wizard.see("under way")
        return wizard
    }

    @Test(
        "is left in the pane, and ends at once when the wizard is opened without the limit: each record is there once"
    )
    func reopened() throws {
        let published = { tree(folder).filter { $0.hasSuffix(".json.gz") && !$0.contains("/.") } }

        // All of it would take some ten seconds.
        let slow = try exporting(limit: "60k")
        try slow.wait("two files are there") { _ in published().count >= 2 }
        #expect(published().count < SlowExport.parts, "It was over before it was left")
        let names = Set(published())
        try slow.quit()
        let left = try program.listedRuns(of: "Records to Nightly")
        #expect(left.map(\.status) == ["inProgress"])

        let begun = ContinuousClock.now
        let fast = try WizardSession(program)
        try fast.see("1 destination")
        try fast.press("f")
        try fast.see("Records to Nightly")
        try fast.press("Enter")
        try fast.see("all there")
        #expect(ContinuousClock.now - begun < .seconds(6))
        try fast.quit()
        let finished = try program.listedRuns(of: "Records to Nightly")
        #expect(finished.map(\.id) == left.map(\.id) && finished.map(\.status) == ["success"])
        #expect(try ExportedFolder(folder).facts == SlowExport.wholeFacts)
        #expect(names.isSubset(of: published()))
    }
}
