// Text fields: keys, pastes, and what is shown.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct TextFieldTests {
    private func field(_ text: String, _ keys: [Key]) -> TextField {
        var field = TextField(text)
        for key in keys {
            let isHandled = field.handle(key)
            #expect(isHandled, "\(key) means something in a field")
        }
        return field
    }

    @Test(
        "Keys edit the text by whole characters",
        arguments: [
            ("ab", [Key.character("c")], "abc", 3), ("ab", [.left, .character("x")], "axb", 2),
            ("ab", [.home, .character("x")], "xab", 1),
            ("ab", [.control("a"), .right, .right, .right], "ab", 2),
            ("ab", [.backspace], "a", 1), ("ab", [.home, .backspace], "ab", 0),
            ("ab", [.home, .delete], "b", 0),
            ("ab", [.end, .delete], "ab", 2), ("顧👩‍💻e\u{301}", [.backspace, .backspace], "顧", 1),
            ("one two  three", [.control("w")], "one two  ", 9),
            ("one two  ", [.control("w")], "one ", 4),
            ("one two", [.left, .left, .left, .control("w")], "two", 0),
            ("one two", [.home, .right, .control("k")], "o", 1), ("one two", [.left, .control("u")], "o", 0),
            ("e", [.character("\u{301}")], "e\u{301}", 1), ("", [.control("w"), .backspace], "", 0),
        ])
    func editing(text: String, keys: [Key], expected: String, cursor: Int) {
        let field = field(text, keys)
        #expect(field.text == expected)
        #expect(field.cursor == cursor)
    }

    @Test(
        "Keys that mean nothing in a field are left to the screen",
        arguments: [Key.enter, .escape, .tab, .up, .down, .function(1), .control("c")])
    func leftAlone(key: Key) {
        var field = TextField("a")
        let isHandled = field.handle(key)
        #expect(!isHandled)
        #expect(field == TextField("a"))
    }

    @Test(
        "A paste goes in whole and clean, and says what was left out",
        arguments: [
            ("plain text", "plain text", nil), ("  key \n", "key", "Pasted without spaces at the ends."),
            ("\"quoted\"", "quoted", "Pasted without the quotes round it."),
            (" 'a b'\r\n", "a b", "Pasted without spaces at the ends and the quotes round it."),
            ("one\ntwo\r\nthree", "onetwothree", "Pasted without line breaks."),
            ("a\u{1B}[31mb\u{7}", "a[31mb", "Pasted without control characters."),
            ("a\u{202E}b", "ab", "Pasted without control characters."), ("a\tb", "a b", nil),
            (
                "\"\u{7}a\nb\" ", "ab",
                "Pasted without spaces at the ends, the quotes round it, line breaks and control characters."
            ),
            ("", "", nil), ("\"", "\"", nil), ("'a\"", "'a\"", nil),
        ])
    func pasting(text: String, expected: String, notice: String?) {
        var field = TextField("[]")
        _ = field.handle(.left)
        #expect(field.paste(text)?.description == notice)
        #expect(field.text == "[\(expected)]")
        #expect(field.cursor == 1 + expected.count)
    }

    @Test("A field for keys keeps the line breaks of a paste")
    func keptLineBreaks() {
        var field = TextField(lineBreaks: .kept)
        #expect(field.paste("-----BEGIN\r\nabc\n-----END\n") == PasteNotice(trimmedSpaces: true))
        #expect(field.text == "-----BEGIN\nabc\n-----END")
    }

    @Test(
        "The cursor is in sight in a field of any width",
        arguments: ["", "short", "a longer text than the field", "顧客プロファイルのデータ", "👩‍💻👍🏽🇫🇷❤️ e\u{301}x"])
    func scrolling(text: String) {
        for columns in 1...12 {
            var field = TextField(text)
            for _ in 0...text.count {
                var frame = Frame(size: Size(columns: columns + 4, rows: 1))
                let rect = Rect(column: 2, row: 0, columns: columns, rows: 1)
                field.draw(into: &frame, in: rect, theme: .standard, isFocused: true)
                #expect(frame.cursor.map(rect.contains) == true)
                #expect(
                    frame[Point(column: 1, row: 0)] == .blank()
                        && frame[Point(column: columns + 2, row: 0)] == .blank())
                _ = field.handle(.left)
            }
        }
    }

    @Test("A long text scrolls with the cursor and shows that there is more")
    func scrolled() {
        var field = TextField("0123456789abcdef")
        #expect(lines(field) == ["‹def"])
        _ = field.handle(.home)
        #expect(lines(field) == ["0123456›"])
    }

    @Test("A secret is never drawn, and an empty field shows its example")
    func secret() {
        let field = TextField("hunter2", placeholder: "key", isSecret: true)
        #expect(lines(field) == ["•••••••"])
        #expect(lines(TextField("", placeholder: "key", isSecret: true)) == ["key"])
    }

    private func lines(_ field: TextField) -> [String] {
        var frame = Frame(size: Size(columns: 8, rows: 1))
        field.draw(into: &frame, in: frame.bounds, theme: .standard, isFocused: true)
        return frame.lines
    }
}
