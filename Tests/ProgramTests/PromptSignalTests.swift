// A question for a secret that a signal ends: the terminal is given back as it was.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("A question for a secret")
struct PromptSignalTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        let set = try program(
            "vault", "passphrase", "--new-passphrase-file", try inputs.write("new", "correct horse battery"))
        try #require(set.status == 0, Comment(rawValue: set.errors))
    }

    @Test("goes on when the terminal's end is ignored, as nohup has it")
    func ignored() throws {
        let process = try ChildProcess(
            ["nohup", try Sluice.path, "serve", "--port", "0", "--home", program.home.path],
            output: inputs.file("output"))
        let end = Date(timeIntervalSinceNow: 60)
        while (try? inputs.bytes(of: "output"))?.isEmpty != false, Date() < end { usleep(10_000) }
        process.send(SIGHUP)
        usleep(300_000)
        #expect(!process.hasEnded)
        process.send(SIGTERM)
        #expect(process.wait() == 0)
    }

    @Test(
        "gives the terminal back as it was when a signal ends it, whoever asks",
        arguments: ["", "vault passphrase"], [SIGINT, SIGTERM, SIGHUP])
    func signals(command: String, signal: Int32) throws {
        let shell =
            "stty -g > \(inputs.path)/before; '\(try Sluice.path)' \(command); echo $? > \(inputs.path)/status; stty -g > \(inputs.path)/after; echo done; sleep 1000"
        let tmux = try Tmux.start(
            command: ["sh", "-c", shell], environment: ["SLUICE_HOME": program.home.path])
        try tmux.waitUntil(shows: "assphrase of the vault")
        let during = try Program.run("stty", ["-F", try tmux.terminal(), "-a"])
        #expect(during.text.contains("-echo "), Comment(rawValue: during.text + during.errors))
        let listed = try Program.run("pgrep", ["-P", "\(try tmux.process())"])
        let asking = try #require(listed.text.split(separator: "\n").compactMap { pid_t($0) }.first)
        #expect(kill(asking, signal) == 0)
        try tmux.waitUntil(shows: "done")
        #expect(try inputs.bytes(of: "before") == inputs.bytes(of: "after"))
        #expect(try String(decoding: inputs.bytes(of: "status"), as: UTF8.self) == "\(128 + signal)\n")
    }
}
