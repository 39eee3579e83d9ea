// The languages of the program, and which of them a person reads.

/// A language of the program.
public struct Language: Sendable, Hashable {
    /// What it is called in options and variables: an ISO 639 code, and a country where that matters.
    public let code: String
    /// What those who read it call it.
    public let name: String
    private let catalogue: Catalogue?

    /// The language that the program is written in.
    public static let english = Language(code: "en", name: "English", catalogue: nil)

    init(code: String, name: String, catalogue: Catalogue?) {
        self.code = code
        self.name = name
        self.catalogue = catalogue
    }

    /// A language whose words are in a file.
    ///
    /// - Parameter file: a file of GNU gettext (PO) in UTF-8.
    /// - Throws: `CatalogueError` where it cannot be read.
    public init(code: String, name: String, file: [UInt8]) throws(CatalogueError) {
        self.init(code: code, name: name, catalogue: try Catalogue(reading: file))
    }

    /// The words for an English pattern; nil where it has none.
    func words(for pattern: String) -> String? { catalogue?[pattern] }

    /// Languages are the same that have the same code.
    public static func == (one: Language, other: Language) -> Bool { one.code == other.code }

    /// Languages are the same that have the same code.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension Language {
    /// The code of the language that variables ask for, such as `zh_CN` of `zh_CN.UTF-8`.
    ///
    /// The first counts that is set of LC_ALL, LC_MESSAGES and LANG (POSIX.1-2024, 8.2). Nil where they ask for none, and
    /// where the signs of the locale are not those of Unicode, since a terminal could not show them.
    public static func code(in environment: [String: String]) -> String? {
        let value = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first {
            !$0.isEmpty
        }
        guard let value else { return nil }
        let parts = value.prefix { $0 != "@" }.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, ["utf8", "utf-8"].contains(parts[1].lowercased()) else { return nil }
        return String(parts[0])
    }
}
