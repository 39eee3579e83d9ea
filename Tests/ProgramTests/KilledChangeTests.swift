// Programs that are really killed while they change a flow or a destination, at each step, and what comes of it.
import Foundation
import Glibc
import TerminalTesting
import TestFiles
import Testing

/// The steps of the change of a flow to other datasets: the word of the note, the table, what is done with it.
let datasetSteps = [
    ("source", "sourceConnection", "INSERT"), ("swap", "flow", "UPDATE"),
    ("removal", "sourceConnection", "DELETE"),
]

@Suite("A change of a flow's datasets whose program is killed")
struct KilledFlowChangeTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        let plan = try program.nightlyPlan(
            in: inputs, start: "2098-01-15T00:00:00Z", end: "2099-01-15T00:00:00Z")
        let extra = try inputs.write("extra.json", "{\"n\":1}\n")
        try #require(try program("datasets", "add", "Extra", extra).status == 0)
        let made = try program("export", plan)
        try #require(made.status == 0, Comment(rawValue: made.errors))
    }

    private func kill(at step: Int) throws {
        let (word, table, operation) = datasetSteps[step]
        try program.hold(table, on: operation)
        let process = try ChildProcess([
            try Sluice.path, "flows", "edit", "Nightly", "--add-dataset", "Extra", "--yes", "--home",
            program.home.path,
        ])
        try program.waitForNote(of: word)
        process.send(SIGKILL)
        #expect(process.wait() == 128 + SIGKILL)
        try program.letGo()
    }

    private func leftID() throws -> String {
        let listed = try program("flows", "unfinished")
        #expect(listed.output.contains("The change of the flow “Nightly” was left half made"))
        return String(try #require(listed.output.split(separator: " ").first))
    }

    private func datasets() throws -> Int {
        let shown = try program("flows", "show", "Nightly", "--json").output
        return try #require(
            Int(try Sluice.python("import json,sys; print(len(json.loads(sys.argv[1])['datasets']))", shown)))
    }

    @Test("is gone on with by its id: the flow has them, and one source connection", arguments: 0..<3)
    func resumed(step: Int) throws {
        try kill(at: step)
        #expect(try datasets() == (step == 2 ? 3 : 2))
        let resumed = try program("flows", "unfinished", "--resume", try leftID())
        #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
        #expect(try datasets() == 3)
        #expect(try program.partCounts() == "1 1 1 1")
        #expect(program.notes.isEmpty)
    }

    @Test("is removed by its id: the flow is as it was, with its one source connection", arguments: 0..<3)
    func removed(step: Int) throws {
        try kill(at: step)
        let removed = try program("flows", "unfinished", "--remove", try leftID())
        #expect(removed.status == 0, Comment(rawValue: removed.errors))
        #expect(try datasets() == 2)
        #expect(try program.partCounts() == "1 1 1 1")
        #expect(program.notes.isEmpty)
    }

    @Test("is offered by the wizard, which goes on with it to the flow's files")
    func wizard() throws {
        try kill(at: 1)
        let session = try WizardSession(program)
        try session.see("The change of the flow “Nightly” was left half made on")
        try session.see("made the switch of the flow “Nightly” to them")
        try session.press("r")
        try session.see("“Nightly” is changed")
        try session.quit()
        #expect(try datasets() == 3)
        #expect(try program.partCounts() == "1 1 1 1")
        #expect(program.notes.isEmpty)
    }
}

@Suite("A change of a destination to a new account whose program is killed")
struct KilledDestinationChangeTests {
    private static let steps = [
        ("account", "baseConnection", "INSERT"), ("swap", "targetConnection", "UPDATE"),
        ("removal", "baseConnection", "DELETE"),
    ]

    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    /// What there is: the number of accounts and destinations, and the account that the destination has.
    private func facts() throws -> String {
        let parts = try program.partCounts()
        let account = try program.queried(
            "SELECT b.name FROM targetConnection t JOIN baseConnection b ON b.id = t.baseConnectionID")
        return "\(parts) \(account)"
    }

    /// A bucket that is set up as “Archive”, and a wizard that is killed while it gives it an account “Other”.
    private func kill(at step: Int) async throws -> RealDestination {
        let destination = try await RealDestination.make(.amazonS3)
        let added = try program.guarded(
            destination.value("s3SecretKey"),
            [
                "destinations", "add", "s3", "--name", "Archive", "datasetFileType=JSON",
                "compression=GZIP",
            ] + destination.arguments(secretsIn: inputs), environment: destination.environment)
        try #require(added.status == 0, Comment(rawValue: added.errors))
        #expect(try facts() == "0 1 1 0 Archive")

        let wizard = try WizardSession(program, environment: destination.environment)
        try wizard.see("1 destination")
        try wizard.press("e")
        try wizard.see("“Archive” (Amazon S3)")
        try wizard.choose("new account", of: "Account")
        for field in destination.fields { try wizard.fill(field.title, field.value) }
        try wizard.fill("Account name", "Other")
        let (word, table, operation) = Self.steps[step]
        try program.hold(table, on: operation)
        try wizard.testAndSave()
        try program.waitForNote(of: word)
        Glibc.kill(try wizard.tmux.process(), SIGKILL)
        try wizard.wait("the wizard is dead") { _ in try wizard.tmux.facts().isDead }
        try program.letGo()
        try wizard.expectNoTrace(of: destination.secrets)
        return destination
    }

    @Test(
        "is gone on with where the account was made, else it is said that its credentials were not kept",
        arguments: 0..<3)
    func resumed(step: Int) async throws {
        let destination = try await kill(at: step)
        let session = try WizardSession(program, environment: destination.environment)
        try session.see("The change of the destination “Archive” was left half made on")
        try session.press("r")
        if step == 0 {
            try session.see("The credentials of the account “Other” were not kept")
            try session.press("Escape")
            try session.see("u Half made")
            #expect(try facts() == "0 1 1 0 Archive")
        } else {
            try session.see("The change of the destination “Archive” is ready")
            #expect(try facts() == "0 1 1 0 Other")
            #expect(program.notes.isEmpty)
        }
        try session.quit()
        try session.expectNoTrace(of: destination.secrets)
    }

    @Test("is removed by its id: the destination has the account that it had", arguments: 0..<3)
    func removed(step: Int) async throws {
        let destination = try await kill(at: step)
        let listed = try program("flows", "unfinished")
        #expect(listed.output.contains("The change of the destination “Archive” was left half made"))
        let id = try #require(listed.output.split(separator: " ").first)
        let removed = try program("flows", "unfinished", "--remove", String(id))
        #expect(removed.status == 0, Comment(rawValue: removed.errors))
        #expect(try facts() == "0 1 1 0 Archive")
        #expect(program.notes.isEmpty)
        #expect(SecretSearch(destination.secrets).traces(below: program.home.path) == [])
        // The secret of the account that it had is still good.
        var environment = ProcessInfo.processInfo.environment.merging(destination.environment) { $1 }
        environment["SLUICE_HOME"] = program.home.path
        let tested = try Sluice.run(
            try Sluice.path, ["destinations", "test", "Archive"], environment: environment)
        #expect(tested.status == 0, Comment(rawValue: tested.errors))
    }
}

@Suite("The removal of a destination whose program is killed")
struct KilledDestinationRemovalTests {
    private let program: Sluice

    init() throws {
        program = try Sluice()
        let made = try program(
            "destinations", "add", "dlz", "--name", "Zone", "path=out", "datasetFileType=JSON",
            "compression=GZIP")
        try #require(made.status == 0, Comment(rawValue: made.errors))
    }

    @Test(
        "is listed, and ended either way with nothing left of it", arguments: ["--resume", "--remove"], 0..<2)
    func ended(option: String, step: Int) throws {
        let (word, table) = [("swap", "targetConnection"), ("removal", "baseConnection")][step]
        try program.hold(table, on: "DELETE")
        let process = try ChildProcess([
            try Sluice.path, "destinations", "remove", "Zone", "--yes", "--home", program.home.path,
        ])
        try program.waitForNote(of: word)
        process.send(SIGKILL)
        #expect(process.wait() == 128 + SIGKILL)
        try program.letGo()
        #expect(try program.partCounts() == (step == 0 ? "0 1 1 0" : "0 1 0 0"))
        let listed = try program("flows", "unfinished")
        #expect(listed.output.contains("The removal of the destination “Zone” was left half made"))
        let id = String(try #require(listed.output.split(separator: " ").first))
        let ended = try program("flows", "unfinished", option, id)
        #expect(ended.status == 0, Comment(rawValue: ended.errors))
        // What has not begun yet is given up by --remove.
        let isKept = step == 0 && option == "--remove"
        #expect(try program.partCounts() == (isKept ? "0 1 1 0" : "0 0 0 0"))
        #expect(program.notes.isEmpty)
    }
}
