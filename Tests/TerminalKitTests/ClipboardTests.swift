// The sequences that carry a text to the clipboard, and a title to the window.
import Foundation
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("A text for the clipboard")
struct ClipboardTests {
    private static let hostile = [
        "plain", "\u{1B}]0;evil\u{7}", "\u{1B}\\\u{9C}\u{9D}", "a\nb\tc\r\0", "\u{202E}abc", "東京 🚀",
        String(repeating: "\u{1B}\\", count: 3_000),
    ]

    @Test("goes as base64 alone, whatever it is, so that nothing in it ends the sequence", arguments: hostile)
    func base64(text: String) throws {
        let sequence = try #require(Clipboard.sequence(for: text + ".", through: .none))
        #expect(sequence.hasPrefix("\u{1B}]52;c;") && sequence.hasSuffix("\u{1B}\\"))
        let inside = sequence.dropFirst(7).dropLast(2)
        #expect(inside.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+/=".contains($0)) })
        let data = try #require(Data(base64Encoded: String(inside)))
        let carried = String(decoding: data, as: UTF8.self)
        #expect(carried == Clipboard.harmless(text) + ".")
        let odd = carried.unicodeScalars.filter { $0 != "\n" && $0.properties.generalCategory == .control }
        #expect(odd.isEmpty && !carried.unicodeScalars.contains("\u{202E}"))
    }

    @Test("goes through tmux as itself and wrapped, and through Screen in pieces")
    func multiplexers() throws {
        let text = String(repeating: "a path/", count: 200)
        let plain = try #require(Clipboard.sequence(for: text, through: .none))
        let tmux = try #require(Clipboard.sequence(for: text, through: .tmux))
        #expect(tmux.hasPrefix(plain + "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;") && tmux.hasSuffix("\u{7}\u{1B}\\"))
        let screen = try #require(Clipboard.sequence(for: text, through: .screen))
        let pieces = screen.components(separatedBy: "\u{1B}\\").dropLast()
        #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count <= 250 })
        #expect(pieces.map { $0.dropFirst(2) }.joined() == plain.dropLast(2) + "\u{7}")
    }

    @Test("stays here where it is too long, or nothing")
    func limits() {
        #expect(Clipboard.sequence(for: "", through: .none) == nil)
        #expect(Clipboard.takes(String(repeating: "x", count: 16 << 10)))
        #expect(Clipboard.sequence(for: String(repeating: "x", count: 16 << 10 + 1), through: .none) == nil)
    }

    @Test(
        "The environment says what is between",
        arguments: [
            ("xterm-256color", nil, nil, Multiplexer.none), ("linux", nil, nil, .none),
            ("tmux-256color", nil, nil, .tmux), ("screen-256color", "/tmp/tmux-0/default,1,0", nil, .tmux),
            ("screen.xterm-256color", nil, "1.pts-0.host", .screen), ("screen", nil, nil, .screen),
        ] as [(String, String?, String?, Multiplexer)])
    func detection(type: String, tmux: String?, screen: String?, wanted: Multiplexer) {
        #expect(Multiplexer(type: type, tmux: tmux, screen: screen) == wanted)
    }

    @Test("A notification carries its text and nothing that steers, and goes through what is between")
    func notification() throws {
        let plain = try #require(DesktopNotification.sequence(for: "Sluice: exported", through: .none))
        #expect(plain == "\u{1B}]9;Sluice: exported\u{1B}\\")
        let tmux = try #require(DesktopNotification.sequence(for: "Sluice: exported", through: .tmux))
        #expect(tmux == "\u{1B}Ptmux;\u{1B}\u{1B}]9;Sluice: exported\u{7}\u{1B}\\")
        let screen = try #require(DesktopNotification.sequence(for: "Sluice: exported", through: .screen))
        #expect(screen == "\u{1B}P\u{1B}]9;Sluice: exported\u{7}\u{1B}\\")
        #expect(DesktopNotification.sequence(for: "", through: .none) == nil)
        #expect(DesktopNotification.sequence(for: "4;3", through: .none) == "\u{1B}]9; 4;3\u{1B}\\")
        for text in Self.hostile {
            let sequence = try #require(DesktopNotification.sequence(for: text, through: .none))
            let inside = sequence.dropFirst(4).dropLast(2).unicodeScalars
            #expect(inside.count <= 202)
            #expect(
                !inside.contains { $0.properties.generalCategory == .control || $0.properties.isBidiControl })
        }
    }

    @Test(
        "A title has no control character but those of its sequence, and only terminals that know titles get one"
    )
    func title() {
        let sequence = WindowTitle.sequence(
            for: "a\u{1B}]0;b\u{7}\u{9C}\n" + String(repeating: "x", count: 500))
        #expect(sequence.hasPrefix("\u{1B}]2;a") && sequence.hasSuffix("\u{1B}\\"))
        let inside = sequence.dropFirst(4).dropLast(2).unicodeScalars
        #expect(inside.count <= 120 && !inside.contains { $0.properties.generalCategory == .control })
        for type in ["xterm", "xterm-256color", "tmux-256color", "screen"] {
            #expect(WindowTitle.isKnown(type: type, statusLine: nil))
        }
        for type in ["linux", "vt100", "xtermish", "screenful"] {
            #expect(!WindowTitle.isKnown(type: type, statusLine: nil))
        }
        #expect(WindowTitle.isKnown(type: "foot", statusLine: Array("\u{1B}]0;".utf8)))
        #expect(!WindowTitle.isKnown(type: "vt320", statusLine: Array("\u{1B}[1$}".utf8)))
    }
}
