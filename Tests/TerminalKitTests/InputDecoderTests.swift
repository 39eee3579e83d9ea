// Keys and pastes, from whatever pieces the terminal sends.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct InputDecoderTests {
    /// The events of `reads`, each a piece that came by itself.
    private func events(_ reads: [String]) -> [TerminalEvent] {
        var decoder = InputDecoder()
        return reads.flatMap { read in
            for byte in read.utf8 { decoder.take(.byte(byte)) }
            return decoder.takeEvents()
        }
    }

    @Test(
        "Bytes become keys",
        arguments: [
            ("a", [Key.character("a")]), ("顧é👍", [.character("顧"), .character("é"), .character("👍")]),
            ("e\u{301}", [.character("e\u{301}")]), ("👩‍💻", [.character("👩‍💻")]), ("\r", [.enter]),
            ("\n", [.enter]),
            ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]), ("\u{1}", [.control("a")]),
            ("\u{3}", [.control("c")]), ("\u{10}", [.control("p")]), ("\u{0}", [.control(" ")]),
            ("\u{1C}", [.control("\\")]),
            ("\u{1B}", [.escape]), ("\u{1B}\u{1B}", [.escape, .escape]),
            ("\u{1B}x", [.escape, .character("x")]),
            ("\u{1B}O", [.escape, .character("O")]),
            ("\u{1B}Ox", [.escape, .character("O"), .character("x")]),
            ("\u{1B}[A", [.up]), ("\u{1B}OB", [.down]), ("\u{1B}[1;5C", [.right]),
            ("\u{1B}[H\u{1B}[F", [.home, .end]),
            ("\u{1B}[3~\u{1B}[5~\u{1B}[6;5~", [.delete, .pageUp, .pageDown]), ("\u{1B}[Z", [.backTab]),
            ("\u{1B}[1;2P", [.function(1)]), ("\u{1B}[15~\u{1B}[24~", [.function(5), .function(12)]),
            ("\u{1B}OM", [.enter]),
        ])
    func keys(input: String, expected: [Key]) {
        #expect(events([input]) == expected.map { .key($0) })
    }

    @Test(
        "What is no key does nothing",
        arguments: [
            "\u{1B}[24;80R", "\u{1B}[?62;c", "\u{1B}[I", "\u{1B}[<0;3;4m", "\u{1B}[<0;0;4M", "\u{1B}[<0;4M",
            "\u{1B}[<2;3;4M", "\u{1B}[<35;3;4M", "\u{1B}[99~", "\u{1B}[201~",
        ])
    func nothing(input: String) {
        #expect(events([input, "a"]) == [.key(.character("a"))])
    }

    @Test(
        "The mouse tells where its button was pressed and its wheel turned",
        arguments: [
            ("\u{1B}[<0;3;4M\u{1B}[<0;3;4m", MouseEvent(.press, at: Point(column: 2, row: 3))),
            ("\u{1B}[<64;1;1M", MouseEvent(.wheelUp, at: Point(column: 0, row: 0))),
            ("\u{1B}[<65;250;99M", MouseEvent(.wheelDown, at: Point(column: 249, row: 98))),
            (
                "\u{1B}[M \u{23}\u{24}\u{1B}[M\u{23}\u{23}\u{24}",
                MouseEvent(.press, at: Point(column: 2, row: 3))
            ),
            ("\u{1B}[M\u{61}\u{23}\u{24}", MouseEvent(.wheelDown, at: Point(column: 2, row: 3))),
            ("\u{1B}[<16;3;4M", MouseEvent(.press, at: Point(column: 2, row: 3))),
        ])
    func mouse(input: String, expected: MouseEvent) {
        #expect(events([input, "a"]) == [.mouse(expected), .key(.character("a"))])
        #expect(
            events(["\u{1B}[200~" + input + "\u{1B}[201~"]).allSatisfy {
                if case .paste = $0 { true } else { false }
            })
    }

    @Test("A character, a sequence and a paste may be split anywhere")
    func split() {
        let input = Array("顧\u{1B}[1;5A👍\u{1B}[200~a\u{1B}[31m\n顧\u{1B}[201~z".utf8)
        let expected: [TerminalEvent] = [
            .key(.character("顧")), .key(.up), .key(.character("👍")), .paste("a\n顧"), .key(.character("z")),
        ]
        for place in 0...input.count {
            // An escape at the very end of a read is the Escape key: that cannot be told apart.
            if place > 0, input[place - 1] == 0x1B { continue }
            var decoder = InputDecoder()
            var found: [TerminalEvent] = []
            for part in [input[..<place], input[place...]] {
                for byte in part { decoder.take(.byte(byte)) }
                found += decoder.takeEvents()
            }
            #expect(found == expected, "split at \(place)")
        }
    }

    @Test("Bytes that are no UTF-8 are dropped, and the next character is whole")
    func invalidBytes() {
        var decoder = InputDecoder()
        for byte: UInt8 in [0xFF, 0xE9, 0x61, 0x80, 0xF0, 0x9F] { decoder.take(.byte(byte)) }
        #expect(decoder.takeEvents() == [.key(.character("a"))])
        decoder.take(.byte(0x0D))
        decoder.take(.byte(0x62))
        #expect(decoder.takeEvents() == [.key(.enter), .key(.character("b"))])
    }

    @Test("A paste comes whole, keys inside it are text or nothing, and an endless one is cut")
    func pastes() {
        var decoder = InputDecoder()
        decoder.take(.key(.up))
        decoder.take(.pasteStart)
        for byte in "q\u{3}\r\u{1B}x".utf8 { decoder.take(.byte(byte)) }
        decoder.take(.key(.enter))
        #expect(decoder.takeEvents() == [.key(.up)])
        decoder.take(.pasteEnd)
        #expect(decoder.takeEvents() == [.paste("q\u{3}\rx")])
        decoder.take(.pasteStart)
        for _ in 0..<InputDecoder.longestPaste + 10 { decoder.take(.byte(0x61)) }
        decoder.take(.pasteEnd)
        #expect(decoder.takeEvents() == [.paste(String(repeating: "a", count: InputDecoder.longestPaste))])
    }
}
