// Themes and signs.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct ThemeTests {
    @Test("The standard theme leaves the terminal its own background and its sixteen colours")
    func standard() {
        for role in Role.allCases {
            let style = Theme.standard[role]
            #expect(style.background == .terminal, "\(role)")
            // White and black are invisible on some background.
            #expect(![Color.ansi(0), .ansi(7), .ansi(8), .ansi(15)].contains(style.foreground), "\(role)")
        }
        #expect(Theme.standard[.selection] == Style(attributes: .reverse))
    }

    @Test("The monochrome theme has no colour and still tells the selection and the fields apart")
    func monochrome() {
        for role in Role.allCases {
            #expect(
                Theme.monochrome[role].foreground == .terminal
                    && Theme.monochrome[role].background == .terminal)
            #expect(!Theme.monochrome[role].attributes.contains(.dim))
        }
        let looks = [Role.text, .title, .selection, .field, .fieldFocused].map { Theme.monochrome[$0] }
        #expect(Set(looks).count == looks.count)
    }

    @Test("Every sign is of the width it is drawn with, and the ASCII ones are ASCII")
    func glyphs() {
        for glyphs in [Glyphs.unicode, .ascii] {
            for (name, value) in Mirror(reflecting: glyphs).children {
                let text = "\(value)"
                if value is Character { #expect(TextWidth.standard.width(of: text) == 1, "\(name ?? "")") }
                #expect(TextWidth.standard.sanitized(text) == text)
                if glyphs == .ascii { #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(name ?? "")") }
            }
            for tree in [glyphs.branch, glyphs.lastBranch, glyphs.trunk] {
                #expect(TextWidth.standard.width(of: tree) == 4)
            }
            #expect(
                glyphs.checked.count == glyphs.unchecked.count && glyphs.chosen.count == glyphs.unchosen.count
            )
        }
    }

    @Test("A theme cuts text with its own signs")
    func textWidth() {
        #expect(Theme.standard.textWidth == .standard)
        #expect(Theme.standard.with(glyphs: .ascii).textWidth == TextWidth(ellipsis: "...", replacement: "?"))
    }

    @Test(
        "NO_COLOR is heeded unless colour is asked for",
        arguments: [
            (ColorMode.auto, nil, true), (.auto, "", true), (.auto, "1", false), (.always, "1", true),
            (.never, nil, false),
        ] as [(ColorMode, String?, Bool)])
    func noColor(mode: ColorMode, variable: String?, expected: Bool) {
        #expect(mode.allowsColor(noColor: variable) == expected)
    }
}
