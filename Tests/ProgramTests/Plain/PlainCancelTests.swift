// Runs that are ended while the wizard without a screen follows them: a script's through a pipe, and a person's on a
// terminal; to a real server, held back by a limit.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("A run that the wizard without a screen follows")
struct PlainCancelTests {
    private let program: Sluice
    private let inputs: TemporaryFolder
    private let destination: RealDestination
    /// The folder of the exports, on the server.
    private let folder: String

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        destination = try RealDestination.sftp()
        folder = "\(try #require(destination.server).home)/\(RealDestination.folder)"
        try program.addSlowRecords()
        try program.add(destination, secretsIn: inputs)
    }

    private var published: [String] {
        tree(folder).filter { $0.hasSuffix(".json.gz") && !$0.contains("/.") }
    }

    /// Everything that is there but folders.
    private var files: [String] { tree(folder).filter { !$0.hasSuffix("/") } }

    /// Starts an export as a script does, with all answers written beforehand, and waits until some of it is there.
    private func startScript() throws -> ChildProcess {
        let shell = "printf '%s\\n' 1 all '' '' finish quit | \"$0\" --plain --limit 60k; exit $?"
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        let process = try ChildProcess(
            ["/bin/sh", "-c", shell, try Sluice.path], environment: environment,
            output: inputs.file("transcript"), errors: inputs.file("errors"))
        try wait { published.count >= 2 || process.hasEnded }
        #expect(published.count < SlowExport.parts, "It was over before it was ended")
        return process
    }

    private func transcript() throws -> String {
        String(decoding: try inputs.bytes(of: "transcript"), as: UTF8.self)
            + String(decoding: try inputs.bytes(of: "errors"), as: UTF8.self)
    }

    @Test("through a pipe and that is cancelled meanwhile has failed for the script too, and leaves no file")
    func cancelledElsewhere() throws {
        let process = try startScript()
        let run = try #require(try program.listedRuns(of: "Records to Nightly").first)
        #expect(run.status == "inProgress")
        let cancelled = try program("runs", "cancel", run.id)
        #expect(cancelled.status == 0, Comment(rawValue: cancelled.errors))
        #expect(process.wait() == 1)
        let said = Comment(rawValue: try transcript())
        #expect(said.rawValue.contains("cancelled"), said)
        #expect(files == [], said)
        #expect(try program.listedRuns(of: "Records to Nightly").map(\.status) == ["failed"])
    }

    @Test("through a pipe ends with 130 by SIGINT, and with each record once when it is gone on with")
    func interrupted() throws {
        let process = try startScript()
        let names = published
        let mine = try Sluice.run("pgrep", ["-P", "\(process.id)", "-x", "sluice"]).output
        let id = try #require(pid_t(mine.trimmingCharacters(in: .whitespacesAndNewlines)))
        let begun = ContinuousClock.now
        kill(id, SIGINT)
        let status = process.wait()
        let said = Comment(rawValue: try transcript())
        #expect(status == 130, said)
        #expect(ContinuousClock.now - begun < .seconds(5))
        #expect(try program.listedRuns(of: "Records to Nightly").map(\.status) == ["inProgress"])
        let finished = try program("runs", "start", "Records to Nightly")
        #expect(finished.status == 0, Comment(rawValue: finished.errors))
        #expect(try ExportedFolder(folder).facts == SlowExport.wholeFacts)
        #expect(Set(names).isSubset(of: published))
    }

    @Test("on a terminal is cancelled by who breaks in on it, and leaves no file")
    func cancelled() throws {
        let conversation = try Conversation(
            "cancel", with: program, arguments: ["--plain", "--limit", "60k"])
        let said = Comment(rawValue: conversation.errors + conversation.transcript)
        #expect(conversation.status == 1, said)
        #expect(conversation.unspeakable == [], said)
        #expect(files == [], said)
        #expect(try program.listedRuns(of: "Records to Nightly").map(\.status) == ["failed"])
    }
}
