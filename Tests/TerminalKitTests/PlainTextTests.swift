// Lines of words: what is left of a text that is read aloud, and of one for a terminal with ASCII alone.
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("Plain text")
struct PlainTextTests {
    @Test(
        "has words and no drawings",
        arguments: [
            ("two  words ", ["two words"]), ("one\ntwo\r\nthree", ["one two three"]),
            ("\u{1B}[31mred\u{7}", ["[31mred"]), ("tab\tand\rreturn", ["tab and return"]),
            ("a ─┼▸ b", ["a ??▸ b"]), ("⠋ wait", ["? wait"]), ("“名前”", ["“名前”"]), ("\u{202E}evil", ["evil"]),
            ("\(Glyphs.unspoken.success) done", ["done"]),
        ])
    func words(text: String, lines: [String]) {
        #expect(PlainText().lines(of: text) == lines)
    }

    @Test(
        "is ASCII where there is no more",
        arguments: [
            ("“x” – y…", "\"x\" - y..."), ("café 東京", "caf? ??"),
            ("\(Glyphs.unspoken.failure) failed", "failed"),
        ])
    func ascii(text: String, line: String) {
        #expect(PlainText(isASCII: true).lines(of: text) == [line])
    }

    @Test("is broken between words where a terminal ends, and nowhere else")
    func wrapping() {
        let text = "seven words that are longer than twenty columns"
        #expect(PlainText().lines(of: text) == [text])
        #expect(
            PlainText(columns: 20).lines(of: text)
                == ["seven words that are", "longer than twenty", "columns"])
    }
}
