// A theme as people write it: a palette of named colours, then the look of every role in words. Knows no file system.
import ExportDomain
import Languages
import TOMLText
import TerminalKit

/// A theme, and what its file says about it.
public struct ThemeFile: Sendable, Equatable {
    /// What it is for, in a sentence.
    public var description: String
    /// The colours by their names, as they are written.
    public var paletteWords: [String: [String]]
    /// The looks of the roles, as they are written.
    public var roleWords: [Role: String]
    /// The theme.
    public var theme: Theme

    /// Longest text that is read, in bytes.
    public static let largestText = 1 << 16

    /// Reads the text of a theme's file.
    ///
    /// - Parameter file: the name of the file, for the sentences of errors.
    /// - Throws: `TOMLFileError` for the first thing that keeps it from being a theme.
    public init(reading text: String, file: String) throws(TOMLFileError) {
        let top = try TOMLSection(reading: text, file: file, noun: Text("theme"), largest: Self.largestText)
        try top.checkKeys(["description", "palette", "roles"])
        description = try top.text("description") ?? ""
        guard let colors = try top.section("palette"), let roles = try top.section("roles") else {
            let missing = top.values["palette"] == nil ? "palette" : "roles"
            throw top.error(nil, Text("there is no [\(missing)], which every theme has"))
        }
        paletteWords = try colors.paletteWords()
        let palette = try colors.palette(paletteWords)
        roleWords = try roles.roleWords()
        let styles = try roles.styles(roleWords, palette: palette)
        theme = Theme(
            accent: palette[PaletteName.accent] ?? .terminal,
            production: palette[PaletteName.production] ?? .terminal
        ) { styles[$0] ?? .plain }
    }
}

/// The colours that every palette has.
private enum PaletteName {
    static let foreground = "foreground", background = "background"
    static let accent = "accent", production = "production"

    static let all = [foreground, background, accent, production]
}

extension TOMLSection {
    /// Reads `[palette]`.
    fileprivate func paletteWords() throws(TOMLFileError) -> [String: [String]] {
        var palette: [String: [String]] = [:]
        for key in values.keys.sorted() {
            if ThemeWord.isReserved(key) {
                throw error(key, Text("\(named(key)) has a name that stands for something else in [roles]"))
            }
            palette[key] = try texts(key)
        }
        if let missing = PaletteName.all.first(where: { palette[$0] == nil }) {
            throw error(nil, Text("\(named(missing)) is missing; every palette has \(list(PaletteName.all))"))
        }
        return palette
    }

    fileprivate func palette(_ words: [String: [String]]) throws(TOMLFileError) -> [String: Color] {
        var palette: [String: Color] = [:]
        for (key, texts) in words.sorted(by: { $0.key < $1.key }) {
            do {
                palette[key] = try Color(words: texts)
            } catch {
                throw self.error(key, Text("\(named(key)) \(error.words)"))
            }
        }
        return palette
    }

    /// Reads `[roles]`.
    fileprivate func roleWords() throws(TOMLFileError) -> [Role: String] {
        try checkKeys(Role.allCases.map(\.key))
        let missing = Role.allCases.filter { values[$0.key] == nil }
        if !missing.isEmpty {
            throw error(
                nil, Text("[roles] has no \(list(missing.map(\.key))), and every theme has every role"))
        }
        var words: [Role: String] = [:]
        for role in Role.allCases { words[role] = try text(role.key) }
        return words
    }

    fileprivate func styles(
        _ words: [Role: String], palette: [String: Color]
    ) throws(TOMLFileError) -> [Role: Style] {
        var styles: [Role: Style] = [:]
        for role in Role.allCases {
            do {
                styles[role] = try Style(words: words[role] ?? "", palette: palette)
            } catch {
                throw self.error(role.key, Text("\(named(role.key)) \(error.words)"))
            }
        }
        return styles
    }

    private func list(_ names: [String]) -> Text { .quotedList(names) }
}

extension Style {
    /// The look that words say: the name of a colour, `on` and that of another, `bold`, `dim`, `underline`, `reverse`.
    ///
    /// What they do not say is as the foreground and the background of the palette.
    fileprivate init(words text: String, palette: [String: Color]) throws(ThemeProblem) {
        var colors: [Bool: String] = [:]
        var isBackground = false
        self.init()
        for word in text.split(separator: " ").map(String.init) {
            if let attribute = ThemeWord.attributes[word], !isBackground {
                attributes.insert(attribute)
            } else if word == ThemeWord.on, !isBackground {
                isBackground = true
            } else if palette[word] == nil {
                throw ThemeProblem.unknownColor(word, palette: palette.keys.sorted())
            } else if let other = colors.updateValue(word, forKey: isBackground) {
                throw ThemeProblem(
                    words: Text("has two colours where one is wanted, “\(other)” and “\(word)”"))
            } else {
                isBackground = false
            }
        }
        if isBackground { throw ThemeProblem(words: Text("ends after “on”, which a colour follows")) }
        foreground = Self.color(colors[false] ?? PaletteName.foreground, in: palette)
        background = Self.color(colors[true] ?? PaletteName.background, in: palette)
    }

    /// The accent stays open, because a profile may have one of its own.
    private static func color(_ name: String, in palette: [String: Color]) -> Color {
        name == PaletteName.accent ? .accent : palette[name] ?? .terminal
    }
}

extension Role {
    /// The name of the role in files: `border-focused`.
    public var key: String {
        rawValue.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
    }
}
