// A table of a file that people write: its keys, asked for by type, with file, line and key of whichever is not what
// it should be.
import ExportDomain

/// Why a file cannot be used.
public struct TOMLFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public var file: String
    /// The line, counted from 1, where it is known.
    public var line: Int?
    /// What is wrong, and what would do, without the full stop.
    public var words: String

    /// Says what is wrong with a file.
    public init(file: String, line: Int? = nil, words: String) {
        self.file = file
        self.line = line
        self.words = words
    }

    /// File, line and what is wrong.
    public var description: String {
        let place = line.map { "\(file), line \($0)" } ?? file
        return "\(place): \(words)" + (words.hasSuffix("?") ? "" : ".")
    }
}

/// A table of a file: the top, or one that is named.
public struct TOMLSection: Sendable {
    private let document: TOMLDocument
    private let file: String
    /// The dotted path of the table; nil for the top.
    public let path: String?
    /// What is in it.
    public let values: [String: TOMLNode]

    /// The top of a file.
    ///
    /// - Parameters:
    ///   - file: its name, for the sentences of errors.
    ///   - noun: what it should be, like “file of profiles”.
    ///   - largest: longest text that is read, in bytes.
    public init(
        reading text: String, file: String, noun: String, largest: Int
    ) throws(TOMLFileError) {
        do {
            document = try TOMLDocument(text, largest: largest)
        } catch {
            throw TOMLFileError(file: file, line: error.line, words: error.problem.words(for: noun))
        }
        self.file = file
        path = nil
        values = document.root
    }

    private init(_ parent: TOMLSection, path: String, values: [String: TOMLNode]) {
        document = parent.document
        file = parent.file
        self.path = path
        self.values = values
    }

    /// Says what is wrong with a key, or with the table where no key is given.
    public func error(_ key: String?, _ words: String) -> TOMLFileError {
        let line =
            key.map { document.line(of: $0, in: path) } ?? path.flatMap { document.line(of: $0, in: nil) }
        return TOMLFileError(file: file, line: line, words: words)
    }

    /// A key and its table, as a person looks for them.
    public func named(_ key: String) -> String { "“\(key.shownBriefly)”\(place)" }

    /// The table in words that follow a key; nothing for the top.
    private var place: String { path.map { " in [\($0)]" } ?? "" }

    /// Refuses a key that is not known, and says which may have been meant.
    public func checkKeys(_ known: [String]) throws(TOMLFileError) {
        guard let key = values.keys.sorted().first(where: { !known.contains($0) }) else { return }
        let hint =
            Suggestion.nearest(to: key, among: known).map { "did you mean “\($0)”?" }
            ?? "there are \(known.joined(separator: ", "))"
        throw error(key, "unknown key \(named(key)); \(hint)")
    }

    /// The text of a key; nil where it is absent.
    public func text(_ key: String) throws(TOMLFileError) -> String? {
        switch values[key] {
        case nil: return nil
        case .text(let text)?: return text
        case let node?: throw wrongType(key, "text in quotes", node)
        }
    }

    /// True or false; nil where the key is absent.
    public func flag(_ key: String) throws(TOMLFileError) -> Bool? {
        switch values[key] {
        case nil: return nil
        case .bool(let flag)?: return flag
        case let node?: throw wrongType(key, "true or false", node)
        }
    }

    /// A text, or a list of texts; nil where the key is absent.
    public func texts(_ key: String) throws(TOMLFileError) -> [String]? {
        guard let node = values[key] else { return nil }
        if case .text(let text) = node { return [text] }
        guard case .list(let items) = node else { throw wrongType(key, "a text or a list of texts", node) }
        var texts: [String] = []
        for item in items {
            guard case .text(let text) = item else {
                throw error(key, "\(named(key)) has \(item.kind) in its list, which is for texts in quotes")
            }
            texts.append(text)
        }
        return texts
    }

    /// The table of a name; nil where it is absent.
    public func section(_ key: String) throws(TOMLFileError) -> TOMLSection? {
        guard let node = values[key] else { return nil }
        guard case .table(let inner) = node else { throw wrongType(key, "a table", node) }
        return TOMLSection(self, path: path.map { "\($0).\(key)" } ?? key, values: inner)
    }

    /// The tables in the table of a name, by their names, which are whatever people give; none where it is absent.
    ///
    /// - Parameter example: what such a table looks like.
    public func sections(
        _ key: String, example: String
    ) throws(TOMLFileError) -> [(name: String, section: TOMLSection)] {
        guard let node = values[key] else { return [] }
        guard case .table(let inner) = node else { throw wrongType(key, "tables like \(example)", node) }
        let path = path.map { "\($0).\(key)" } ?? key
        let outer = TOMLSection(self, path: path, values: inner)
        var sections: [(name: String, section: TOMLSection)] = []
        for (name, node) in inner.sorted(by: { $0.key < $1.key }) {
            guard case .table(let values) = node else {
                throw outer.wrongType(name, "a table like \(example)", node)
            }
            sections.append((name, TOMLSection(outer, path: "\(path).\(name)", values: values)))
        }
        return sections
    }

    /// Says that a key is of another type than it takes.
    public func wrongType(_ key: String, _ expected: String, _ node: TOMLNode) -> TOMLFileError {
        error(key, "\(named(key)) is \(node.kind) and must be \(expected)")
    }
}

extension String {
    /// The text as a sentence quotes it: its beginning, without control characters.
    public var shownBriefly: String {
        let visible = unicodeScalars.prefix(80).filter { $0.properties.generalCategory != .control }
        return String(String.UnicodeScalarView(visible))
    }
}
