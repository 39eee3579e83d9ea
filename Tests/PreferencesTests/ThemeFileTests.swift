// Themes as people write them.
import TOMLText
import TerminalKit
import Testing

@testable import Preferences

@Suite("The file of a theme")
struct ThemeFileTests {
    /// A theme with a line for every role, the first of them on line 8.
    private static func text(
        palette: String =
            "foreground = \"#eeeeee\"\nbackground = [\"#101010\", \"black\"]\naccent = \"cyan\"\nproduction = \"red\"",
        roles: [String: String] = [:]
    ) -> String {
        let lines = Role.allCases.map { "\($0.key) = \(roles[$0.key] ?? "\"foreground\"")" }
        return "description = \"Mine.\"\n[palette]\n\(palette)\n[roles]\n" + lines.joined(separator: "\n")
    }

    private func read(_ text: String) throws -> ThemeFile {
        try ThemeFile(reading: text, file: "mine.toml")
    }

    @Test(
        "A role is a colour, what is behind it, and attributes",
        arguments: [
            ("", Style(foreground: Self.front, background: Self.back)),
            ("bold", Style(foreground: Self.front, background: Self.back, attributes: .bold)),
            ("accent on foreground", Style(foreground: .ansi(6), background: Self.front)),
            (
                "dim on accent underline reverse",
                Style(
                    foreground: Self.front, background: .ansi(6), attributes: [.dim, .underline, .reverse])
            ),
        ] as [(String, Style)])
    func role(words: String, style: Style) throws {
        let file = try read(Self.text(roles: ["match": "\"\(words)\""]))
        #expect(file.theme[.match] == style)
        #expect(file.description == "Mine.")
    }

    private static let front = Color.fixed(RGB(0xEE, 0xEE, 0xEE), basic: 7)
    private static let back = Color.fixed(RGB(0x10, 0x10, 0x10), basic: 0)

    @Test("An accent takes the place of the theme's own wherever that is")
    func accent() throws {
        var theme = try read(
            Self.text(roles: ["mark": "\"accent\"", "platform-marked": "\"foreground on accent\""])
        )
        .theme
        theme.accent = .ansi(5)
        #expect(theme[.mark].foreground == .ansi(5))
        #expect(theme[.platformMarked].background == .ansi(5))
        #expect(theme.production == .ansi(1))
    }

    @Test(
        "What cannot be is told with its file, line and key",
        arguments: [
            ("x = [", 1, "is not TOML: "),
            ("[palette]", nil, "there is no [roles], which every theme has."),
            ("[roles]", nil, "there is no [palette], which every theme has."),
            ("colour = 1", 1, "unknown key “colour”; there are description, palette, roles."),
            (
                text(
                    palette:
                        "foreground = \"red\"\nbackground = \"blak\"\naccent = \"red\"\nproduction = \"red\""),
                4,
                "“background” in [palette] is “blak” and must be like “#5f87ff”, “blue”, “bright-blue” or “terminal”; did you mean “black”?"
            ),
            (
                text(palette: "foreground = \"red\"\naccent = \"red\"\nproduction = \"red\""), 2,
                "“background” in [palette] is missing; every palette has “foreground”, “background”, “accent”, “production”."
            ),
            (
                text(palette: "foreground = 7"), 3,
                "“foreground” in [palette] is a whole number and must be a text or a list of texts."
            ),
            (
                text(palette: "bold = \"red\""), 3,
                "“bold” in [palette] has a name that stands for something else in [roles]."
            ),
            (
                text(
                    palette:
                        "foreground = \"red\"\nbackground = [\"red\", \"blue\"]\naccent = \"red\"\nproduction = \"red\""
                ),
                4,
                "“background” in [palette] has two colours, which is for “#rrggbb” and one of the sixteen."
            ),
            (
                text(roles: ["muted": "\"acent\""]), 9,
                "“muted” in [roles] says “acent”, which [palette] has not; did you mean “accent”?"
            ),
            (
                text(roles: ["muted": "\"accent foreground\""]), 9,
                "“muted” in [roles] has two colours where one is wanted, “accent” and “foreground”."
            ),
            (
                text(roles: ["muted": "\"accent on\""]), 9,
                "“muted” in [roles] ends after “on”, which a colour follows."
            ),
            (
                text(roles: ["muted": "true"]), 9,
                "“muted” in [roles] is true or false and must be text in quotes."
            ),
            (
                text().replacing("\nmuted =", with: "\nmutd ="), 9,
                "unknown key “mutd” in [roles]; did you mean “muted”?"
            ),
            (
                text().replacing("\nmuted = \"foreground\"", with: ""), 7,
                "[roles] has no “muted”, and every theme has every role."
            ),
            (String(repeating: "#", count: 70_000), nil, "is larger than 64 KB, so it is not a theme."),
        ] as [(String, Int?, String)])
    func refused(text: String, line: Int?, words: String) {
        let error = #expect(throws: TOMLFileError.self) { try read(text) }
        let place = line.map { "mine.toml, line \($0)" } ?? "mine.toml"
        #expect(error?.description.hasPrefix("\(place): \(words)") == true, "\(error as Any)")
    }
}
