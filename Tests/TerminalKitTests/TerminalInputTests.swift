// Keys, pastes and sizes, through a real terminal.

import Foundation
import Languages
import TerminalTesting
import Testing
import TextLiterals

@testable import TerminalKit
@testable import TerminalProbe

@Suite(.serialized) struct TerminalInputTests {
    @Test(
        "The terminal shows what the frame says",
        arguments: [Size(columns: 80, rows: 24), Size(columns: 60, rows: 16), Size(columns: 200, rows: 60)])
    func frameIsShown(size: Size) throws {
        let terminal = try ProbeTerminal(columns: size.columns, rows: size.rows)
        var screen = Screen(facts: "pid: \(try terminal.process()) color: true unicode: true")
        screen.size = size
        screen.lastEvent = "resize"
        let expected = screen.draw(size, theme: .standard)
        #expect(try terminal.tmux.capture() == expected.lines)
        let facts = try terminal.tmux.facts()
        #expect(facts.isCursorShown)
        #expect(facts.cursor == expected.cursor.map { [$0.column, $0.row] })
    }

    @Test("Keys arrive as what they are")
    func keys() throws {
        let names = [
            ("Up", "↑"), ("Down", "↓"), ("Left", "←"), ("Right", "→"), ("Home", "Home"), ("End", "End"),
            ("PPage", "PgUp"), ("NPage", "PgDn"), ("Tab", "Tab"), ("BTab", "Shift-Tab"),
            ("BSpace", "Backspace"),
            ("DC", "Del"), ("IC", "Ins"), ("F5", "F5"), ("F12", "F12"), ("C-a", "Ctrl-A"), ("C-Up", "↑"),
            ("Escape", "Esc"), ("C-s", "Ctrl-S"), ("C-q", "Ctrl-Q"), ("x", "x"), ("X", "X"),
        ]
        let terminal = try ProbeTerminal(columns: 120)
        try terminal.waitUntilReady()
        for (name, expected) in names {
            // A key that means nothing first, so that the one looked for is news.
            try terminal.tmux.send("w")
            try terminal.tmux.waitUntil(shows: "event: key w")
            try terminal.tmux.send(name)
            try terminal.tmux.waitUntil("the key \(expected) is shown") { screen in
                screen.contains { $0.hasSuffix("event: key \(expected)") }
            }
        }
    }

    @Test("The mouse arrives where it is, and is the terminal's own again after the program")
    func mouse() throws {
        let terminal = try ProbeTerminal(columns: 120)
        try terminal.waitUntilReady()
        #expect(try terminal.tmux.facts().isMouseUsed)
        try terminal.tmux.click(column: 7, row: 3)
        try terminal.tmux.waitUntil(shows: "event: mouse press 7,3")
        try terminal.tmux.sendBytes(Array("\u{1B}[<65;120;24M".utf8))
        try terminal.tmux.waitUntil(shows: "event: mouse wheelDown 119,23")
        try terminal.tmux.send("C-z")
        try terminal.tmux.waitUntil(shows: "event: resumed")
        #expect(try terminal.tmux.facts().isMouseUsed)
        try terminal.expectQuits()
        #expect(try !terminal.tmux.facts().isMouseUsed)
    }

    @Test("Text beyond ASCII arrives whole, also in pieces")
    func unicodeKeys() throws {
        let terminal = try ProbeTerminal(columns: 120)
        try terminal.waitUntilReady()
        try terminal.tmux.send("/")
        try terminal.tmux.sendText("顧é")
        try terminal.tmux.waitUntil(shows: "Filter: 顧é")
        for byte in "客".utf8 { try terminal.tmux.sendBytes([byte]) }
        try terminal.tmux.waitUntil(shows: "Filter: 顧é客")
        #expect(try terminal.tmux.facts().cursor == [8 + 5, 1])
    }

    @Test("A paste goes whole into the field and presses no key")
    func paste() throws {
        let terminal = try ProbeTerminal(columns: 120)
        try terminal.waitUntilReady()
        try terminal.tmux.paste("  q\nd\u{1B}[A顧\n")
        let screen = try terminal.tmux.waitUntil(shows: "Pasted without spaces at the ends and line breaks.")
        #expect(screen.contains { $0.hasPrefix("Filter: qd顧") })
    }

    @Test("A window may change its size at any moment, down to one cell")
    func resize() throws {
        let terminal = try ProbeTerminal()
        try terminal.waitUntilReady()
        for size in [(200, 60), (60, 16), (30, 8), (1, 1), (120, 40), (80, 24)] {
            try terminal.tmux.resize(columns: size.0, rows: size.1)
        }
        try terminal.tmux.waitUntil(shows: "size: 80x24")
        try terminal.tmux.resize(columns: 30, rows: 8)
        try terminal.tmux.waitUntil(shows: "The window is too small: 40")
        try terminal.tmux.resize(columns: 100, rows: 30)
        let screen = try terminal.tmux.waitUntil(shows: "size: 100x30")
        #expect(screen.count == 30 && screen[29].hasPrefix("Enter Open"))
    }

    @Test("Events of tasks are drawn as they come, without a key")
    func posted() throws {
        let terminal = try ProbeTerminal()
        try terminal.waitUntilReady()
        try terminal.tmux.send("p")
        try terminal.tmux.waitUntil(shows: "posted: 1000 in ")
    }

    @Test("What another program wrote over the screen is gone after Ctrl-L")
    func repaint() throws {
        let terminal = try ProbeTerminal()
        let screen = try terminal.waitUntilReady()
        try terminal.tmux.writeToTerminal("\u{1B}[3;1Hgarbage")
        try terminal.tmux.waitUntil(shows: "garbage")
        try terminal.tmux.send("C-l")
        try terminal.tmux.waitUntil("the screen is as it was but for the key") { now in
            now.dropFirst(5) == screen.dropFirst(5) && now.prefix(4) == screen.prefix(4)
        }
    }
}
