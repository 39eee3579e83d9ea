// Programs that are really killed while they make an export, between any two of its parts, and what comes of it.
import Foundation
import Glibc
import TerminalTesting
import TestFiles
import Testing

@Suite("An export whose program is killed while it is made")
struct KilledMakingTests {
    /// The parts of an export, in the order in which they are made: the word of the note, the table, words for people.
    static let parts = [
        ("source", "sourceConnection", "the source connection of 2 datasets"),
        ("account", "baseConnection", "the account “Backups”"),
        ("target", "targetConnection", "the destination “Backups”"),
        ("flow", "flow", "the flow “Nightly”"),
    ]

    private let program: Sluice
    private let inputs: TemporaryFolder
    private let plan: String

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        plan = try program.nightlyPlan(in: inputs, end: "2099-01-15T00:00:00Z")
    }

    /// Starts the export and kills it while it makes a part.
    private func kill(making part: (word: String, table: String, words: String)) throws {
        try program.hold(part.table)
        let process = try ChildProcess([try Sluice.path, "export", plan, "--home", program.home.path])
        try program.waitForNote(of: part.word)
        process.send(SIGKILL)
        #expect(process.wait() == 128 + SIGKILL)
        try program.letGo()
    }

    private func counts() throws -> String { try program.partCounts() }

    private var notes: [String] { program.notes }

    private func unfinished(_ expression: String) throws -> String {
        let listed = try program("flows", "unfinished", "--json")
        #expect(listed.status == 0, Comment(rawValue: listed.errors))
        return try Sluice.python(
            "import json,sys; u=json.loads(sys.argv[1]); print(\(expression))", listed.output)
    }

    // MARK: What comes of it

    @Test(
        "is listed with what it has made, and gone on with by its id; nothing is made twice", arguments: 0..<4
    )
    func resumed(index: Int) throws {
        try kill(making: Self.parts[index])
        let made = Self.parts[..<index].map(\.0)
        #expect(
            try unfinished("(u[0]['made'] == \(made), u[0]['mayBeMade'])")
                == "(True, '\(Self.parts[index].0)')"
        )
        let words = try program("flows", "unfinished").output
        for (place, part) in Self.parts.enumerated() { #expect(words.contains(part.2) == (place <= index)) }
        let resumed = try program("flows", "unfinished", "--resume", try unfinished("u[0]['id']"))
        #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
        #expect(resumed.output.contains("Nightly"))
        #expect(try counts() == "1 1 1 1")
        #expect(try unfinished("len(u)") == "0" && notes.isEmpty)
        // The plan finds it.
        #expect(try program("export", plan).status == 0)
        #expect(try counts() == "1 1 1 1")
    }

    @Test("tells, when it is gone on with, what its plan says", arguments: [3, 4])
    func tells(index: Int) throws {
        let text = try String(contentsOfFile: plan, encoding: .utf8)
        let telling = try inputs.write(
            "telling.toml", text + "\n[notifications]\non = [\"failure\"]\ncommand = [\"/bin/echo\", \"x\"]\n"
        )
        let part =
            index < 4 ? Self.parts[index] : ("telling", "flowNotifications", "what the flow “Nightly” tells")
        try program.hold(part.1)
        let process = try ChildProcess([try Sluice.path, "export", telling, "--home", program.home.path])
        try program.waitForNote(of: part.0)
        process.send(SIGKILL)
        #expect(process.wait() == 128 + SIGKILL)
        try program.letGo()
        let resumed = try program("flows", "unfinished", "--resume", try unfinished("u[0]['id']"))
        #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
        #expect(try program("flows", "show", "Nightly").output.contains("failure by /bin/echo x"))
        #expect(try unfinished("len(u)") == "0" && notes.isEmpty)
        #expect(try counts() == "1 1 1 1")
    }

    @Test("is gone on with by the same plan", arguments: 0..<4)
    func samePlan(index: Int) throws {
        try kill(making: Self.parts[index])
        let exported = try program("export", plan)
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        #expect(try counts() == "1 1 1 1")
        #expect(notes.isEmpty)
        #expect(try program("verify", "Nightly").status == 0)
    }

    @Test("is removed by its id, and nothing of it is left", arguments: 0..<4)
    func removed(index: Int) throws {
        try kill(making: Self.parts[index])
        let removed = try program("flows", "unfinished", "--remove", try unfinished("u[0]['id']"))
        #expect(removed.status == 0, Comment(rawValue: removed.errors))
        #expect(try counts() == "0 0 0 0")
        #expect(notes.isEmpty)
        let none = try program("flows", "unfinished")
        #expect(none.output.isEmpty && none.errors.contains("Nothing was left half made."))
        #expect(try program("flows", "unfinished", "--remove", "x").status == 1)
    }

    @Test("is nobody else's while the program that makes it lives")
    func alive() throws {
        try program.hold("targetConnection")
        let process = try ChildProcess([try Sluice.path, "export", plan, "--home", program.home.path])
        try program.waitForNote(of: "target")
        #expect(try unfinished("len(u)") == "0")
        process.send(SIGKILL)
        process.wait()
        try program.letGo()
        #expect(try unfinished("len(u)") == "1")
    }

    @Test("is offered by the wizard, which goes on with it to its files")
    func wizard() throws {
        try kill(making: Self.parts[3])
        let session = try WizardSession(program)
        try session.see("The export “Nightly” was left half made on")
        try session.see("may have made the flow")
        try session.press("Escape")
        try session.see("u Half made")
        try session.press("u")
        try session.see("Go on with it, remove what it has made, or leave it for now?")
        try session.press("r")
        try session.see("2 runs complete")
        try session.quit()
        #expect(try counts() == "1 1 1 1")
        #expect(notes.isEmpty)
    }

    @Test("A wizard that is killed while it makes a dataflow offers to remove what it has made")
    func killedWizard() throws {
        let made = try program(
            "destinations", "add", "dlz", "--name", "Zone", "path=out", "datasetFileType=JSON",
            "compression=GZIP")
        try #require(made.status == 0, Comment(rawValue: made.errors))
        try program.hold("flow")
        let killed = try WizardSession(program)
        try killed.see("1 destination")
        try killed.press("Enter")
        try killed.see("2 of 2")
        try killed.press("Space", "Enter")
        try killed.see("Frequency")
        try killed.press("Enter")
        try killed.see("1  Destination")
        try killed.press("Enter")
        try program.waitForNote(of: "flow")
        Glibc.kill(try killed.tmux.process(), SIGKILL)
        try killed.wait("the wizard is dead") { _ in try killed.tmux.facts().isDead }
        try program.letGo()
        #expect(try counts() == "1 1 1 0")

        let session = try WizardSession(program)
        try session.see("was left half made on")
        try session.press("x")
        try session.see("had made is removed")
        try session.quit()
        #expect(try counts() == "0 1 1 0")
        #expect(notes.isEmpty)
    }
}
