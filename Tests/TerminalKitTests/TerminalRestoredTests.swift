// However a program ends, the terminal is given back as it was.

import Foundation
import Languages
import TerminalTesting
import Testing
import TextLiterals

@Suite(.serialized) struct TerminalRestoredTests {
    @Test(
        "The terminal is as before after the program ends by a key",
        arguments: [("q", 0...0), ("t", 1...1), ("c", 129...159)])
    func byKey(key: String, status: ClosedRange<Int>) throws {
        let terminal = try ProbeTerminal(betweenModesOf: "PROBE")
        try terminal.waitUntilReady()
        #expect(try terminal.tmux.facts().isAlternateScreen)
        try terminal.tmux.send(key)
        try terminal.expectRestored(status: status)
    }

    @Test(
        "The terminal is as before after the program ends by a signal",
        arguments: [
            (SIGTERM, 0), (SIGINT, 0), (SIGHUP, 0), (SIGQUIT, 128 + SIGQUIT), (SIGSEGV, 128 + SIGSEGV),
            (SIGABRT, 128 + SIGABRT), (SIGILL, 128 + SIGILL), (SIGTRAP, 128 + SIGTRAP),
            (SIGBUS, 128 + SIGBUS),
            (SIGFPE, 128 + SIGFPE),
        ] as [(Int32, Int32)])
    func bySignal(signal: Int32, status: Int32) throws {
        let terminal = try ProbeTerminal(betweenModesOf: "PROBE")
        kill(try terminal.process(), signal)
        try terminal.expectRestored(status: Int(status)...Int(status))
    }

    @Test("The terminal is as before after a stack overflow")
    func stackOverflow() throws {
        let terminal = try ProbeTerminal(betweenModesOf: "PROBE")
        try terminal.waitUntilReady()
        try terminal.tmux.send("o")
        try terminal.expectRestored(status: 129...159)
    }

    @Test("After the screen is closed, signals end the process as they did before")
    func signalsGivenBack() throws {
        let terminal = try ProbeTerminal(betweenModesOf: "PROBE linger")
        let process = try terminal.process()
        try terminal.tmux.send("q")
        try terminal.tmux.waitUntil(shows: "lingering")
        kill(process, SIGTERM)
        try terminal.expectRestored(status: 143...143)
    }

    @Test("Ctrl-Z gives the terminal to the shell, and fg brings the screen back")
    func suspendByKey() throws {
        let terminal = try ProbeTerminal.inShell()
        let screen = try terminal.tmux.capture()
        try terminal.tmux.send("C-z")
        try expectStopped(terminal)
        try terminal.tmux.sendText("fg\n")
        try terminal.tmux.waitUntil(shows: "resumed")
        #expect(try terminal.tmux.facts().isAlternateScreen)
        #expect(try terminal.tmux.capture().dropFirst(5) == screen.dropFirst(5))
        try terminal.tmux.send("Down", "q")
        try terminal.tmux.waitUntil(shows: "ended: stopped")
    }

    @Test("SIGTSTP and SIGCONT from outside do the same", arguments: [SIGTSTP, SIGSTOP])
    func suspendBySignal(signal: Int32) throws {
        let terminal = try ProbeTerminal.inShell()
        kill(try terminal.process(), signal)
        try terminal.tmux.waitUntil(shows: "Stopped")
        // The program had no chance to leave its screen at SIGSTOP: it takes it again all the same.
        if signal == SIGTSTP { try expectStopped(terminal) }
        try terminal.tmux.sendText("fg\n")
        try terminal.tmux.waitUntil(shows: "resumed")
        try terminal.tmux.send("x")
        try terminal.tmux.waitUntil(shows: "event: key x")
        try terminal.tmux.send("q")
        try terminal.tmux.waitUntil(shows: "ended: stopped")
        try expectModes(terminal)
    }

    @Test("A program without job control goes on after Ctrl-Z")
    func suspendWithoutJobControl() throws {
        let terminal = try ProbeTerminal()
        try terminal.waitUntilReady()
        try terminal.tmux.send("C-z")
        try terminal.tmux.waitUntil(shows: "resumed")
        try terminal.expectQuits()
    }

    @Test("A program whose terminal goes away ends by itself")
    func hangUp() throws {
        var terminal: ProbeTerminal? = try ProbeTerminal()
        let process = try #require(try terminal?.process())
        terminal = nil
        let end = Date(timeIntervalSinceNow: 20)
        while kill(process, 0) == 0, Date() < end { Thread.sleep(forTimeInterval: 0.02) }
        #expect(kill(process, 0) == -1 && errno == ESRCH)
    }

    private func expectStopped(_ terminal: ProbeTerminal) throws {
        try terminal.tmux.waitUntil(shows: "Stopped")
        let facts = try terminal.tmux.facts()
        #expect(!facts.isAlternateScreen && facts.isCursorShown)
        try expectModes(terminal)
    }

    /// Checks that a command of the shell finds the modes that it found before the probe.
    private func expectModes(_ terminal: ProbeTerminal) throws {
        let say = "printf 'modes: %s\\n'"
        try terminal.tmux.sendText(
            "clear; [ \"$BEFORE\" = \"$(stty -g)\" ] && \(say) same || \(say) other\n")
        let screen = try terminal.tmux.waitUntil("the modes are compared") { screen in
            screen.contains("modes: same") || screen.contains("modes: other")
        }
        #expect(screen.contains("modes: same"))
    }
}
