// Instants as the API counts them: milliseconds in entities, seconds in schedules.
import ExportDomain
import FoundationEssentials
import Languages

/// An instant in milliseconds since 1970, as entities and runs have it.
public struct EpochMilliseconds: WireValue, Hashable {
    /// The instant.
    public let date: Date

    /// Takes an instant.
    public init(_ date: Date) { self.date = date }

    /// Reads an instant up to the year 9999.
    public init(_ json: JSONValue, at place: JSONPlace) throws(WireError) {
        let count = try Int(json, at: place)
        guard (0...253_402_300_799_999).contains(count) else {
            throw WireError(place, expected: Text("an instant in milliseconds since 1970"), found: json)
        }
        date = Date(timeIntervalSince1970: Double(count) / 1_000)
    }

    /// A whole number of milliseconds.
    public var json: JSONValue { .integer(date.wholeUnits(perSecond: 1_000)) }
}

/// An instant in seconds since 1970, as schedules have it.
public struct EpochSeconds: WireValue, Hashable {
    /// The instant.
    public let date: Date

    /// Takes an instant.
    public init(_ date: Date) { self.date = date }

    /// Reads an instant up to the year 9999.
    public init(_ json: JSONValue, at place: JSONPlace) throws(WireError) {
        let count = try Int(json, at: place)
        guard (0...253_402_300_799).contains(count) else {
            throw WireError(place, expected: Text("an instant in seconds since 1970"), found: json)
        }
        date = Date(timeIntervalSince1970: Double(count))
    }

    /// A whole number of seconds.
    public var json: JSONValue { .integer(date.wholeUnits(perSecond: 1)) }
}

extension Date {
    /// The count of units since 1970; instants that no count can name become the nearest that one can.
    fileprivate func wholeUnits(perSecond: Double) -> Int {
        let count = (timeIntervalSince1970 * perSecond).rounded()
        return Int(exactly: count) ?? (count > 0 ? Int.max : Int.min)
    }
}
