// Terminals of every kind: without colour, without Unicode, and none at all.

import Languages
import TerminalTesting
import Testing
import TextLiterals

@Suite(.serialized) struct TerminalTypeTests {
    @Test(
        "Colour is shown where it may be",
        arguments: [
            ([], [:], true), ([], ["NO_COLOR": "1"], false), ([], ["NO_COLOR": ""], true),
            (["never"], [:], false),
            (["always"], ["NO_COLOR": "1"], true), ([], ["TERM": "vt100"], false),
        ] as [([String], [String: String], Bool)])
    func color(arguments: [String], environment: [String: String], expected: Bool) throws {
        let terminal = try ProbeTerminal(arguments: arguments, environment: environment)
        #expect(try terminal.waitUntilReady().contains { $0.contains("color: \(expected)") })
        let screen = try terminal.tmux.capture(styles: true)
        #expect(screen.contains { $0.contains("\u{1B}[32m") } == expected)
    }

    @Test(
        "A locale without UTF-8 gets ASCII, and question marks for the rest",
        arguments: [["LANG": "C"], ["LANG": "C.UTF-8", "LC_ALL": "POSIX"]])
    func ascii(environment: [String: String]) throws {
        let terminal = try ProbeTerminal(environment: environment)
        let screen = try terminal.waitUntilReady()
        #expect(screen.contains { $0.contains("unicode: false") })
        #expect(screen.contains { $0.hasPrefix("+- Datasets ---") })
        #expect(screen.contains { $0.contains("Caf? orders ?") })
        #expect(screen.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
        #expect(screen.filter { $0.hasPrefix("|") }.allSatisfy { $0.count == 80 })
    }

    @Test("A UTF-8 locale that is not installed is still UTF-8")
    func missingLocale() throws {
        let terminal = try ProbeTerminal(environment: ["LANG": "xx_XX.UTF-8"])
        try terminal.tmux.waitUntil(shows: "unicode: true")
        try terminal.tmux.waitUntil(shows: "顧客プロファイル")
    }

    @Test(
        "A terminal that cannot show screens gets a sentence",
        arguments: [
            ("dumb", "A terminal of the type “dumb” (TERM) cannot show screens."),
            (
                "no-such-terminal",
                "The terminal type “no-such-terminal” (TERM) is not in this system's terminfo"
            ),
            ("", "TERM is not set, so no screen can be shown"),
        ])
    func unusable(type: String, sentence: String) throws {
        let terminal = try ProbeTerminal(betweenModesOf: "TERM=\(type) PROBE")
        try terminal.tmux.waitUntil(shows: sentence)
        try terminal.expectRestored(status: 1...1)
    }

    @Test(
        "Without a terminal there is a sentence",
        arguments: [("PROBE | cat; (exit 1)", "output"), ("PROBE < /dev/null", "input")])
    func noTerminal(script: String, stream: String) throws {
        let terminal = try ProbeTerminal(betweenModesOf: script)
        try terminal.tmux.waitUntil(shows: "Standard \(stream) is not a terminal, so no screen can be shown.")
        try terminal.expectRestored(status: 1...1)
    }

    @Test(
        "Every terminal of the usual names shows the screen",
        arguments: ["xterm-256color", "xterm", "screen", "linux", "vt100", "rxvt"])
    func terminalNames(type: String) throws {
        let terminal = try ProbeTerminal(environment: ["TERM": type])
        let screen = try terminal.waitUntilReady()
        #expect(screen.contains { $0.contains("Web events 0") })
        try terminal.expectQuits()
    }
}
