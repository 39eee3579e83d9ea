// A month as calendars print it: weeks from Monday on (ISO 8601), in UTC.
import FoundationEssentials

/// A month of the Gregorian calendar.
public struct CalendarMonth: Sendable, Hashable {
    /// The year, from 1970 on.
    public let year: Int
    /// The month, from 1.
    public let month: Int
    /// The days of its weeks, from Monday to Sunday; nil for days of other months.
    public let weeks: [[Int?]]

    /// The month of an instant.
    public init(of instant: Date) {
        let clock = WallClock(instant)
        (year, month) = (clock.year, clock.month)
        let first = instant.addingTimeInterval(-86_400 * Double(clock.day - 1))
        // Sunday is 1 there.
        let before = (Calendar.utc.component(.weekday, from: first) + 5) % 7
        let count = Calendar.utc.range(of: .day, in: .month, for: first)?.count ?? 30
        let days = Array(repeating: Int?.none, count: before) + (1...count).map { $0 }
        weeks = stride(from: 0, to: days.count, by: 7).map { start in
            let week = Array(days[start..<min(start + 7, days.count)])
            return week + Array(repeating: nil, count: 7 - week.count)
        }
    }
}
