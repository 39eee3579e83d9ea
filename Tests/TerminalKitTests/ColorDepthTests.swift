// Colours on terminals that have many, and on those that have few.
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("Colours")
struct ColorDepthTests {
    private static let orange = Color.fixed(RGB(0xFF, 0x87, 0x00), basic: 11)
    private static let black = Color.fixed(RGB(0, 0, 0), basic: 0)

    @Test(
        "What a terminal's description says becomes a depth",
        arguments: [
            (8, false, .eight), (-1, false, .eight), (16, false, .sixteen), (88, false, .sixteen),
            (256, false, .palette), (1 << 24, true, .direct), (1 << 24, false, .palette),
        ] as [(Int, Bool, ColorDepth)])
    func depth(colors: Int, isDirect: Bool, depth: ColorDepth) {
        #expect(ColorDepth(colors: colors, isDirect: isDirect) == depth)
    }

    @Test(
        "A colour is the nearest that a terminal has",
        arguments: [
            (.direct, Self.orange, 0xFF8700), (.palette, orange, 208), (.sixteen, orange, 11),
            (.eight, orange, 3), (.direct, black, 8), (.palette, black, 16), (.eight, black, 0),
            (.direct, .ansi(12), 0x5C5CFF), (.direct, .ansi(4), 4), (.palette, .ansi(12), 12),
            (.eight, .ansi(12), 4), (.direct, .terminal, nil), (.eight, .ansi(77), nil),
            (.palette, .fixed(RGB(0x80, 0x80, 0x80), basic: 8), 244),
        ] as [(ColorDepth, Color, Int?)])
    func number(depth: ColorDepth, color: Color, number: Int?) {
        #expect(depth.pair(of: Style(foreground: color)) == ColorPair(foreground: number))
        #expect(depth.pair(of: Style(background: color)) == ColorPair(background: number))
    }

    @Test("Text is not lost where its colour and that behind it become the same")
    func sameColor() {
        let grey = Color.fixed(RGB(0x55, 0x55, 0x55), basic: 8)
        let style = Style(foreground: grey, background: Self.black)
        #expect(ColorDepth.eight.pair(of: style) == ColorPair(foreground: 7, background: 0))
        let white = Style(foreground: .ansi(15), background: .ansi(7))
        #expect(ColorDepth.eight.pair(of: white) == ColorPair(foreground: 0, background: 7))
        let hidden = Style(foreground: .ansi(1), background: .ansi(1))
        #expect(ColorDepth.eight.pair(of: hidden) == ColorPair(foreground: 1, background: 1))
    }

    @Test("Contrast is that of WCAG")
    func contrast() {
        let black = RGB(0, 0, 0)
        let white = RGB(255, 255, 255)
        #expect(abs(black.contrast(with: white) - 21) < 0.001)
        #expect(black.contrast(with: black) == 1)
        // The example that is often quoted: the lightest grey that passes on white.
        #expect(RGB(0x76, 0x76, 0x76).contrast(with: white) >= 4.5)
        #expect(white.contrast(with: RGB(0x77, 0x77, 0x77)) < 4.5)
    }

    @Test(
        "Only #rrggbb is a colour in hexadecimal",
        arguments: ["", "#", "ff0000", "#ff000", "#ff00000", "#gg0000", "#+f0000", "#ff00é"])
    func hexadecimal(text: String) {
        #expect(RGB(hexadecimal: text) == nil)
        #expect(RGB(hexadecimal: "#0aF987") == RGB(0x0A, 0xF9, 0x87))
    }

    @Test(
        "A look is a sequence for programs that print lines",
        arguments: [
            (.plain, .eight, "x"), (Style(attributes: [.bold, .reverse]), .eight, "\u{1B}[1;7mx\u{1B}[0m"),
            (Style(foreground: .ansi(9), background: .ansi(1)), .palette, "\u{1B}[91;41mx\u{1B}[0m"),
            (Style(foreground: orange, background: black), .palette, "\u{1B}[38;5;208;48;5;16mx\u{1B}[0m"),
            (Style(foreground: orange), .direct, "\u{1B}[38;2;255;135;0mx\u{1B}[0m"),
            (Style(foreground: orange), .eight, "\u{1B}[33mx\u{1B}[0m"),
        ] as [(Style, ColorDepth, String)])
    func sequence(style: Style, depth: ColorDepth, text: String) {
        #expect(style.rendered("x", depth: depth) == text)
    }
}
