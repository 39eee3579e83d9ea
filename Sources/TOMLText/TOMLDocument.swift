// TOML text as plain values, with the lines where its keys stand. The one file that knows TOMLKit, which
// hands out pointers into a tree of C++ and trusts whoever uses them.
import ExportDomain
import FoundationEssentials
import Languages
import TOMLKit

/// A value of a document.
public enum TOMLNode: Sendable, Equatable {
    /// A text.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// Any other number.
    case number(Double)
    /// True or false.
    case bool(Bool)
    /// A date and time with its offset from UTC.
    case instant(Date)
    /// A date or a time that names no instant.
    case localTime
    /// A list; empty where it is deeper in the document than anything is read.
    case list([TOMLNode])
    /// A table; empty where it is deeper in the document than anything is read.
    case table([String: TOMLNode])

    /// The kind of value, in words that follow “is”.
    public var kindText: Text {
        switch self {
        case .text: Text("text")
        case .integer: Text("a whole number")
        case .number: Text("a number")
        case .bool: Text("true or false")
        case .instant: Text("a date and time")
        case .localTime: Text("a date or time without its offset from UTC")
        case .list: Text("a list")
        case .table: Text("a table")
        }
    }
}

/// A whole document.
public struct TOMLDocument: Sendable {
    /// The values at its top.
    public let root: [String: TOMLNode]
    private let lines: [String: Int]

    /// How many tables and lists may be in each other; what is deeper is read as empty.
    private static let depth = 4

    /// Reads a document.
    ///
    /// - Parameter largest: longest text that is read, in bytes.
    /// - Throws: `TOMLError` for text that is not TOML, or nests without end.
    public init(_ text: String, largest: Int) throws(TOMLError) {
        if text.utf8.count > largest { throw TOMLError(.tooLarge(limit: largest)) }
        // The parser takes its text as a C string, so everything after a NUL would go unread.
        if text.utf8.contains(0) { throw TOMLError(.binary) }
        let keys = KeyScanner(text)
        if let line = keys.tooDeep { throw TOMLError(.tooDeep, line: line) }
        if let trap = keys.trap { throw TOMLError(.notTOML(trap.reason), line: trap.line) }
        lines = keys.lines
        do {
            root = Self.table(try TOMLTable(string: text), depth: 0)
        } catch let error as TOMLParseError {
            throw TOMLError(.notTOML(error.description), line: error.source.begin.line)
        } catch {
            throw TOMLError(.notTOML("\(error)"))
        }
    }

    /// The line of a key, or of the table that it is missing from; nil where neither is found.
    ///
    /// - Parameter table: the table's dotted path; nil for the top of the document.
    public func line(of key: String, in table: String?) -> Int? {
        guard let table else { return lines[key] }
        return lines["\(table).\(key)"] ?? lines[table]
    }

    /// Not by TOMLKit's iterator, which crashes on a key with an escaped NUL.
    private static func table(_ table: TOMLTable, depth: Int) -> [String: TOMLNode] {
        var nodes: [String: TOMLNode] = [:]
        for key in table.keys { nodes[key] = table[key].map { node($0, depth: depth + 1) } ?? .table([:]) }
        return nodes
    }

    private static func node(_ value: any TOMLValueConvertible, depth: Int) -> TOMLNode {
        if let text = value.string { return .text(text) }
        if let number = value.int { return .integer(number) }
        if let number = value.double { return .number(number) }
        if let flag = value.bool { return .bool(flag) }
        if let instant = value.dateTime.flatMap(instant) { return .instant(instant) }
        if let inner = value.table { return .table(depth < Self.depth ? table(inner, depth: depth) : [:]) }
        if let list = value.array {
            return .list(depth < Self.depth ? list.map { node($0, depth: depth + 1) } : [])
        }
        return .localTime
    }

    private static func instant(_ dateTime: TOMLDateTime) -> Date? {
        guard let offset = dateTime.offset?.offset else { return nil }
        let parts = DateComponents(
            year: dateTime.date.year, month: dateTime.date.month, day: dateTime.date.day,
            hour: dateTime.time.hour, minute: dateTime.time.minute, second: dateTime.time.second)
        return Calendar.utc.date(from: parts)?.addingTimeInterval(-60 * Double(offset))
    }
}
