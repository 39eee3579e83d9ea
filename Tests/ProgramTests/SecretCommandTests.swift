// Commands that print secrets, as programs that keep passwords do: what they may use, what is said where they give
// none, and where the secret is not.
import ChildPrograms
import ExportDomain
import Foundation
import Languages
import Secrets
import TerminalTesting
import TestFiles
import Testing

@testable import sluice

@Suite("A command that prints a secret")
struct SecretCommandTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    private static let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY"
    private static let passphrase = "correct horse battery"

    /// A program that prints what a file holds, so that no argument of it is the secret.
    private func script(_ lines: String..., printing secret: String = secret) throws -> String {
        let file = try inputs.write("printed", secret + "\n")
        let path = try inputs.write(
            "keep word", (["#!/bin/sh"] + (lines.isEmpty ? ["cat '\(file)'"] : lines)).joined(separator: "\n")
        )
        try #require(chmod(path, 0o755) == 0)
        return "'\(path)'"
    }

    private static func add(_ name: String, _ source: String) -> [String] {
        [
            "destinations", "add", "s3", "--name", name, "s3AccessKey=AKIAIOSFODNN7EXAMPLE",
            "bucketName=acme-exports", "path=nightly", "datasetFileType=json", "compression=gzip",
            "region=eu-central-1", "--no-test", "--json", "s3SecretKey=\(source)",
        ]
    }

    // MARK: What is said

    private static let path = "/opt/keep/pass"

    @Test(
        "gives what it has printed, or a sentence that has nothing of that",
        arguments: [
            (
                ChildProgram.Outcome(ending: .exited(1), outputBytes: Array("s3cret".utf8)),
                "The command “pass” ended with status 1, and gave no secret."
            ),
            (
                ChildProgram.Outcome(
                    ending: .exited(2), outputBytes: Array("s3cret".utf8),
                    errors: "gpg: decryption failed\n\u{1B}[31mNo secret key\n \n"),
                "The command “pass” ended with status 2: [31mNo secret key"
            ),
            (
                ChildProgram.Outcome(ending: .killed(signal: 9), outputBytes: Array("s3cret".utf8)),
                "The command “pass” was ended by signal 9, and gave no secret."
            ),
            (
                ChildProgram.Outcome(ending: .timedOut, outputBytes: Array("s3cret".utf8)),
                "The command “pass” was not done after 60 seconds, and was killed."
            ),
            (ChildProgram.Outcome(ending: .exited(0)), "What “pass” printed is empty."),
            (
                ChildProgram.Outcome(ending: .exited(0), outputBytes: Array("\n\n".utf8)),
                "What “pass” printed is empty."
            ),
            (
                ChildProgram.Outcome(ending: .exited(0), outputBytes: Array("s3cret".utf8) + [0xFF]),
                "What “pass” printed is not text: give a key as PEM or OpenSSH text, or in Base64."
            ),
            (
                ChildProgram.Outcome(
                    ending: .exited(0),
                    outputBytes: Array(repeating: UInt8(ascii: "s"), count: FormModel.longestFile + 1)),
                "What “pass” printed has more than \(FormModel.longestFile) bytes: it is no secret."
            ),
        ])
    func refused(outcome: ChildProgram.Outcome, sentence: String) throws {
        let command = try SecretCommand("pass show acme/s3")
        let failure = #expect(throws: sluice.Failure.self) {
            try command.secret(of: outcome, within: SecretCommand.longest)
        }
        #expect(failure?.text.english == sentence)
        #expect(failure?.text.english.contains("s3cret") == false)
    }

    @Test("drops the line break behind a line, and keeps those of many lines")
    func lines() throws {
        let command = try SecretCommand("pass")
        let key = "-----BEGIN KEY-----\nabc\n-----END KEY-----\n"
        for (printed, secret) in [("one line\n", "one line"), ("one line\r\n", "one line"), (key, key)] {
            let outcome = ChildProgram.Outcome(ending: .exited(0), outputBytes: Array(printed.utf8))
            #expect(try command.secret(of: outcome, within: .seconds(1)).reveal() == secret)
        }
    }

    @Test(
        "is none where it has no word, or quotes that are not closed",
        arguments: ["", "  ", "''", "pass 'show"])
    func unreadable(text: String) {
        #expect(throws: sluice.Failure.self) { try SecretCommand(text) }
    }

    // MARK: With the real program

    @Test("gives a field of a destination, whose secret is seen nowhere")
    func field() throws {
        let added = try program.guarded(Self.secret, Self.add("Archive", "command:\(try script()) 1 'a b'"))
        #expect(added.status == 0, Comment(rawValue: added.errors))
        #expect(
            added.output.contains("\"s3SecretKey\"") && added.errors.isEmpty, Comment(rawValue: added.errors))
        // The command was seen, so that the search has looked at it.
        #expect(added.commandLines.contains { $0.contains("keep word") })
    }

    @Test("that gives none is told, and nothing is saved")
    func failures() throws {
        let printed = try inputs.write("said", Self.secret)
        for (lines, words) in [
            (["cat '\(printed)'", "echo locked >&2", "exit 1"], "ended with status 1: locked"),
            (["cat '\(printed)'", "exit 3"], "ended with status 3, and gave no secret."),
            (["true"], "printed is empty."),
            (["cat '\(printed)'", "printf '\\377'"], "is not text"),
            (["cat '\(printed)'", "head -c 2000000 /dev/zero | tr '\\0' x"], "bytes: it is no secret."),
            (["cat '\(printed)'", "kill -9 $$"], "was ended by signal 9"),
        ] {
            let path = try inputs.write("failing", (["#!/bin/sh"] + lines).joined(separator: "\n"))
            try #require(chmod(path, 0o755) == 0)
            let added = try program.guarded(Self.secret, Self.add("Archive", "command:'\(path)'"))
            #expect(added.status == 1, Comment(rawValue: added.errors))
            #expect(added.errors.contains(words), Comment(rawValue: added.errors))
            #expect(added.errors.split(separator: "\n").count == 1, Comment(rawValue: added.errors))
        }
        let missing = try program.guarded(Self.secret, Self.add("Archive", "command:no-such-program show"))
        #expect(missing.status == 1 && missing.errors.contains("There is no program “no-such-program”"))
        let unclosed = try program.guarded(Self.secret, Self.add("Archive", "command:pass 'show"))
        #expect(unclosed.status == 2 && unclosed.errors.contains("quotation mark"))
        #expect(try program("destinations", "--json").output.filter { !$0.isWhitespace } == "[]")
    }

    @Test("gives the passphrase of the vault, by an option or a variable, and nothing of it stays")
    func passphrase() throws {
        #expect(try program.guarded(Self.secret, Self.add("Archive", "command:\(try script())")).status == 0)
        let command = try script(printing: Self.passphrase)
        let set = try program.guarded(
            Self.passphrase, ["vault", "passphrase", "--new-passphrase-command", command])
        #expect(set.status == 0 && set.errors.contains("1 secret was"), Comment(rawValue: set.errors))
        #expect(try program("vault", "rotate").status == 1)
        let option = try program.guarded(
            Self.passphrase, ["vault", "rotate", "--passphrase-command", command])
        #expect(option.status == 0, Comment(rawValue: option.errors))
        let variable = try program.guarded(
            Self.passphrase, ["vault", "rotate"], environment: ["SLUICE_PASSPHRASE_COMMAND": command])
        #expect(variable.status == 0, Comment(rawValue: variable.errors))
        let failing = try program.guarded(
            Self.passphrase, ["vault", "rotate", "--passphrase-command", "false"])
        #expect(failing.status == 1 && failing.errors.contains("The command “false” ended with status 1"))
        let both = try program(
            "vault", "rotate", "--passphrase-command", command, "--passphrase-file", "/nothing")
        #expect(both.status == 2 && both.errors.contains("exclude each other"))
        let printed = try program(
            "schedule", "install", "--with", "cron", "--print", "due", "--passphrase-command", command)
        #expect(printed.status == 0 && printed.output.contains("--passphrase-command "), "\(printed)")
    }

    // MARK: On a terminal

    /// A command that asks a person for a word at the terminal before it prints the secret.
    private func asking() throws -> String {
        let file = inputs.file("printed")
        return try script(
            "printf 'Touch the key, or type the number: ' > /dev/tty", "stty -echo < /dev/tty",
            "read number < /dev/tty", "stty echo < /dev/tty",
            "echo \"heard $number\" >&2", "cat '\(file)'", printing: Self.passphrase)
    }

    private func setPassphrase() throws {
        #expect(try program.guarded(Self.secret, Self.add("Archive", "command:\(try script())")).status == 0)
        let set = try program(
            "vault", "passphrase", "--new-passphrase-file", try inputs.write("new", Self.passphrase))
        try #require(set.status == 0, Comment(rawValue: set.errors))
    }

    @Test("may ask a person at the terminal, who sees what it says")
    func asks() throws {
        try setPassphrase()
        let shell = "'\(try Sluice.path)' vault rotate; echo status $?; sleep 1000"
        let tmux = try Tmux.start(
            command: ["sh", "-c", shell],
            environment: [
                "SLUICE_HOME": program.home.path, "SLUICE_PASSPHRASE_COMMAND": try asking(),
            ])
        try tmux.waitUntil(shows: "Touch the key")
        try tmux.sendText("4711")
        try tmux.send("Enter")
        let screen = try tmux.waitUntil(shows: "status 0").joined(separator: "\n")
        #expect(screen.contains("heard 4711") && screen.contains("new key"), Comment(rawValue: screen))
        #expect(SecretSearch([Self.passphrase]).forms(in: screen).isEmpty)
    }

    @Test("is ended by Ctrl-C, as sluice is, and the terminal is as it was")
    func interrupted() throws {
        try setPassphrase()
        let shell =
            "stty -g > \(inputs.path)/before; '\(try Sluice.path)' vault rotate; echo status $?; stty -g > \(inputs.path)/after; echo done; sleep 1000"
        let tmux = try Tmux.start(
            command: ["sh", "-c", "trap : INT; " + shell],
            environment: [
                "SLUICE_HOME": program.home.path, "SLUICE_PASSPHRASE_COMMAND": try asking(),
            ])
        try tmux.waitUntil(shows: "Touch the key")
        try tmux.send("C-c")
        let screen = try tmux.waitUntil(shows: "done").joined(separator: "\n")
        #expect(screen.contains("status 130"), Comment(rawValue: screen))
        #expect(try inputs.bytes(of: "before") == inputs.bytes(of: "after"))
    }

    @Test("may ask before the wizard has the terminal, and unlocks its vault")
    func wizard() throws {
        try setPassphrase()
        let wizard = try WizardSession(program, environment: ["SLUICE_PASSPHRASE_COMMAND": try asking()])
        try wizard.see("Touch the key")
        try wizard.tmux.sendText("4711")
        try wizard.press("Enter")
        try wizard.see("1 destination")
        try wizard.quit()
        try wizard.expectNoTrace(of: [Self.passphrase, Self.secret])
    }
}
