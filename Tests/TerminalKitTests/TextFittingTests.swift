// Text cut, padded and wrapped.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct TextFittingTests {
    let rules = TextWidth.standard
    let ascii = TextWidth(ellipsis: "...", replacement: "?")

    @Test(
        "A text that is too long ends in an ellipsis and fits",
        arguments: [
            ("short", 5, "short"), ("longer", 5, "long…"), ("顧客名", 6, "顧客名"), ("顧客名", 5, "顧客…"),
            ("顧客名", 4, "顧…"), ("顧客名", 2, "…"), ("ab", 1, "…"), ("ab", 0, ""), ("a\u{1B}\nb", 3, "a b"),
        ])
    func truncated(text: String, columns: Int, expected: String) {
        #expect(rules.truncated(text, to: columns) == expected)
    }

    @Test(
        "A path that is too long loses its middle",
        arguments: [
            ("landing/data", 12, "landing/data"), ("landing/data", 9, "land…data"),
            ("landing/data", 8, "lan…data"), ("顧客/注文", 8, "顧…/注文"), ("顧客/注文", 9, "顧客/注文"),
            ("顧客/注文", 5, "顧…文"), ("abc", 1, "…"), ("abc", 0, ""),
        ])
    func truncatedInMiddle(text: String, columns: Int, expected: String) {
        #expect(rules.truncatedInMiddle(text, to: columns) == expected)
    }

    @Test(
        "An ellipsis of three dots gives way where it would take most of the room",
        arguments: [("abcdefgh", 7, "abcd..."), ("abcdefgh", 5, "abcde"), ("abcdefgh", 2, "ab")])
    func asciiEllipsis(text: String, columns: Int, expected: String) {
        #expect(ascii.truncated(text, to: columns) == expected)
    }

    @Test(
        "A padded text takes exactly its columns",
        arguments: [
            ("ab", Alignment.leading, "ab   "), ("ab", .trailing, "   ab"), ("ab", .center, " ab  "),
            ("顧客", .leading, "顧客 "), ("顧客名", .trailing, "顧客…"), ("abcdefg", .leading, "abcd…"),
        ])
    func padded(text: String, alignment: Alignment, expected: String) {
        #expect(rules.padded(text, to: 5, alignment: alignment) == expected)
    }

    @Test(
        "Text is wrapped between words",
        arguments: [
            ("one two three", 7, ["one two", "three"]), ("one two three", 3, ["one", "two", "thr", "ee"]),
            ("", 5, [""]), ("a\n\nb", 5, ["a", "", "b"]), ("  a  b ", 5, ["a b"]),
            ("顧客の名前", 4, ["顧客", "の名", "前"]), ("id 顧客の名前", 7, ["id 顧客", "の名前"]),
            ("顧", 1, ["顧"]), ("a b", 0, []), ("中文，再说", 4, ["中", "文，", "再说"]),
            ("甲（乙）丙", 6, ["甲", "（乙）", "丙"]), ("见“甲”。", 6, ["见", "“甲”。"]),
        ])
    func wrapped(text: String, columns: Int, expected: [String]) {
        #expect(rules.wrapped(text, to: columns) == expected)
    }
}
