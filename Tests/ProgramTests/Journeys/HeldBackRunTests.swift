// A run that a limit of the bandwidth holds back, left in its middle and gone on with where there is no limit.
import Foundation
import TerminalTesting
import TestFiles
import TestServers
import Testing

@Suite("A run that a limit holds back")
struct HeldBackRunTests {
    @Test(
        "is left in the pane, and ends at once when the wizard is opened without the limit: each record is there once"
    )
    func reopened() throws {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        let destination = try RealDestination.sftp()
        let folder = "\(try #require(destination.server).home)/\(RealDestination.folder)"
        try program.addSlowRecords()
        try program.add(destination, secretsIn: inputs)
        let published = { tree(folder).filter { $0.hasSuffix(".json.gz") && !$0.contains("/.") } }

        // All of it would take some ten seconds.
        let slow = try WizardSession(program, arguments: ["--limit", "60k"])
        try slow.see("1 destination")
        try slow.press("Enter")
        try slow.see("1 of 1")
        try slow.press("Space")
        try slow.see("1 selected")
        try slow.press("Enter")
        try slow.see("Start date")
        try slow.press("Enter")
        try slow.see("Enter Finish")
        try slow.press("Enter")
        try slow.see("under way")
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
