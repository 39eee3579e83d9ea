// Instants as text in UTC, in the few forms that exports use.
import FoundationEssentials

extension Calendar {
    /// The Gregorian calendar in UTC, in which every schedule and every folder name is reckoned.
    public static let utc: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}

/// The fields of an instant on a wall clock.
public struct WallClock: Sendable, Hashable {
    /// Calendar year, month 1–12 and day 1–31.
    public var year: Int, month: Int, day: Int
    /// Hour 0–23, minute 0–59, second 0–59.
    public var hour: Int, minute: Int, second: Int

    /// What the clocks of a time zone show at an instant.
    public init(_ instant: Date, in zone: TimeZone = .gmt) {
        var calendar = Calendar.utc
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: instant)
        year = parts.year ?? 1970
        month = parts.month ?? 1
        day = parts.day ?? 1
        hour = parts.hour ?? 0
        minute = parts.minute ?? 0
        second = parts.second ?? 0
    }

    /// `YYYY-MM-DD`.
    public var date: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }

    /// `HH:MM`.
    public var time: String { "\(hour.padded(2)):\(minute.padded(2))" }

    /// The instant at which a UTC clock shows a date `YYYY-MM-DD` and a time `HH:MM`; nil where either is
    /// malformed or does not exist, such as February 30.
    public static func instant(date: String, time: String) -> Date? {
        let day = date.split(separator: "-", omittingEmptySubsequences: false)
        let clock = time.split(separator: ":", omittingEmptySubsequences: false)
        guard day.count == 3, clock.count == 2,
            day.map(\.count) == [4, 2, 2], clock.map(\.count) == [2, 2],
            let numbers = (day + clock).asNumbers, (1970...9999).contains(numbers[0]),
            (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
            (0...23).contains(numbers[3]), (0...59).contains(numbers[4])
        else { return nil }
        let parts = DateComponents(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4])
        guard let instant = Calendar.utc.date(from: parts), WallClock(instant).date == date else {
            return nil
        }
        return instant
    }
}

extension Date {
    /// RFC 3339 in UTC with whole seconds and `Z`: `2026-01-15T06:00:00Z`.
    public var rfc3339: String {
        let clock = WallClock(self)
        return "\(clock.date)T\(clock.time):\(clock.second.padded(2))Z"
    }

    /// The instant that an RFC 3339 text names, with any offset, from 1970 on; nil where it is malformed or
    /// does not exist.
    ///
    /// Foundation's parser would take February 30 for March 2 and pass over what follows.
    public init?(rfc3339 text: String) {
        let shape =
            /(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}):(\d{2}(?:\.\d+)?)(?:[Zz]|([+-])(\d{2}):(\d{2}))/
        guard let match = text.wholeMatch(of: shape)?.output,
            let minute = WallClock.instant(date: String(match.1), time: String(match.2)),
            let seconds = Double(match.3), seconds < 60,
            let hours = Int(match.5 ?? "0"), hours < 24, let minutes = Int(match.6 ?? "0"), minutes < 60
        else { return nil }
        let offset = Double(hours * 3600 + minutes * 60)
        self = minute.addingTimeInterval(seconds - (match.4 == "-" ? -offset : offset))
    }

    /// `YYYYMMDDHHMM` in UTC, as in the folder `exportTime=…`.
    public var exportTime: String {
        let clock = WallClock(self)
        return clock.year.padded(4) + clock.month.padded(2) + clock.day.padded(2) + clock.hour.padded(2)
            + clock.minute.padded(2)
    }

    /// The instant without its seconds.
    public var wholeMinute: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 / 60).rounded(.down) * 60)
    }
}

extension Int {
    /// The number in decimal with zeros before it, at least `width` digits.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}

extension [Substring] {
    /// The parts as numbers, if every one is nothing but ASCII digits.
    fileprivate var asNumbers: [Int]? {
        let numbers = compactMap { $0.utf8.allSatisfy { (48...57).contains($0) } ? Int($0) : nil }
        return numbers.count == count ? numbers : nil
    }
}
