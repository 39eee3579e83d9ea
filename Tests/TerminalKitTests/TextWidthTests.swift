// Widths and harmless text.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct TextWidthTests {
    @Test(
        "A text's width in columns is known",
        arguments: [
            ("", 0), ("plain", 5), ("Größe", 5), ("Заказы", 6), ("顧客", 4), ("한국어", 6),
            ("ﾊﾝｶｸ", 4), ("ＦＵＬＬ", 8), ("e\u{301}", 1), ("👍", 2), ("a👍b", 4), ("ไทย", 3),
            ("שלום", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("हिन्दी", 5), ("×…→", 3), ("\u{1FA77}", 2),
        ])
    func width(text: String, columns: Int) {
        #expect(TextWidth.standard.width(of: text) == columns)
    }

    @Test(
        "Text from outside becomes harmless",
        arguments: [
            ("a\u{1B}[31mred", "a[31mred"), ("a\u{7}\u{9B}b", "ab"), ("a\tb\nc\r\nd", "a b c d"),
            ("a\u{85}b\u{2028}c\u{2029}d", "a b c d"), ("invoice\u{202E}fdp.exe", "invoicefdp.exe"),
            ("\u{2066}a\u{2069}\u{200E}\u{200F}\u{61C}b", "ab"),
            ("a\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{AD}b", "ab"), ("\u{0}\u{7F}", ""),
            ("👩\u{200D}💻", "👩"), ("👍🏽", "👍"), ("❤\u{FE0F}", "❤"), ("1\u{FE0F}\u{20E3}", "1"),
            ("🇫🇷", "FR"), ("🇫", "F"), ("🏴\u{E0067}\u{E0062}\u{E007F}", "🏴"),
            ("\u{1112}\u{1161}\u{11AB}", "한"), ("\u{AC00}\u{11A8}", "각"), ("\u{1161}", "\u{FFFD}"),
            ("\u{301}", "\u{FFFD}"), ("\u{E000}", "\u{FFFD}"), ("\u{10FFFF}", "\u{FFFD}"),
            ("\u{FFF9}", "\u{FFFD}"), ("\u{3164}\u{115F}", ""), ("क\u{94D}\u{200D}ष", "क\u{94D}ष"),
            ("e\u{7}\u{301}", "e\u{FFFD}"),
        ])
    func sanitized(text: String, expected: String) {
        let result = TextWidth.standard.sanitized(text)
        #expect(Array(result.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("A stack of marks takes the place of one character")
    func stackedMarks() {
        let stack = "Z" + String(repeating: "\u{301}\u{316}", count: 50)
        #expect(TextWidth.standard.sanitized("a\(stack)b") == "a\u{FFFD}b")
        #expect(TextWidth.standard.sanitized("Z\u{301}\u{316}\u{302}").unicodeScalars.count == 4)
    }

    @Test(
        "Harmless text stays as it is and keeps its width",
        arguments: [
            "plain", "顧客プロファイル", "हिन्दी", "한국어 \u{1112}\u{1161}\u{11AB}", "👩‍💻👍🏽🇫🇷❤️",
            "e\u{301}\u{200B}\u{302}", "a\u{1100}\u{200B}\u{1161}b", "\u{301}\u{302}",
        ])
    func isStable(text: String) {
        let rules = TextWidth.standard
        let once = rules.sanitized(text)
        #expect(rules.sanitized(once) == once)
        #expect(rules.width(of: once) == rules.width(of: text))
    }

    @Test("Every scalar that is shown takes one column or two, and no control character is shown")
    func everyScalar() {
        var shown = 0
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for cluster in TextWidth.standard.clusters(of: String(scalar)) {
                shown += 1
                let categories = cluster.character.unicodeScalars.map(\.properties.generalCategory)
                guard (1...2).contains(cluster.columns), !categories.contains(.control),
                    !categories.contains(.format), !categories.contains(.unassigned)
                else {
                    Issue.record("U+\(String(value, radix: 16)) is shown in \(cluster.columns) columns")
                    return
                }
            }
        }
        #expect(shown > 1_000_000)
    }

    @Test("The tables of widths are sorted and do not overlap")
    func tables() {
        for table in [UnicodeWidth.wide, UnicodeWidth.ambiguous] {
            #expect(zip(table, table.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        }
    }

    @Test("Characters of ambiguous width are wide where the terminal has it so")
    func ambiguous() {
        let rules = TextWidth(ambiguousIsWide: true, replacement: "?")
        #expect(rules.width(of: "±×Ж") == 6)
        #expect(rules.width(of: "abc") == 3)
        #expect(rules.sanitized("\u{E000}") == "?")
    }

    @Test("A very long text is measured and cut")
    func longText() {
        let text = String(repeating: "顧👩‍💻e\u{301}\u{1B}", count: 1000)
        #expect(TextWidth.standard.width(of: text) == 5000)
        #expect(TextWidth.standard.truncated(text, to: 10) == "顧👩e\u{301}顧👩…")
    }
}
