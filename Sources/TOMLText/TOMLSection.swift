// A table of a file that people write: its keys, asked for by type, with file, line and key of whichever is not what
// it should be.
import ExportDomain
import Languages

/// Why a file cannot be used.
public struct TOMLFileError: Error, Sendable, Hashable, Localized {
    /// The file.
    public var file: String
    /// The line, counted from 1, where it is known.
    public var line: Int?
    /// What is wrong, and what would do; a full stop is added where there is none.
    public var words: Text

    /// Says what is wrong with a file.
    public init(file: String, line: Int? = nil, words: Text) {
        self.file = file
        self.line = line
        self.words = words
    }

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// File, line and what is wrong.
    public var text: Text {
        let place = line.map { Text("\(file), line \($0)") } ?? .verbatim(file)
        let isWhole = ["?", "."].contains(words.english.last)
        return isWhole ? Text("\(place): \(words)") : Text("\(place): \(words).")
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
        reading text: String, file: String, noun: Text, largest: Int
    ) throws(TOMLFileError) {
        do {
            document = try TOMLDocument(text, largest: largest)
        } catch {
            throw TOMLFileError(file: file, line: error.line, words: error.problem.text(for: noun))
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
    public func error(_ key: String?, _ words: Text) -> TOMLFileError {
        let line =
            key.map { document.line(of: $0, in: path) } ?? path.flatMap { document.line(of: $0, in: nil) }
        return TOMLFileError(file: file, line: line, words: words)
    }

    /// A key and its table, as a person looks for them.
    public func named(_ key: String) -> Text {
        path.map { Text("“\(key.shownBriefly)” in [\($0)]") } ?? Text("“\(key.shownBriefly)”")
    }

    /// Refuses a key that is not known, and says which may have been meant.
    public func checkKeys(_ known: [String]) throws(TOMLFileError) {
        guard let key = values.keys.sorted().first(where: { !known.contains($0) }) else { return }
        throw error(
            key,
            Suggestion.nearest(to: key, among: known).map {
                Text("unknown key \(named(key)); did you mean “\($0)”?")
            } ?? Text("unknown key \(named(key)); there are \(Text.list(known))"))
    }

    /// The text of a key; nil where it is absent.
    public func text(_ key: String) throws(TOMLFileError) -> String? {
        switch values[key] {
        case nil: return nil
        case .text(let text)?: return text
        case let node?: throw wrongType(key, Text("text in quotes"), node)
        }
    }

    /// True or false; nil where the key is absent.
    public func flag(_ key: String) throws(TOMLFileError) -> Bool? {
        switch values[key] {
        case nil: return nil
        case .bool(let flag)?: return flag
        case let node?: throw wrongType(key, Text("true or false"), node)
        }
    }

    /// A text, or a list of texts; nil where the key is absent.
    public func texts(_ key: String) throws(TOMLFileError) -> [String]? {
        guard let node = values[key] else { return nil }
        if case .text(let text) = node { return [text] }
        guard case .list(let items) = node else {
            throw wrongType(key, Text("a text or a list of texts"), node)
        }
        var texts: [String] = []
        for item in items {
            guard case .text(let text) = item else {
                throw error(
                    key, Text("\(named(key)) has \(item.kindText) in its list, which is for texts in quotes"))
            }
            texts.append(text)
        }
        return texts
    }

    /// The table of a name; nil where it is absent.
    public func section(_ key: String) throws(TOMLFileError) -> TOMLSection? {
        guard let node = values[key] else { return nil }
        guard case .table(let inner) = node else { throw wrongType(key, Text("a table"), node) }
        return TOMLSection(self, path: path.map { "\($0).\(key)" } ?? key, values: inner)
    }

    /// The tables in the table of a name, by their names, which are whatever people give; none where it is absent.
    ///
    /// - Parameter example: what such a table looks like.
    public func sections(
        _ key: String, example: String
    ) throws(TOMLFileError) -> [(name: String, section: TOMLSection)] {
        guard let node = values[key] else { return [] }
        guard case .table(let inner) = node else {
            throw wrongType(key, Text("tables like \(example)"), node)
        }
        let path = path.map { "\($0).\(key)" } ?? key
        let outer = TOMLSection(self, path: path, values: inner)
        var sections: [(name: String, section: TOMLSection)] = []
        for (name, node) in inner.sorted(by: { $0.key < $1.key }) {
            guard case .table(let values) = node else {
                throw outer.wrongType(name, Text("a table like \(example)"), node)
            }
            sections.append((name, TOMLSection(outer, path: "\(path).\(name)", values: values)))
        }
        return sections
    }

    /// Says that a key is of another type than it takes.
    public func wrongType(_ key: String, _ expected: Text, _ node: TOMLNode) -> TOMLFileError {
        error(key, Text("\(named(key)) is \(node.kindText) and must be \(expected)"))
    }
}

extension String {
    /// The text as a sentence quotes it: its beginning, without control characters.
    public var shownBriefly: String {
        let visible = unicodeScalars.prefix(80).filter { $0.properties.generalCategory != .control }
        return String(String.UnicodeScalarView(visible))
    }
}
