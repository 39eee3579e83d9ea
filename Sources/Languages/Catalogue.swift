// The words of a language, read from a file of GNU gettext (gettext manual, "The Format of PO Files").

/// Why a catalogue cannot be read.
public struct CatalogueError: Error, CustomStringConvertible, Equatable {
    /// The line, from 1.
    public var line: Int
    /// What is wrong there.
    public var problem: String

    /// In one sentence.
    public var description: String { "line \(line): \(problem)" }
}

/// Words by the English ones that they stand for.
struct Catalogue: Sendable {
    private var words: [String: String] = [:]

    subscript(pattern: String) -> String? { words[pattern] }

    /// Reads `msgid` and `msgstr` with the strings behind and below them.
    ///
    /// Comments are passed over, and so are entries that are marked as fuzzy, as their words may be wrong.
    init(reading file: String) throws(CatalogueError) {
        var id: String?
        var translation: String?
        var isFuzzy = false
        func entry() -> (String, String)? {
            guard let id, let translation, !id.isEmpty, !translation.isEmpty, !isFuzzy else { return nil }
            return (id, translation)
        }
        for (index, line) in file.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            guard let first = line.first else { continue }
            if first == UInt8(ascii: "#") || line.starts(with: "msgid ".utf8) {
                if translation != nil {
                    if let (id, translation) = entry() { words[id] = translation }
                    (id, translation, isFuzzy) = (nil, nil, false)
                }
                if line.starts(with: "#,".utf8), String(Substring(line)).contains("fuzzy") { isFuzzy = true }
                if first == UInt8(ascii: "#") { continue }
                id = try Self.string(in: line.dropFirst(6), line: index + 1)
            } else if line.starts(with: "msgstr ".utf8) {
                translation = try Self.string(in: line.dropFirst(7), line: index + 1)
            } else if first == UInt8(ascii: "\"") {
                let more = try Self.string(in: line, line: index + 1)
                if translation != nil { translation? += more } else { id? += more }
            } else {
                throw CatalogueError(line: index + 1, problem: "this begins neither a comment, nor words")
            }
        }
        if let (id, translation) = entry() { words[id] = translation }
    }

    /// A string between quotation marks, with the escapes of C.
    private static func string(
        in bytes: Substring.UTF8View.SubSequence, line: Int
    ) throws(CatalogueError) -> String {
        var result: [UInt8] = []
        var isEscaped = false
        var rest = bytes.drop { $0 == UInt8(ascii: " ") }
        guard rest.popFirst() == UInt8(ascii: "\"") else {
            throw CatalogueError(line: line, problem: "there is no quotation mark")
        }
        while let byte = rest.popFirst() {
            if isEscaped {
                isEscaped = false
                result.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                return String(decoding: result, as: UTF8.self)
            } else {
                result.append(byte)
            }
        }
        throw CatalogueError(line: line, problem: "there is no second quotation mark")
    }
}
