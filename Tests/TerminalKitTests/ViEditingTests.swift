// Editing a line as in vi.
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("A line edited as in vi")
struct ViEditingTests {
    /// What a text becomes by keys; `⎋` is Escape, and `|` where the cursor stands, in the result too.
    private func edited(_ text: String, _ keys: String) -> (text: String, isNormal: Bool) {
        let start = text.firstIndex(of: "|")
        var field = TextField(text.filter { $0 != "|" })
        var vi = ViEditing()
        _ = vi.handle(.escape, in: &field)
        if let start { field.moveCursor(to: text.distance(from: text.startIndex, to: start)) }
        for key in keys { _ = vi.handle(key == "⎋" ? .escape : .character(key), in: &field) }
        var result = Array(field.text)
        result.insert("|", at: field.cursor)
        return (String(result), vi.isNormal)
    }

    @Test(
        "has motions, with counts",
        arguments: [
            ("ab|c", "h", "a|bc"), ("a|bc", "l", "ab|c"), ("ab|c", "l", "ab|c"), ("|abc", "h", "|abc"),
            ("ab|c", "0", "|abc"), ("  ab|c", "^", "  |abc"), ("|abc", "$", "ab|c"), ("|abc", "2l", "ab|c"),
            ("|one two", "w", "one |two"), ("|one.two", "w", "one|.two"), ("|one.two x", "W", "one.two |x"),
            ("|one two three", "2w", "one two |three"), ("one two |three", "b", "one |two three"),
            ("one t|wo", "b", "one |two"), ("one.t|wo", "B", "|one.two"), ("|one two", "e", "on|e two"),
            ("on|e two", "e", "one tw|o"), ("|a b c", "3w", "a b |c"), ("|顧客 データ", "w", "顧客 |データ"),
            ("", "w", "|"), ("|abc", "10l", "ab|c"), ("|one two", "W", "one |two"), ("|a.b c", "E", "a.|b c"),
        ])
    func motions(text: String, keys: String, result: String) {
        #expect(edited(text, keys).text == result)
        #expect(edited(text, keys).isNormal)
    }

    @Test(
        "cuts and changes",
        arguments: [
            ("a|bc", "x", "a|c"), ("ab|c", "x", "a|b"), ("|abcd", "3x", "|d"), ("ab|c", "X", "a|c"),
            ("a|bc d", "D", "|a"), ("one |two", "dd", "|"), ("|one two", "dw", "|two"),
            ("|one two three", "d2w", "|three"), ("|one two three", "2dw", "|three"),
            ("one |two", "dw", "one| "),
            ("one tw|o", "db", "one |o"), ("|one two", "de", "| two"), ("one |two", "d0", "|two"),
            ("o|ne two", "d$", "|o"), ("a|bc", "rx", "a|xc"), ("a|bc", "2rx", "ax|x"),
            ("a|bc", "3rx", "a|bc"),
            ("|ab", "xp", "b|a"), ("|abc", "dwP", "ab|c"), ("|ab cd", "yw$p", "ab cdab| "),
            ("|ab", "yy2p", "aaba|bb"),
            ("|abc", "d⎋x", "|bc"), ("|abc", "dqx", "|bc"),
        ])
    func cutting(text: String, keys: String, result: String) {
        #expect(edited(text, keys).text == result)
    }

    @Test(
        "goes back to typing where it says so",
        arguments: [
            ("a|b", "iX", "aX|b"), ("a|b", "aX", "abX|"), ("  a|b", "IX", "  X|ab"), ("|ab", "AX", "abX|"),
            ("|one two", "cwX", "X| two"), ("one |two", "ccX", "X|"), ("one |two", "CX", "one X|"),
            ("|abc", "2sX", "X|c"), ("a|bc", "SX", "X|"), ("|one two three", "2cwX", "X| three"),
            ("one| two", "cwX", "oneX|two"),
        ])
    func inserting(text: String, keys: String, result: String) {
        #expect(edited(text, keys).text == result)
        #expect(!edited(text, keys).isNormal)
    }

    @Test("shows what was begun of a command, and forgets it with Escape, which means something only then")
    func pending() {
        var field = TextField("abc")
        var vi = ViEditing()
        #expect(vi.handle(.escape, in: &field))
        #expect(vi.isNormal && field.cursor == 2)
        for key: Key in [.character("2"), .character("d"), .character("3")] { _ = vi.handle(key, in: &field) }
        #expect(vi.pending == "2d3")
        let isHandled = [vi.handle(.escape, in: &field), vi.handle(.escape, in: &field)]
        #expect(isHandled == [true, false])
        #expect(vi.pending == "" && field.text == "abc")
    }

    @Test("puts what was cut from a secret into no field that is none")
    func secret() {
        var secret = TextField("hunter2", isSecret: true)
        var field = TextField("ab")
        var vi = ViEditing()
        for key: Key in [.escape, .character("y"), .character("y")] { _ = vi.handle(key, in: &secret) }
        _ = vi.handle(.character("p"), in: &field)
        #expect(field.text == "ab")
        _ = vi.handle(.character("p"), in: &secret)
        #expect(secret.text.count == 14)
        #expect(!String(describing: vi).contains("hunter2"))
    }
}
