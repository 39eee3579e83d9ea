// A calendar over the schedule: a month to choose a day of, and the time of day below it.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// The state of the calendar.
struct DateChooser: Equatable, Sendable {
    /// What is chosen.
    enum Purpose: Equatable, Sendable {
        /// The day and the time at which a schedule begins.
        case start
        /// The day on which it ends; the time of day is that of all its exports.
        case end
        /// A day, or an instant, for a field of a destination's form.
        case field(String, title: Text, hasTime: Bool)
        /// The last day of a flow, in a line to type.
        case line(Prompt)

        /// Whether hours and minutes are chosen too.
        var hasTime: Bool {
            switch self {
            case .start: true
            case .field(_, _, let hasTime): hasTime
            case .end, .line: false
            }
        }
    }

    /// What keys change.
    enum Part: CaseIterable, Sendable { case day, hour, minute }

    let purpose: Purpose
    /// The instant that is chosen, in whole minutes.
    private(set) var instant: Date
    private(set) var part = Part.day

    init(_ purpose: Purpose, at instant: Date) {
        self.purpose = purpose
        self.instant = instant.wholeMinute
    }

    private var parts: [Part] { purpose.hasTime ? Part.allCases : [.day] }

    /// Does what a key does in a calendar; `false` where it means nothing here.
    mutating func handle(_ key: Key, now: Date) -> Bool {
        switch key {
        case .tab: change(part: 1)
        case .backTab: change(part: -1)
        case .character("t"): move(toDayOf: now)
        default:
            guard let (unit, step) = step(key) else { return false }
            move(unit, by: step)
        }
        return true
    }

    /// Goes to a day of the month.
    mutating func choose(day: Int) {
        part = .day
        move(.day, by: day - WallClock(instant).day)
    }

    private mutating func change(part step: Int) {
        let index = (parts.firstIndex(of: part) ?? 0) + step
        part = parts[(index + parts.count) % parts.count]
    }

    private mutating func move(toDayOf now: Date) {
        let days = Calendar.utc.startOfDay(for: now).timeIntervalSince(Calendar.utc.startOfDay(for: instant))
        instant = instant.addingTimeInterval(days)
    }

    /// How far a key goes, and in what.
    private func step(_ key: Key) -> (Calendar.Component, Int)? {
        let clock = WallClock(instant)
        switch (key, part) {
        case (.pageUp, .day), (.character("<"), _): return (.month, -1)
        case (.pageDown, .day), (.character(">"), _): return (.month, 1)
        case (.home, .day), (.character("0"), .day), (.control("a"), .day): return (.day, 1 - clock.day)
        case (.end, .day), (.character("$"), .day), (.control("e"), .day):
            let last = CalendarMonth(of: instant).weeks.joined().compactMap { $0 }.last ?? clock.day
            return (.day, last - clock.day)
        case (.left, .day), (.character("h"), .day), (.control("b"), .day): return (.day, -1)
        case (.right, .day), (.character("l"), .day), (.control("f"), .day): return (.day, 1)
        case (.up, .day), (.character("k"), .day), (.control("p"), .day): return (.day, -7)
        case (.down, .day), (.character("j"), .day), (.control("n"), .day): return (.day, 7)
        case (.up, .hour), (.right, .hour), (.character("k"), .hour), (.control("p"), .hour):
            return (.hour, 1)
        case (.down, .hour), (.left, .hour), (.character("j"), .hour), (.control("n"), .hour):
            return (.hour, -1)
        case (.pageUp, .hour): return (.hour, 6)
        case (.pageDown, .hour): return (.hour, -6)
        case (.up, .minute), (.right, .minute), (.character("k"), .minute), (.control("p"), .minute):
            return (.minute, 1)
        case (.down, .minute), (.left, .minute), (.character("j"), .minute), (.control("n"), .minute):
            return (.minute, -1)
        case (.pageUp, .minute): return (.minute, 15)
        case (.pageDown, .minute): return (.minute, -15)
        default: return nil
        }
    }

    /// Hours and minutes stay on their day: they go round.
    private mutating func move(_ unit: Calendar.Component, by step: Int) {
        let clock = WallClock(instant)
        switch unit {
        case .hour: instant += Double((clock.hour + step + 24) % 24 - clock.hour) * 3_600
        case .minute: instant += Double((clock.minute + step + 60) % 60 - clock.minute) * 60
        default:
            guard let moved = Calendar.utc.date(byAdding: unit, value: step, to: instant),
                (1970...9999).contains(WallClock(moved).year)
            else { return }
            instant = moved
        }
    }
}

extension Wizard {
    mutating func openCalendar(at moment: Moment) {
        if let chooser = timing?.dateChooser(now: moment.now) { overlay = .calendar(chooser) }
    }

    mutating func press(
        _ key: Key, in calendar: DateChooser, isCancel: Bool, at moment: Moment
    ) -> [WizardEffect] {
        var calendar = calendar
        if isCancel || key == .control("c") || key == .character("q") {
            overlay = if case .line(let prompt) = calendar.purpose { .prompt(prompt) } else { nil }
        } else if key == .enter {
            overlay = nil
            return take(calendar)
        } else {
            _ = calendar.handle(key, now: moment.now)
            overlay = .calendar(calendar)
        }
        return []
    }

    private mutating func take(_ calendar: DateChooser) -> [WizardEffect] {
        let day = WallClock(calendar.instant).date
        switch calendar.purpose {
        case .start, .end: timing?.take(calendar)
        case .field(let id, _, let hasTime):
            return changeSetup { $0.put(hasTime ? calendar.instant.rfc3339 : day, into: id) }
        case .line(var prompt):
            prompt.take(day)
            overlay = .prompt(prompt)
        }
        return []
    }

    /// Opens the calendar for a line that takes a day.
    mutating func openCalendar(for prompt: Prompt, at moment: Moment) {
        let typed = WallClock.instant(date: prompt.field.text.trimmed, time: "00:00")
        overlay = .calendar(DateChooser(.line(prompt), at: typed ?? moment.now))
    }
}
