// The table of actions, and what is made from it: hints, palette, help.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct ActionTests {
    enum Command: Hashable, Sendable { case open, mark, delete, help, hidden }

    let table = ActionTable<Command>([
        Action(.open, keys: [.enter], title: "Open", help: "Opens the dataset."),
        Action(.mark, keys: [.character(" ")], title: "Mark", help: "Marks the dataset."),
        Action(
            .delete, keys: [.character("d"), .delete], title: "Delete", help: "Deletes the flow.",
            isDangerous: true,
            availability: .disabled(because: "it is running")),
        Action(.help, keys: [.character("?"), .function(1)], title: "Help", help: "Shows every key."),
        Action(.hidden, keys: [.control("l")], title: "Redraw", help: "Draws anew.", hint: false),
    ])

    @Test("A key finds its action, disabled ones too, so that the reason can be told")
    func dispatch() {
        #expect(table.action(for: .enter)?.id == .open)
        #expect(table.action(for: .function(1))?.id == .help)
        #expect(table.action(for: .delete)?.disabledReason == "it is running")
        #expect(table.action(for: .character("x")) == nil)
        #expect(table[.mark]?.title == "Mark")
    }

    @Test("Keys that two actions claim are found")
    func contested() {
        #expect(table.contestedKeys.isEmpty)
        let both =
            table + ActionTable([Action(.open, keys: [.character("d"), .enter, .up], title: "", help: "")])
        #expect(both.contestedKeys == [.character("d"), .enter])
    }

    @Test(
        "Hints fit, whole ones only, the most important first",
        arguments: [
            (80, "Enter Open  Space Mark  d Delete  ? Help"),
            (40, "Enter Open  Space Mark  d Delete  ? Help"),
            (39, "Enter Open  Space Mark  d Delete  …"), (30, "Enter Open  Space Mark  …"),
            (12, "Enter Open"),
            (13, "Enter Open  …"), (5, "…"), (0, ""),
        ])
    func hints(columns: Int, expected: String) {
        var frame = Frame(size: Size(columns: columns, rows: 1))
        HintBar.draw(table, into: &frame, in: frame.bounds, theme: .standard)
        #expect(frame.lines == [expected])
    }

    @Test("A disabled action keeps its place in the hints, dimmed")
    func disabledHint() {
        var frame = Frame(size: Size(columns: 80, rows: 1))
        HintBar.draw(table, into: &frame, in: frame.bounds, theme: .standard)
        #expect(
            frame[Point(column: 24, row: 0)]
                == Cell(content: .cluster("d", columns: 1), style: Theme.standard[.disabled]))
    }

    @Test(
        "The palette finds actions by the words typed, in title or help",
        arguments: [
            ("", [Command.open, .mark, .delete, .help, .hidden]), ("dataset", [.open, .mark]),
            ("FLOW del", [.delete]),
            ("redraw", [.hidden]), ("zzz", []),
        ])
    func filter(text: String, expected: [Command]) {
        var palette = Palette()
        for character in text {
            let result = palette.handle(.character(character), table: table, in: .english)
            #expect(result == .open)
        }
        #expect(palette.matches(in: table, language: .english).map(\.id) == expected)
    }

    @Test("The palette does what is under the cursor, except what is disabled")
    func choosing() {
        var palette = Palette()
        var outcomes = [Key.enter, .down, .enter].map { palette.handle($0, table: table, in: .english) }
        #expect(outcomes == [.chosen(.open), .open, .chosen(.mark)])
        _ = palette.paste("delete\n")
        outcomes = [Key.enter, .escape].map { palette.handle($0, table: table, in: .english) }
        #expect(outcomes == [.open, .dismissed])
        outcomes = [.character("z"), .character("z"), .enter].map {
            palette.handle($0, table: table, in: .english)
        }
        #expect(outcomes == [.open, .open, .open])
    }

    @Test(
        "Palette and help say why an action is disabled",
        arguments: [Size(columns: 80, rows: 24), Size(columns: 44, rows: 12)])
    func reasons(size: Size) {
        var frame = Frame(size: size)
        Palette().draw(
            table, title: "Actions", noMatchText: "", into: &frame, in: frame.bounds, theme: .standard)
        #expect(frame.lines.contains { $0.contains("it is running") })
        frame = Frame(size: size)
        HelpOverlay().draw(table, title: "Help", into: &frame, in: frame.bounds, theme: .standard)
        #expect(frame.lines.contains { $0.contains("it is running") })
        #expect(frame.lines.contains { $0.contains("? F1") })
    }

    @Test("The whole help can be reached in a low window")
    func scrollingHelp() {
        var help = HelpOverlay()
        var seen: Set<String> = []
        for _ in table.actions {
            var frame = Frame(size: Size(columns: 60, rows: 6))
            help.draw(table, title: "Help", into: &frame, in: frame.bounds, theme: .standard)
            seen.formUnion(frame.lines)
            #expect(frame.cursor.map(frame.bounds.contains) == true)
            let isHandled = help.handle(.down, table: table, in: .english)
            #expect(isHandled)
        }
        for action in table.actions { #expect(seen.contains { $0.contains(action.help.english) }) }
        let isHandled = help.handle(.escape, table: table, in: .english)
        #expect(!isHandled)
    }

    @Test(
        "Keys are called as people call them",
        arguments: [
            (Key.enter, "Enter"), (.control("p"), "Ctrl-P"), (.function(1), "F1"), (.character(" "), "Space"),
            (.up, "↑"), (.backTab, "Shift-Tab"), (.escape, "Esc"), (.pageDown, "PgDn"),
            (.character("d"), "d"),
        ])
    func keyNames(key: Key, name: String) {
        #expect("\(key)" == name)
        #expect(key.label(.ascii).utf8.allSatisfy { $0 < 0x80 })
    }
}
