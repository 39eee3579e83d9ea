// The wizard on a vault with a passphrase that nobody has given: it asks, before anything else.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("A vault with a passphrase, in the wizard")
struct LockedVaultTests {
    private let program: Sluice
    private let inputs: TemporaryFolder
    private static let passphrase = "correct horse battery"

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        let key = try inputs.write("key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY\n")
        let added = try program(
            "destinations", "add", "s3", "--name", "Archive", "s3AccessKey=AKIAIOSFODNN7EXAMPLE",
            "s3SecretKey=@\(key)", "endpoint=http://127.0.0.1:1", "bucketName=acme-exports", "path=nightly",
            "datasetFileType=json", "compression=gzip", "--no-test")
        try #require(added.status == 0, Comment(rawValue: added.errors))
        let set = try program(
            "vault", "passphrase", "--new-passphrase-file", try inputs.write("new", Self.passphrase))
        try #require(set.status == 0, Comment(rawValue: set.errors))
    }

    @Test(
        "asks for it without showing it, says when it is wrong, asks again, and goes on",
        arguments: ["", "demo"])
    func asks(command: String) throws {
        let wizard = try WizardSession(program, arguments: command.isEmpty ? [] : [command])
        try wizard.see("Passphrase of the vault (not shown):")
        try wizard.tmux.sendText("incorrect horse")
        try wizard.press("Enter")
        let screen = try wizard.see("This is not the vault's passphrase: check it for typing errors")
        #expect(!screen.joined().contains("horse"))
        try wizard.wait("it is asked for again") { screen in
            screen.filter { $0.contains("Passphrase of the vault") }.count == 2
        }
        try wizard.tmux.sendText(Self.passphrase)
        try wizard.press("Enter")
        try wizard.see("1 destination")
        // A test opens the secret: that nobody listens there is found out after that.
        try wizard.press("t")
        try wizard.see("takes no connection")
        try wizard.press("Escape")
        try wizard.see("1 destination")
        try wizard.quit()
        try wizard.expectNoTrace(of: [Self.passphrase, "incorrect horse"])
    }

    @Test("takes it from a file without asking")
    func isGiven() throws {
        let wizard = try WizardSession(
            program,
            environment: ["SLUICE_PASSPHRASE_FILE": try inputs.write("given", Self.passphrase + "\n")])
        try wizard.see("1 destination")
        try wizard.quit()
    }

    /// How a question is left: with Ctrl-C, or because the process is told to end.
    enum Leaving: String, CaseIterable { case interrupt, terminate }

    @Test("gives the terminal back as it was when the question is left", arguments: Leaving.allCases)
    func isLeft(_ leaving: Leaving) throws {
        let asking = "echo $$ > \(inputs.path)/pid; exec '\(try Sluice.path)'"
        let shell =
            "trap : INT; stty -g > \(inputs.path)/before; sh -c \"\(asking.replacing("$", with: "\\$"))\"; echo $? > \(inputs.path)/status; stty -g > \(inputs.path)/after; echo done; sleep 1000"
        let tmux = try Tmux.start(
            command: ["sh", "-c", shell], environment: ["SLUICE_HOME": program.home.path])
        try tmux.waitUntil(shows: "Passphrase of the vault")
        switch leaving {
        case .interrupt: try tmux.send("C-c")
        case .terminate:
            let pid = try #require(
                Int32(String(decoding: inputs.bytes(of: "pid"), as: UTF8.self).dropLast()))
            kill(pid, SIGTERM)
        }
        try tmux.waitUntil(shows: "done")
        #expect(try inputs.bytes(of: "before") == inputs.bytes(of: "after"))
        let status = leaving == .interrupt ? "130\n" : "143\n"
        #expect(try String(decoding: inputs.bytes(of: "status"), as: UTF8.self) == status)
    }
}
