// Where people's own files are: config.toml, and themes/ beside it. It is only read.
import ExportDomain
import FoundationEssentials
import Glibc
import Languages
import TOMLText
import TerminalKit
import ThemeFiles

/// The folder of a person's own files.
public struct ConfigurationFolder: Sendable, Equatable {
    /// The folder; nil where nothing says it.
    public let path: String?

    /// Finds the folder: the home folder that was named, else `$XDG_CONFIG_HOME/sluice`, else `~/.config/sluice`
    /// (XDG Base Directory Specification).
    public init(home: String?, environment: [String: String]) {
        let given = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let home = home.flatMap({ $0.isEmpty ? nil : $0 }) ?? given("SLUICE_HOME") {
            path = home
        } else if let folder = given("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
            path = folder + "/sluice"
        } else {
            path = given("HOME").map { $0 + "/.config/sluice" }
        }
    }

    /// Reads config.toml; without a file nothing is preferred.
    ///
    /// - Parameter actions: the names of the actions that keys can be chosen for.
    /// - Throws: `TOMLFileError`.
    public func preferences(actions: [String]) throws(TOMLFileError) -> Preferences {
        guard let path, let text = try Self.text(path + "/config.toml", largest: Preferences.largestText)
        else { return Preferences() }
        return try Preferences(reading: text, file: path + "/config.toml", actions: actions)
    }

    /// The theme of a name, or the usual one; only its file is read, and none for the usual.
    /// - Throws: `ThemeError`, `TOMLFileError`.
    public func theme(_ name: String?) throws -> Theme {
        let name = name ?? BuiltInThemes.standard
        if name == BuiltInThemes.standard, ownFile(of: name) == nil { return .standard }
        return try themeFile(name).theme
    }

    /// The file of the theme of a name.
    /// - Throws: `ThemeError`, `TOMLFileError`.
    public func themeFile(_ name: String) throws -> ThemeFile {
        let source = try themeSource(name)
        return try ThemeFile(reading: source.text, file: source.file)
    }

    /// The text of the theme of a name, and where it is from: the folder's own theme, else the one that comes with
    /// the program.
    /// - Throws: `ThemeError`, `TOMLFileError`.
    public func themeSource(_ name: String) throws -> (file: String, text: String) {
        if let path = ownFile(of: name), let text = try Self.text(path, largest: ThemeFile.largestText) {
            return (path, text)
        }
        guard let text = BuiltInThemes.text(of: name) else {
            throw ThemeError(name: name, known: themeNames.map(\.name))
        }
        return ("themes/\(name).toml", text)
    }

    /// The names of all themes, those that come with the program first, and the file of a person's own.
    public var themeNames: [(name: String, ownFile: String?)] {
        let files =
            path.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0 + "/themes") } ?? []
        let own = files.filter { $0.hasSuffix(Self.suffix) }.map { String($0.dropLast(Self.suffix.count)) }
        let others = own.filter { !BuiltInThemes.names.contains($0) && !$0.isEmpty }.sorted()
        return (BuiltInThemes.names + others).map { ($0, own.contains($0) ? ownFile(of: $0) : nil) }
    }

    private static let suffix = ".toml"

    /// The file of a person's own theme; nil where there is none.
    private func ownFile(of name: String) -> String? {
        guard let path, !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else { return nil }
        let file = "\(path)/themes/\(name)\(Self.suffix)"
        return FileManager.default.fileExists(atPath: file) ? file : nil
    }

    /// The text of a file; nil where there is none.
    private static func text(_ path: String, largest: Int) throws(TOMLFileError) -> String? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw TOMLFileError(file: path, words: Text("it is not a file"))
        }
        guard facts.st_size <= largest else {
            throw TOMLFileError(file: path, words: Text("it is larger than \(largest / 1024) KB"))
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TOMLFileError(file: path, words: Text("it cannot be read: are you allowed to?"))
        }
        return String(decoding: data, as: UTF8.self)
    }
}

/// Why there is no theme of a name.
public struct ThemeError: Error, Sendable, Hashable, Localized {
    /// The name.
    public var name: String
    /// The names that there are.
    public var known: [String]

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        if let nearest = Suggestion.nearest(to: name, among: known) {
            return Text("There is no theme “\(name.shownBriefly)”; did you mean “\(nearest)”?")
        }
        return Text("There is no theme “\(name.shownBriefly)”; there is \(Text.list(known)).")
    }
}
