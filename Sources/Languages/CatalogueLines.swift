// The lines of a file of GNU gettext, one after the other.

/// Why a catalogue cannot be read.
public struct CatalogueError: Error, CustomStringConvertible, Equatable {
    /// The line, from 1.
    public var line: Int
    /// What is wrong there.
    public var problem: String

    /// In one sentence.
    public var description: String { "line \(line): \(problem)" }
}

/// Goes over the lines of a catalogue.
struct CatalogueLines {
    /// What a line is, by how it begins.
    enum Line {
        case empty
        case comment
        /// A comment that marks its entry.
        case flags(ArraySlice<UInt8>)
        /// The strings of English words follow.
        case id
        /// The strings of what they are called follow.
        case translation
        case other
    }

    let file: [UInt8]
    /// Where the next byte is.
    var place = 0
    /// The line of that, from 1.
    private(set) var number = 1

    private static let newline = UInt8(ascii: "\n")
    private static let quotationMark = UInt8(ascii: "\"")

    init(file: [UInt8], place: Int = 0) {
        self.file = file
        self.place = place
    }

    /// What the next line is; nil after the last one.
    ///
    /// Where strings follow, they are to be read next.
    mutating func next() -> Line? {
        guard place < file.count else { return nil }
        if file[place] == Self.newline {
            endLine()
            return .empty
        }
        if file[place] == UInt8(ascii: "#") {
            let begin = place
            endLine()
            let line = file[begin..<place]
            return line.starts(with: "#,".utf8) ? .flags(line) : .comment
        }
        if skip("msgid ") { return .id }
        if skip("msgstr ") { return .translation }
        return .other
    }

    /// Reads the strings from here on, between quotation marks, with the escapes of C, one on each line.
    ///
    /// - Parameter take: is given each byte.
    /// - Returns: how many there were.
    mutating func strings(_ take: (UInt8) -> Void) throws(CatalogueError) -> Int {
        var count = 0
        repeat { count += try string(take) } while place < file.count && file[place] == Self.quotationMark
        return count
    }

    private mutating func string(_ take: (UInt8) -> Void) throws(CatalogueError) -> Int {
        while place < file.count, file[place] == UInt8(ascii: " ") { place += 1 }
        guard place < file.count, file[place] == Self.quotationMark else {
            throw CatalogueError(line: number, problem: "there is no quotation mark")
        }
        var count = 0
        var isEscaped = false
        place += 1
        while place < file.count, file[place] != Self.newline {
            let byte = file[place]
            place += 1
            if isEscaped {
                isEscaped = false
                take(byte == UInt8(ascii: "n") ? Self.newline : byte)
                count += 1
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == Self.quotationMark {
                endLine()
                return count
            } else {
                take(byte)
                count += 1
            }
        }
        throw CatalogueError(line: number, problem: "there is no second quotation mark")
    }

    private mutating func skip(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard place + length <= file.count else { return false }
        let isThere = word.withUTF8Buffer { file[place..<(place + length)].elementsEqual($0) }
        if isThere { place += length }
        return isThere
    }

    private mutating func endLine() {
        while place < file.count, file[place] != Self.newline { place += 1 }
        place += 1
        number += 1
    }
}
