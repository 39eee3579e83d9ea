// What was changed is taken back step by step, and done again.
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("The history of edits")
struct EditHistoryTests {
    private func typed(_ keys: [Key]) -> String {
        var field = TextField()
        var history = EditHistory<TextField>()
        for key in keys { _ = history.handle(key, in: &field) }
        return field.text
    }

    private func keys(_ text: String) -> [Key] { text.map { .character($0) } }

    @Test(
        "takes back a word at a time, what was erased at once, and a paste whole",
        arguments: [
            ("one two", [Key.undo], "one "), ("one two", [.undo, .undo], "one"),
            ("one two", [.undo, .undo, .undo], ""), ("one two", [.undo, .undo, .undo, .undo], ""),
            ("one two", [.undo, .redo], "one two"), ("one", [.undo, .undo, .redo, .redo], "one"),
            ("one", [.backspace, .backspace, .undo], "one"), ("one two", [.control("w"), .undo], "one two"),
            ("one", [.home, .character("x"), .undo], "one"),
            ("one", [.undo, .character("a"), .redo], "a"), ("one two", [.control("u"), .undo, .redo], ""),
        ])
    func steps(text: String, then: [Key], result: String) {
        #expect(typed(keys(text) + then) == result)
    }

    @Test("keeps a paste apart from what was typed before and after it")
    func paste() {
        var field = TextField()
        var history = EditHistory<TextField>()
        for key in keys("ab") { _ = history.handle(key, in: &field) }
        _ = history.paste("cd", into: &field)
        _ = history.handle(.character("e"), in: &field)
        for expected in ["abcd", "ab", ""] {
            _ = history.handle(.undo, in: &field)
            #expect(field.text == expected)
        }
        #expect(!history.canUndo)
        #expect(history.canRedo)
    }

    @Test("remembers the last two hundred steps")
    func bounded() {
        var history = EditHistory<Int>()
        for number in 0..<500 { history.note(number) }
        var now = 500
        while let before = history.undo(now) { now = before }
        #expect(now == 300)
    }
}
