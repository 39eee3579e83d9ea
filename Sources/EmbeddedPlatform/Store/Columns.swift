// How the domain's values become columns: ids as text, instants as whole milliseconds since 1970, and
// what a spec decides as JSON.
import ExportDomain
import FoundationEssentials
import GRDB

extension Identifier: DatabaseValueConvertible {}

extension Identifier {
    /// A new lowercase UUID.
    static func random() -> Identifier { Identifier(UUID().uuidString.lowercased()) }
}

extension Date {
    /// The instant so many milliseconds after the beginning of 1970, UTC.
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    /// Milliseconds since the beginning of 1970, UTC, rounded down.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded(.down)) }

    /// The instant so many seconds after the beginning of 1970, UTC.
    init(seconds: Int64) { self.init(timeIntervalSince1970: Double(seconds)) }

    /// Seconds since the beginning of 1970, UTC, rounded down, as `scheduleParams` have them.
    var seconds: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }
}

/// A row that carries the history that every entity has.
protocol Revised {
    var createdAt: Int64 { get }
    var updatedAt: Int64 { get set }
    var etag: String { get set }
}

extension Revised {
    /// The history as the domain has it.
    var revision: Revision {
        Revision(
            createdAt: Date(milliseconds: createdAt), updatedAt: Date(milliseconds: updatedAt), etag: etag)
    }

    /// Takes note of a change.
    mutating func touch(_ now: Date) {
        updatedAt = now.milliseconds
        etag = Revision.newETag()
    }
}

extension Revision {
    /// A new opaque version, with the quotes that belong to it.
    static func newETag() -> String { "\"\(UUID().uuidString.lowercased())\"" }
}

extension JSONValue {
    /// An object as text, keys sorted.
    static func text(of object: [String: JSONValue]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(object), as: UTF8.self)
    }

    /// An object from text.
    static func object(from text: String) throws -> [String: JSONValue] {
        try JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8))
    }
}
