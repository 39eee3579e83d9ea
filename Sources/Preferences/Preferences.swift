// The file in which people say how they want the program: config.toml. Knows no file system.
import ExportDomain
import Languages
import TOMLText
import TerminalKit

/// What a person prefers.
public struct Preferences: Sendable, Equatable {
    /// The name of the theme; nil for the usual.
    public var theme: String?
    /// The accents of profiles, by their names.
    public var accents: [String: Color] = [:]
    /// Whether the mouse is used; nil for the usual.
    public var mouse: Bool?
    /// How text fields are edited.
    public var editing = EditingStyle.emacs
    /// Whether the bell rings when runs have ended; nil for the usual.
    public var bell: Bool?
    /// Whether the window's title says that runs have ended; nil for the usual.
    public var title: Bool?
    /// Whether the terminal shows a notification when runs have ended; nil for the usual.
    public var notification: Bool?
    /// Whether nothing on screens moves by itself; nil for the usual.
    public var isQuiet: Bool?
    /// The keys of actions, by their names.
    public var keys: [String: [Key]] = [:]

    /// Longest text that is read, in bytes.
    public static let largestText = 1 << 18

    /// What holds where there is no file.
    public init() {}

    /// Reads the file's text.
    ///
    /// - Parameters:
    ///   - file: the name of the file, for the sentences of errors.
    ///   - actions: the names of the actions that keys can be chosen for.
    /// - Throws: `TOMLFileError` for the first thing that keeps it from being used.
    public init(reading text: String, file: String, actions: [String]) throws(TOMLFileError) {
        let top = try TOMLSection(
            reading: text, file: file, noun: Text("configuration"), largest: Self.largestText)
        try top.checkKeys(["theme", "mouse", "quiet-ui", "accents", "editing", "notices", "keys"])
        theme = try top.text("theme")
        mouse = try top.flag("mouse")
        isQuiet = try top.flag("quiet-ui")
        accents = try Self.accents(top)
        editing = try Self.editing(top)
        if let section = try top.section("notices") {
            try section.checkKeys(["bell", "title", "notification"])
            bell = try section.flag("bell")
            title = try section.flag("title")
            notification = try section.flag("notification")
        }
        guard let section = try top.section("keys") else { return }
        try section.checkKeys(actions)
        for name in section.values.keys.sorted() { keys[name] = try Self.keys(name, in: section) }
    }

    private static func keys(_ name: String, in section: TOMLSection) throws(TOMLFileError) -> [Key] {
        let words = try section.texts(name) ?? []
        if words.isEmpty { throw section.error(name, Text("\(section.named(name)) has no key")) }
        var keys: [Key] = []
        for word in words {
            guard let key = Key(name: word) else {
                throw section.error(
                    name,
                    Text(
                        "\(section.named(name)) is “\(word.shownBriefly)” and must be a character, or like “ctrl-t”, “f2”, “enter”, “pgdn” or “space”"
                    )
                )
            }
            keys.append(key)
        }
        return keys
    }

    private static func editing(_ top: TOMLSection) throws(TOMLFileError) -> EditingStyle {
        guard let section = try top.section("editing") else { return .emacs }
        try section.checkKeys(["fields"])
        guard let word = try section.text("fields") else { return .emacs }
        guard let style = EditingStyle(rawValue: word) else {
            throw section.error(
                "fields",
                Text("\(section.named("fields")) is “\(word.shownBriefly)” and must be “emacs” or “vi”"))
        }
        return style
    }

    private static func accents(_ top: TOMLSection) throws(TOMLFileError) -> [String: Color] {
        guard let section = try top.section("accents") else { return [:] }
        var accents: [String: Color] = [:]
        for name in section.values.keys.sorted() {
            guard let word = try section.text(name) else { continue }
            do {
                accents[name] = try Color(words: [word])
            } catch {
                throw section.error(name, Text("\(section.named(name)) \(error.words)"))
            }
        }
        return accents
    }
}
