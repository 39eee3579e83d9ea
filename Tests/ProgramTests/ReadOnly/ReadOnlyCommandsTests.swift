// Every command where nothing may be changed: what changes something is refused before anything is touched, what only
// looks answers as ever.
import Foundation
import TestFiles
import Testing

@testable import sluice

@Suite("Commands where nothing may be changed")
struct ReadOnlyCommandsTests {
    /// A command with arguments that make sense; RUN, PLAN and FILE stand for those of a furnished home.
    struct Given: Sendable, CustomTestStringConvertible {
        var command: String
        var arguments: [String] = []

        init(_ command: String, _ arguments: String...) {
            self.command = command
            self.arguments = arguments
        }

        var testDescription: String { ([command] + arguments).joined(separator: " ") }

        /// The arguments of the program, in a furnished home.
        func words(in home: FurnishedHome) -> [String] {
            let meant = ["RUN": home.run, "PLAN": home.plan, "FILE": home.inputs.file("orders.json")]
            return command.split(separator: " ").map(String.init) + arguments.map { meant[$0] ?? $0 }
        }
    }

    /// Each command as it changes something.
    static let changing = [
        Given("datasets add", "Other", "FILE"), Given("datasets remove", "Events", "--yes"),
        Given("destinations add", "dlz", "--name", "Other", "path=other", "--no-test"),
        Given("destinations edit", "Zone", "path=other", "--no-test"),
        Given("destinations remove", "Zone", "--yes"), Given("destinations test", "Zone", "--probe"),
        Given("destinations test", "Zone", "--host-key", "SHA256:x"),
        Given("export", "PLAN"), Given("flows edit", "Nightly", "--name", "Weekly", "--yes"),
        Given("flows pause", "Nightly"), Given("flows resume", "Nightly"),
        Given("flows delete", "Nightly", "--yes"), Given("flows unfinished", "--resume", "x"),
        Given("flows unfinished", "--remove", "x"), Given("runs start", "Nightly"),
        Given("runs start", "--due"), Given("runs retry", "RUN"), Given("runs cancel", "RUN"),
        Given("verify", "Nightly", "--repair"), Given("login", "--name", "acme"),
        Given("profiles use", "--embedded"), Given("profiles rename", "acme", "other"),
        Given("profiles remove", "acme", "--yes"), Given("vault passphrase", "--remove"),
        Given("vault rotate"), Given("vault reset", "--yes"), Given("serve", "--rotate-token"),
        Given("schedule install", "--with", "cron"), Given("schedule remove"),
        Given("webhook", "https://127.0.0.1:9/"),
    ]

    /// Each command as it only looks.
    static let looking = [
        Given("datasets list"), Given("datasets show", "Orders"), Given("destinations list"),
        Given("destinations catalog"), Given("destinations show", "Zone"), Given("destinations test", "Zone"),
        Given("export", "PLAN", "--dry-run"), Given("flows list"), Given("flows show", "Nightly"),
        Given("flows unfinished"), Given("runs list"), Given("runs show", "RUN"), Given("verify", "Nightly"),
        Given("verify", "Nightly", "--deep"), Given("inspect", "FILE"), Given("profiles list"),
        Given("vault status"), Given("schedule install", "--print", "due", "--with", "cron"),
        Given("schedule show"), Given("themes list"), Given("themes show", "dark"), Given("help", "plan"),
        Given("vault passphrase", "--help"),
    ]

    /// Commands that obey while they run, or that look at what a furnished home has not.
    static let others: Set = ["wizard", "demo", "serve", "profiles show"]

    @Test("say of themselves, all of them, what they do to the world")
    func declared() {
        let commands = sluice.Sluice.commands
        for command in commands {
            #expect(command.type is any ProgramCommand.Type, "\(command.words)")
        }
        let known = Set((Self.changing + Self.looking).map(\.command)).union(Self.others)
        #expect(Set(commands.map { $0.words.dropFirst().joined(separator: " ") }) == known)
    }

    @Test("are refused in one sentence where they change something, and nothing is touched")
    func refused() throws {
        let home = try FurnishedHome()
        let before = contents(of: home.program.home.path)
        for given in Self.changing {
            let words = given.words(in: home)
            let byVariable = try run(words, in: home, ["SLUICE_READ_ONLY": "1"])
            let sentence = "sluice: SLUICE_READ_ONLY is set, and sluice \(given.command), as it was given,"
            #expect(byVariable.status == 2 && byVariable.output.isEmpty, "\(given.testDescription)")
            #expect(byVariable.errors.hasPrefix(sentence), "\(byVariable.errors)")
            #expect(byVariable.errors.split(separator: "\n").count == 1)
            // They work on no platform and on nothing that is kept in the home folder, so they have no such option.
            if ["schedule remove", "webhook"].contains(given.command) { continue }
            let byOption = try run(words + ["--read-only"], in: home, [:])
            #expect(byOption.status == 2 && byOption.errors.hasPrefix("sluice: With --read-only "))
        }
        #expect(contents(of: home.program.home.path) == before)
    }

    @Test("do what they are told where the option or the variable says that they may")
    func allowed() throws {
        let home = try FurnishedHome()
        let byOption = try run(
            ["flows", "pause", "Nightly", "--no-read-only"], in: home, ["SLUICE_READ_ONLY": "1"])
        #expect(byOption.status == 0 && byOption.errors.contains("Paused"))
        let byVariable = try run(["flows", "resume", "Nightly"], in: home, ["SLUICE_READ_ONLY": "0"])
        #expect(byVariable.status == 0 && byVariable.errors.contains("Resumed"))
        let wrong = try run(["flows", "pause", "Nightly"], in: home, ["SLUICE_READ_ONLY": "perhaps"])
        #expect(wrong.status == 2 && wrong.errors.contains("SLUICE_READ_ONLY is “perhaps”"))
    }

    @Test("answer as ever where they only look, and leave everything as it is")
    func looks() throws {
        let home = try FurnishedHome()
        for given in Self.looking {
            let words = given.words(in: home)
            let usual = try run(words, in: home, [:])
            let before = contents(of: home.program.home.path)
            let looked = try run(words, in: home, ["SLUICE_READ_ONLY": "1"])
            #expect(
                looked.status == usual.status && looked.output == usual.output,
                "\(given.testDescription): \(looked.errors)")
            #expect(contents(of: home.program.home.path) == before, "\(given.testDescription)")
        }
    }

    @Test(
        "make no home folder where they only look",
        arguments: [["flows", "list"], ["datasets", "list"], ["profiles", "list"], ["vault", "status"]])
    func noHome(words: [String]) throws {
        let home = try FurnishedHome()
        let folder = home.inputs.file("nowhere")
        let looked = try run(words, in: home, ["SLUICE_READ_ONLY": "1", "SLUICE_HOME": folder])
        #expect(looked.status == 0, Comment(rawValue: looked.errors))
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    private func run(
        _ words: [String], in home: FurnishedHome, _ environment: [String: String]
    ) throws -> Sluice.Outcome {
        try Sluice.run(
            try Sluice.path, words,
            environment: [
                "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": home.program.home.path,
                "SLUICE_HOME": home.program.home.path,
            ].merging(environment) { $1 })
    }
}
