// When a dataflow exports: mode, frequency, start and end, and the instants that follow from them.
import FoundationEssentials
import Languages

/// What each run exports (`scheduleParams.exportMode`).
public enum ExportMode: String, Sendable, Hashable, CaseIterable, Codable {
    /// The first run exports everything, later runs what was added since the previous one.
    case incremental = "FIRST_FULL_THEN_INCREMENTAL"
    /// Everything, once.
    ///
    /// Experience Platform's name for it promises more than it does.
    case full = "DAILY_FULL_EXPORT"
}

/// How often a dataflow exports.
public enum ExportFrequency: Sendable, Hashable, Codable {
    /// One time.
    case once
    /// Every 24 hours.
    case daily
    /// Every so many hours.
    case hourly(every: Int)

    /// The hour steps that are offered, in hours.
    public static let offeredHours = [3, 6, 8, 12]
    /// The hour steps that are accepted: Experience Platform's API reference names 9 where its user
    /// interface has 8.
    public static let acceptedHours = [3, 6, 8, 9, 12]

    /// Seconds between two occurrences; nil where there is only one, as with hours that make no sense.
    public var period: TimeInterval? {
        switch self {
        case .once: nil
        case .daily: 86_400
        case .hourly(let hours): hours > 0 ? TimeInterval(hours) * 3_600 : nil
        }
    }
}

extension ExportMode {
    /// The frequencies that go with this mode.
    public var frequencies: [ExportFrequency] {
        switch self {
        case .full: [.once]
        case .incremental: [.daily] + ExportFrequency.offeredHours.map { .hourly(every: $0) }
        }
    }
}

/// When a dataflow exports.
///
/// Occurrences are `start + n × period`, so a late run does not shift the next.
public struct Schedule: Sendable, Hashable, Codable {
    /// What each run exports.
    public var mode: ExportMode
    /// How often.
    public var frequency: ExportFrequency
    /// The first occurrence.
    public var start: Date
    /// The last instant at which an occurrence may fall; nil only for *once*, which needs none.
    public var end: Date?
    /// What becomes of occurrences at which nothing ran.
    ///
    /// The embedded platform's own.
    public var missed: MissedOccurrences

    /// Takes a schedule as it is; `problems` says what is wrong with it.
    public init(
        mode: ExportMode, frequency: ExportFrequency, start: Date, end: Date? = nil,
        missed: MissedOccurrences = .catchUp
    ) {
        self.mode = mode
        self.frequency = frequency
        self.start = start
        self.end = end
        self.missed = missed
    }

    /// Reads a schedule, also one that was written before there was a choice about missed occurrences.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        mode = try values.decode(ExportMode.self, forKey: .mode)
        frequency = try values.decode(ExportFrequency.self, forKey: .frequency)
        start = try values.decode(Date.self, forKey: .start)
        end = try values.decodeIfPresent(Date.self, forKey: .end)
        missed = try values.decodeIfPresent(MissedOccurrences.self, forKey: .missed) ?? .catchUp
    }

    /// The instants at which the flow is due, in order, from `start` (inclusive) to `end` (inclusive), that
    /// are not before `instant`.
    ///
    /// Empty for a schedule that has ended.
    public func occurrences(from instant: Date = .distantPast, limit: Int) -> [Date] {
        guard let period = frequency.period else {
            return start >= instant && limit > 0 ? [start] : []
        }
        let elapsed = instant.timeIntervalSince(start)
        let first = elapsed > 0 ? (elapsed / period).rounded(.up) : 0
        return (0..<max(limit, 0)).lazy
            .map { start.addingTimeInterval((first + Double($0)) * period) }
            .prefix { end == nil || $0 <= end ?? $0 }
            .map { $0 }
    }

    /// The latest occurrence that is not after `instant`, or nil if none has come yet.
    public func latestOccurrence(notAfter instant: Date) -> Date? {
        let latest = min(instant, end ?? instant)
        guard latest >= start else { return nil }
        guard let period = frequency.period else { return start }
        return start.addingTimeInterval((latest.timeIntervalSince(start) / period).rounded(.down) * period)
    }

    /// Six calendar months after the start: what is proposed as the end, and what Experience Platform gave
    /// to flows that came without one.
    public static func proposedEnd(forStart start: Date) -> Date {
        Calendar.utc.date(byAdding: .month, value: 6, to: start) ?? start.addingTimeInterval(182 * 86_400)
    }

    /// Everything that keeps the schedule from being used, in the order of its fields.
    /// - Parameter now: an end before it is refused, since such a flow would never run.
    public func problems(now: Date) -> [ScheduleProblem] {
        var problems: [ScheduleProblem] = []
        switch (mode, frequency) {
        case (.full, .once), (.incremental, .daily): break
        case (.incremental, .hourly(let hours)):
            if !ExportFrequency.acceptedHours.contains(hours) { problems.append(.hoursNotAccepted(hours)) }
        case (.full, _), (.incremental, .once): problems.append(.frequencyNotAllowed(frequency, mode))
        }
        if frequency != .once {
            if let end {
                if end < start { problems.append(.endsBeforeStart) }
                if end < now { problems.append(.endIsPast) }
            } else {
                problems.append(.endMissing)
            }
        }
        return problems
    }
}

/// What becomes of the occurrences of a schedule at which nothing ran: the machine was off, say.
public enum MissedOccurrences: String, Sendable, Hashable, CaseIterable, Codable {
    /// The latest of them is run as soon as it can be, and exports what all of them would have.
    case catchUp = "catch-up"
    /// None is run; the next occurrence exports what they would have.
    case skip
}

/// What keeps a schedule from being used.
public enum ScheduleProblem: Sendable, Hashable, Localized {
    /// The mode does not have this frequency.
    case frequencyNotAllowed(ExportFrequency, ExportMode)
    /// Hours that Experience Platform does not take.
    case hoursNotAccepted(Int)
    /// An incremental export without an end.
    case endMissing
    /// The end is before the start.
    case endsBeforeStart
    /// The end has gone by.
    case endIsPast

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The problem in words.
    public var text: Text {
        switch self {
        case .frequencyNotAllowed(let frequency, .full):
            Text("Full files are exported once, not \(frequency): choose once, or incremental files")
        case .frequencyNotAllowed(let frequency, .incremental):
            Text("Incremental files are exported daily or hourly, not \(frequency)")
        case .hoursNotAccepted(let hours):
            Text(
                "Every \(hours) hours is not offered: choose \(Text.list(ExportFrequency.offeredHours.map(String.init)))"
            )
        case .endMissing: Text("An incremental export needs an end date")
        case .endsBeforeStart: Text("The end is before the start")
        case .endIsPast: Text("The end has gone by: nothing would ever be exported")
        }
    }
}

extension ExportMode: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The mode as Experience Platform's user interface names it.
    public var text: Text {
        switch self {
        case .incremental: Text("Export incremental files")
        case .full: Text("Export full files")
        }
    }
}

extension MissedOccurrences {
    /// An occurrence that nobody has run for by then is a missed one, in seconds: long enough for a timer that looks
    /// every few minutes, and for a machine that is started in the morning.
    public static let punctuality: TimeInterval = 3_600
}

extension MissedOccurrences: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// What becomes of them, in words.
    public var text: Text {
        switch self {
        case .catchUp: Text("caught up by one export")
        case .skip: Text("skipped; the next export has what they would have had")
        }
    }
}

extension ExportFrequency: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The frequency in words.
    public var text: Text {
        switch self {
        case .once: Text("once")
        case .daily: Text("daily")
        case .hourly(let hours): Text("every \(hours) hours")
        }
    }
}
