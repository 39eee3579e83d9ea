// How near the end of a schedule is, and how it is put off.
import FoundationEssentials
import Languages

/// How near the end of a schedule is.
public enum ScheduleEnding: Sendable, Hashable {
    /// There is no end.
    case none
    /// Later than `ScheduleEnding.noticedDays` from now.
    case far
    /// In so many whole days; 0 for less than a day.
    case soon(days: Int)
    /// The end has gone by: exports have stopped.
    case over

    /// An end is pointed out this many days before it comes.
    public static let noticedDays = 30
    /// So many days before an end, and fewer, it is told to whoever wants to be told.
    public static let toldDays = [30, 7, 1]

    /// The ending in words: “ends in 12 days”; nil where there is nothing to point out.
    public var notice: Text? {
        switch self {
        case .none, .far: nil
        case .soon(days: 0): Text("ends in less than a day")
        case .soon(days: 1): Text("ends in 1 day")
        case .soon(let days): Text("ends in \(days) days")
        case .over: Text("has ended")
        }
    }
}

extension Schedule {
    /// How near the end is.
    public func ending(now: Date) -> ScheduleEnding {
        guard frequency != .once, let end else { return .none }
        if end < now { return .over }
        let days = Int(end.timeIntervalSince(now) / 86_400)
        return days <= ScheduleEnding.noticedDays ? .soon(days: days) : .far
    }

    /// The fewest of `ScheduleEnding.toldDays` that are left until the end; nil where more are, where there is no
    /// end, and where it has gone by.
    public func toldDaysLeft(now: Date) -> Int? {
        guard frequency != .once, let end, end >= now else { return nil }
        return ScheduleEnding.toldDays.filter { end.timeIntervalSince(now) <= Double($0) * 86_400 }.min()
    }

    /// When the end is told next, because it is near or has come; nil where it is not told any more.
    public func nextTelling(after now: Date) -> Date? {
        guard frequency != .once, let end else { return nil }
        return (ScheduleEnding.toldDays + [0]).map { end.addingTimeInterval(-86_400 * Double($0)) }
            .filter { $0 >= now }.min()
    }

    /// The first occurrence after an instant; nil where there is none.
    public func nextOccurrence(after instant: Date) -> Date? {
        occurrences(from: instant, limit: 2).first { $0 > instant }
    }

    /// The schedule with its end put off by a span of time, which is counted from now where the end has gone by.
    public func extended(by span: CalendarSpan, now: Date) -> Schedule {
        var extended = self
        extended.end = end.flatMap { span.after(max($0, now)) }
        return extended
    }
}

/// A span of time by the calendar: days, weeks, months or years.
public struct CalendarSpan: Sendable, Hashable {
    /// So many units, at least 1.
    public var count: Int
    /// What is counted.
    public var unit: Unit

    /// A unit, by the words in which it is written.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        /// 24 hours.
        case day = "d"
        /// Seven days.
        case week = "w"
        /// A calendar month.
        case month = "mo"
        /// Twelve of these.
        case year = "y"
    }

    /// Takes a span.
    public init(_ count: Int, _ unit: Unit) {
        self.count = count
        self.unit = unit
    }

    /// Reads `30d`, `2w`, `6mo` or `1y`, at most 9999 of them; nil for anything else.
    public init?(_ text: String) {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard let count = Int(digits), (1...9_999).contains(count),
            let unit = Unit(rawValue: String(text.dropFirst(digits.count)))
        else { return nil }
        self.init(count, unit)
    }

    /// The instant so much later; nil where the calendar has none.
    public func after(_ instant: Date) -> Date? {
        let component: Calendar.Component =
            switch unit {
            case .day, .week: .day
            case .month: .month
            case .year: .year
            }
        return Calendar.utc.date(byAdding: component, value: unit == .week ? 7 * count : count, to: instant)
    }
}
