// The probe in a real terminal, started in the ways that the tests need.

import Foundation
import Languages
import TerminalTesting
import Testing
import TextLiterals

/// The probe, running in tmux.
struct ProbeTerminal {
    let tmux: Tmux

    /// The probe alone, ready for keys.
    init(
        columns: Int = 80, rows: Int = 24, arguments: [String] = [], environment: [String: String] = [:]
    ) throws {
        let program = try BuiltProgram.path("TerminalProbe")
        tmux = try Tmux.start(
            command: [program] + arguments, columns: columns, rows: rows, environment: environment)
    }

    /// A shell that shows the terminal's modes, runs the probe, shows its status and the modes again, and
    /// then echoes what it is sent.
    init(betweenModesOf script: String) throws {
        let program = try BuiltProgram.path("TerminalProbe")
        let lines = """
            echo "before $(stty -g | cksum)"; \(script.replacing("PROBE", with: program)); echo "status $?"
            echo "after $(stty -g | cksum)"; exec cat -v
            """
        tmux = try Tmux.start(command: ["bash", "--norc", "-c", lines])
    }

    /// An interactive shell, with job control, that runs the probe and keeps the modes before it in BEFORE.
    static func inShell() throws -> ProbeTerminal {
        let tmux = try Tmux.start(command: ["bash", "--norc", "-i"], environment: ["PS1": "$ "])
        let terminal = ProbeTerminal(tmux: tmux)
        try tmux.waitUntil(shows: "$")
        try tmux.sendText("BEFORE=$(stty -g); \(BuiltProgram.path("TerminalProbe"))")
        try tmux.send("Enter")
        try terminal.waitUntilReady()
        return terminal
    }

    private init(tmux: Tmux) { self.tmux = tmux }

    /// Waits for the last line of the probe's screen.
    @discardableResult
    func waitUntilReady() throws -> [String] {
        try tmux.waitUntil(shows: "Enter Open")
    }

    /// The process of the probe, as its screen tells it.
    func process() throws -> pid_t {
        let line = try waitUntilReady().first { $0.contains("pid: ") } ?? ""
        let digits = line.drop { $0 != ":" }.dropFirst(2).prefix { $0.isNumber }
        return try #require(pid_t(digits))
    }

    /// Ends the probe by a key, where it is alone in its terminal.
    func expectQuits() throws {
        try tmux.send("q")
        try tmux.waitUntil("the program has ended", facts: \.isDead)
        #expect(try !tmux.facts().isAlternateScreen)
    }

    /// Checks that the terminal is as it was: ordinary screen, cursor shown, its mouse its own, same modes, pastes unmarked.
    func expectRestored(status: ClosedRange<Int>) throws {
        let screen = try tmux.waitUntil("the modes after it are shown") { screen in
            screen.contains { $0.hasPrefix("after ") }
        }
        let facts = try tmux.facts()
        #expect(!facts.isAlternateScreen)
        #expect(facts.isCursorShown && !facts.isMouseUsed)
        let value = { (name: String) in screen.last { $0.hasPrefix(name + " ") }?.dropFirst(name.count + 1) }
        #expect(value("before") != nil && value("before") == value("after"))
        #expect(value("status").flatMap { Int($0) }.map(status.contains) == true, "\(screen)")
        try tmux.paste("pasted")
        let after = try tmux.waitUntil(shows: "pasted")
        #expect(!after.contains { $0.contains("200~") })
    }
}
