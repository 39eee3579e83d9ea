// On which line each key stands, and how deep a document nests. The TOML parser tells lines only for text that
// it cannot read at all, and gives its stack to text that nests without end. Knows no values.

/// A pass over TOML text that follows strings, brackets and comments, and looks at nothing else.
///
/// It agrees with a parser on text that is TOML; of other text it says something that does no harm.
struct KeyScanner {
    /// The first line of every table and key, by dotted path, counted from 1.
    ///
    /// Keys inside inline tables are not among them.
    private(set) var lines: [String: Int] = [:]
    /// The first line that nests deeper than `deepest`; nil where none does.
    private(set) var tooDeep: Int?

    /// The first line on which toml++ 3.4 stops the program instead of refusing the text (its issue 301 and
    /// the like), and why that is not TOML; nil where there is none.
    private(set) var trap: (line: Int, reason: String)?

    /// How many brackets may be open, and how many dots a key may have.
    static let deepest = 32

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var table = ""
    private var brackets: [UInt8] = []
    private var dots = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        while position < bytes.count {
            scanKey()
            scanValue()
        }
    }

    /// Reads a table's header or a key up to its equals sign.
    private mutating func scanKey() {
        var key: [UInt8] = []
        var isHeader = false
        var firstLine = line
        scan: while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n") where key.isEmpty && !isHeader: firstLine = line + 1
            case UInt8(ascii: "\n"), UInt8(ascii: "="), UInt8(ascii: "#"): break scan
            case UInt8(ascii: "\""), UInt8(ascii: "'"): key += skipString()
            case UInt8(ascii: "[") where !isHeader && key.isEmpty:
                isHeader = true
                checkHeader()
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "]"): break
            default:
                key.append(byte)
                count(byte)
            }
            advance()
        }
        let name = String(decoding: key, as: UTF8.self)
        if isHeader { table = name }
        let path = isHeader || table.isEmpty ? name : "\(table).\(name)"
        if !name.isEmpty, lines[path] == nil { lines[path] = firstLine }
    }

    /// Stands on the bracket of a header and looks at what follows it and a second one.
    private mutating func checkHeader() {
        let isList = position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "[")
        if isList { advance() }
        let next = bytes[(position + 1)...].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        let isName = next.map { $0.isBareKey || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
        if isName == false { spring("a bracket at the start of a line is followed by a table's name") }
    }

    /// Stands on a byte that may join a date and a time, and looks at what is on either side.
    private mutating func checkTime() {
        let day = bytes[max(0, position - 3)..<position]
        guard day.count == 3, day.first == UInt8(ascii: "-"), day.dropFirst().allSatisfy(\.isDigit) else {
            return
        }
        let hour = bytes[(position + 1)...].prefix(2)
        if bytes[position] == UInt8(ascii: " "), hour.first?.isDigit != true { return }
        if hour.count < 2 || !hour.allSatisfy(\.isDigit) {
            spring("a date is followed by two digits of the hour")
        }
    }

    private mutating func spring(_ reason: String) {
        if trap == nil { trap = (line, reason) }
    }

    /// Skips a value and its comment, up to the end of the line on which it ends.
    private mutating func scanValue() {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n"):
                dots = 0
                if brackets.isEmpty { return advance() }
            case UInt8(ascii: "#"): skipComment()
            case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = skipString()
            case UInt8(ascii: "["), UInt8(ascii: "{"): brackets.append(byte)
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if byte == UInt8(ascii: "}"), brackets.last == UInt8(ascii: "[") {
                    spring("a list is closed by a square bracket")
                }
                _ = brackets.popLast()
            case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " "): checkTime()
            default: break
            }
            count(byte)
            advance()
        }
    }

    private mutating func count(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "."): dots += 1
        case UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "{"), UInt8(ascii: "["): dots = 0
        default: break
        }
        if tooDeep == nil, max(brackets.count, dots) > Self.deepest { tooDeep = line }
    }

    private mutating func advance() {
        if position < bytes.count, bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    /// Stops before the end of the line.
    private mutating func skipComment() {
        while position + 1 < bytes.count, bytes[position + 1] != UInt8(ascii: "\n") { advance() }
    }

    /// Goes from the opening quote of a string to its last one and gives what is between.
    private mutating func skipString() -> [UInt8] {
        let quote = bytes[position]
        let isLong = bytes[position...].starts(with: [quote, quote, quote])
        let width = isLong ? 3 : 1
        let closing = Array(repeating: quote, count: width)
        for _ in 0..<width { advance() }
        let start = position
        while position < bytes.count, !bytes[position...].starts(with: closing) {
            if !isLong, bytes[position] == UInt8(ascii: "\n") { break }
            if quote == UInt8(ascii: "\""), bytes[position] == UInt8(ascii: "\\") { advance() }
            advance()
        }
        let content = bytes[min(start, bytes.count)..<min(position, bytes.count)]
        // A long string may end in quotes of its own: the last three close it.
        while isLong, position + 3 < bytes.count, bytes[position + 3] == quote { advance() }
        position = min(position + width - 1, bytes.count)
        return Array(content)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

}
