// The words of a language, found in a file of GNU gettext (gettext manual, "The Format of PO Files"). A process says few
// of thousands of texts: the file is gone over once to know where each is, and strings are made of those that are said.

/// Words by the English ones that they stand for.
struct Catalogue: Sendable {
    /// Where words are in the file, and what they are called.
    private struct Entry {
        var id: UInt32
        var translation: UInt32
    }

    private let file: [UInt8]
    /// The entries by the hashes of their words: to make strings of thousands of words takes longer.
    private let entries: [UInt64: Entry]

    /// The words for English ones; nil where there are none.
    subscript(pattern: String) -> String? {
        var hash = Hash()
        for byte in pattern.utf8 { hash.add(byte) }
        guard let entry = entries[hash.value], string(at: entry.id) == pattern else { return nil }
        return string(at: entry.translation)
    }

    /// Finds `msgid` and `msgstr` with the strings behind and below them.
    ///
    /// Comments are passed over, and so are entries that are marked as fuzzy, as their words may be wrong.
    ///
    /// - Parameter file: in UTF-8.
    init(reading file: [UInt8]) throws(CatalogueError) {
        var lines = CatalogueLines(file: file)
        var entries: [UInt64: Entry] = [:]
        var id: (place: Int, hash: UInt64)?
        var isFuzzy = false
        while let line = lines.next() {
            switch line {
            case .empty, .comment: break
            case .flags(let flags):
                if String(decoding: flags, as: UTF8.self).contains("fuzzy") { isFuzzy = true }
            case .id:
                let place = lines.place
                var hash = Hash()
                let count = try lines.strings { hash.add($0) }
                id = count > 0 ? (place, hash.value) : nil
            case .translation:
                let place = lines.place
                let count = try lines.strings { _ in }
                if let id, count > 0, !isFuzzy {
                    entries[id.hash] = Entry(id: UInt32(id.place), translation: UInt32(place))
                }
                (id, isFuzzy) = (nil, false)
            case .other:
                throw CatalogueError(line: lines.number, problem: "this begins neither a comment, nor words")
            }
        }
        self.file = file
        self.entries = entries
    }

    /// A string of an entry; it was gone over when the file was read, and nothing was wrong with it.
    private func string(at place: UInt32) -> String? {
        var lines = CatalogueLines(file: file, place: Int(place))
        var bytes: [UInt8] = []
        guard (try? lines.strings { bytes.append($0) }) != nil else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// FNV-1a (Fowler, Noll and Vo): short, and good for words.
    private struct Hash {
        private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

        mutating func add(_ byte: UInt8) {
            value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
        }
    }
}
