// A JSON record taken apart as it is written: the order of its members and the digits of its numbers stay. A record is
// known to be a JSON object when it comes here; what is none nevertheless has no members.

/// A value of a record.
struct RecordValue: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case text, number, bool, null
        case object, array
    }

    var kind: Kind
    /// A text without its quotes, or the value as it is written, cut where it is long.
    var text: String
    /// How many values are right inside.
    var count = 0

    /// What is shown of a value at most, in bytes.
    static let longest = 4_096
}

/// A value in the tree of a record.
struct RecordNode: Equatable, Sendable {
    /// How deep it lies, from 0.
    var level: Int
    /// The name of the member, or the place in the array from 0.
    var name: String
    var value: RecordValue
}

/// Goes through the text of a record.
struct RecordScanner {
    /// Deeper values are shown as they are written.
    private static let deepest = 64

    private let bytes: [UInt8]
    private var place = 0

    init(_ record: String) { bytes = Array(record.utf8) }

    /// The members of the record, in their order.
    static func members(of record: String) -> [(name: String, value: RecordValue)] {
        var scanner = RecordScanner(record)
        var members: [(name: String, value: RecordValue)] = []
        scanner.forEachInside { scanner, name in
            let start = scanner.place
            guard let value = scanner.value(from: start, depth: 1) else { return false }
            members.append((name ?? "", value))
            return true
        }
        return members
    }

    /// All values of the record, each before those inside it.
    ///
    /// - Parameter limit: at most so many.
    /// - Returns: the values, and whether there are more.
    static func nodes(of record: String, limit: Int) -> (nodes: [RecordNode], isCut: Bool) {
        var scanner = RecordScanner(record)
        var nodes: [RecordNode] = []
        let isWhole = scanner.addNodes(level: 0, to: &nodes, limit: limit)
        return (nodes, !isWhole)
    }

    /// Adds what is inside the object or array that begins here; false where that was too much, or is no JSON.
    private mutating func addNodes(level: Int, to nodes: inout [RecordNode], limit: Int) -> Bool {
        var position = 0
        return forEachInside { scanner, name in
            guard nodes.count < limit else { return false }
            let start = scanner.place
            guard let value = scanner.value(from: start, depth: level + 1) else { return false }
            let end = scanner.place
            nodes.append(RecordNode(level: level, name: name ?? "\(position)", value: value))
            position += 1
            guard value.kind == .object || value.kind == .array, level + 1 < Self.deepest else { return true }
            scanner.place = start
            let isWhole = scanner.addNodes(level: level + 1, to: &nodes, limit: limit)
            scanner.place = end
            return isWhole
        }
    }

    /// Calls `body` at the beginning of each value inside the object or array that begins here, with the name that it
    /// has in an object; `body` goes to the value's end.
    ///
    /// - Returns: false where `body` said so, or what is here is no JSON.
    @discardableResult
    private mutating func forEachInside(_ body: (inout RecordScanner, String?) -> Bool) -> Bool {
        skipBlanks()
        guard let opening = take(), opening == UInt8(ascii: "{") || opening == UInt8(ascii: "[") else {
            return false
        }
        let isObject = opening == UInt8(ascii: "{")
        skipBlanks()
        if peek == UInt8(ascii: isObject ? "}" : "]") {
            place += 1
            return true
        }
        while true {
            var name: String?
            if isObject {
                skipBlanks()
                guard let text = string() else { return false }
                name = text
                skipBlanks()
                guard take() == UInt8(ascii: ":") else { return false }
            }
            skipBlanks()
            guard body(&self, name) else { return false }
            skipBlanks()
            switch take() {
            case UInt8(ascii: ","): continue
            case UInt8(ascii: isObject ? "}" : "]"): return true
            default: return false
            }
        }
    }

    /// The value that begins here; afterwards the place is its end.
    private mutating func value(from start: Int, depth: Int) -> RecordValue? {
        switch peek {
        case UInt8(ascii: "\""):
            return string().map { RecordValue(kind: .text, text: String($0.prefix(RecordValue.longest))) }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let kind: RecordValue.Kind = peek == UInt8(ascii: "{") ? .object : .array
            guard let count = skipContainer() else { return nil }
            return RecordValue(kind: kind, text: written(from: start), count: count)
        default:
            while let byte = peek, !Self.ends.contains(byte) { place += 1 }
            guard place > start else { return nil }
            let text = written(from: start)
            let kind: RecordValue.Kind =
                switch text {
                case "true", "false": .bool
                case "null": .null
                default: .number
                }
            return RecordValue(kind: kind, text: text)
        }
    }

    private static let ends = Set(",]} \t\r\n".utf8)

    private func written(from start: Int) -> String {
        String(decoding: bytes[start..<min(place, start + RecordValue.longest)], as: UTF8.self)
    }

    /// Goes behind the object or array that begins here, without calling itself, and counts what is right inside.
    private mutating func skipContainer() -> Int? {
        var depth = 0
        var count = 0
        var isEmpty = true
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                guard skipString() else { return nil }
                isEmpty = false
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth > 0 { isEmpty = false }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 {
                    place += 1
                    return isEmpty ? 0 : count + 1
                }
            case UInt8(ascii: ","): if depth == 1 { count += 1 }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): break
            default: isEmpty = false
            }
            place += 1
        }
        return nil
    }

    private mutating func skipString() -> Bool {
        place += 1
        while let byte = take() {
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\") { place += 1 }
        }
        return false
    }

    /// The string that begins here, without its quotes and escapes (RFC 8259, section 7).
    private mutating func string() -> String? {
        let start = place + 1
        guard peek == UInt8(ascii: "\""), skipString() else { return nil }
        let inside = bytes[start..<place - 1]
        guard inside.contains(UInt8(ascii: "\\")) else { return String(decoding: inside, as: UTF8.self) }
        return Self.unescaped(inside)
    }

    private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
        var units: [UInt16] = []
        var result = ""
        var rest = text
        func flush(_ result: inout String) {
            result += String(decoding: units, as: UTF16.self)
            units = []
        }
        while let byte = rest.first {
            guard byte == UInt8(ascii: "\\") else {
                flush(&result)
                let plain = rest.prefix { $0 != UInt8(ascii: "\\") }
                result += String(decoding: plain, as: UTF8.self)
                rest = rest.dropFirst(plain.count)
                continue
            }
            let letter = rest.dropFirst().first ?? UInt8(ascii: "\\")
            rest = rest.dropFirst(2)
            switch letter {
            case UInt8(ascii: "u"):
                let digits = String(decoding: rest.prefix(4), as: UTF8.self)
                units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
                rest = rest.dropFirst(4)
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            default: units.append(UInt16(letter))
            }
        }
        flush(&result)
        return result
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take() -> UInt8? {
        guard place < bytes.count else { return nil }
        place += 1
        return bytes[place - 1]
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { place += 1 }
    }
}
