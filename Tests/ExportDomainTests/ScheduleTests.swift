// When a dataflow exports: what goes together, and the instants that follow.
import ExportDomain
import Foundation
import Testing

@Suite("Schedule")
struct ScheduleTests {
    static func at(_ text: String) -> Date { instant(text) }

    static func schedule(
        _ mode: ExportMode = .incremental, _ frequency: ExportFrequency,
        start: String = "2026-01-15T06:00:00Z", end: String? = "2026-07-15T06:00:00Z"
    ) -> Schedule {
        Schedule(mode: mode, frequency: frequency, start: at(start), end: end.map(at))
    }

    // MARK: What goes together

    @Test("Full files are exported once; incremental files daily or every 3, 6, 8 or 12 hours")
    func frequencies() {
        #expect(ExportMode.full.frequencies == [.once])
        #expect(
            ExportMode.incremental.frequencies
                == [.daily, .hourly(every: 3), .hourly(every: 6), .hourly(every: 8), .hourly(every: 12)])
    }

    @Test("Modes are sent in the words of the Flow Service")
    func apiNames() {
        #expect(ExportMode.incremental.rawValue == "FIRST_FULL_THEN_INCREMENTAL")
        #expect(ExportMode.full.rawValue == "DAILY_FULL_EXPORT")
    }

    @Test(
        "Hour steps of 3, 6, 8, 9 and 12 are taken and no others", arguments: Array(-1...25) + [Int.max])
    func hours(hours: Int) {
        let problems = Self.schedule(.incremental, .hourly(every: hours)).problems(now: .distantPast)
        #expect(problems == ([3, 6, 8, 9, 12].contains(hours) ? [] : [.hoursNotAccepted(hours)]))
    }

    @Test(
        "A frequency that its mode does not have is refused",
        arguments: [
            (ExportMode.full, ExportFrequency.daily), (.full, .hourly(every: 3)), (.incremental, .once),
        ])
    func wrongFrequency(mode: ExportMode, frequency: ExportFrequency) {
        #expect(
            Self.schedule(mode, frequency).problems(now: .distantPast)
                == [.frequencyNotAllowed(frequency, mode)])
    }

    @Test(
        "An incremental export needs an end that is neither past nor before its start",
        arguments: [
            (nil, [.endMissing]),
            ("2026-01-15T05:59:00Z", [.endsBeforeStart]),
            ("2026-01-15T06:00:00Z", []),
            ("2025-12-31T00:00:00Z", [.endsBeforeStart, .endIsPast]),
        ] as [(String?, [ScheduleProblem])])
    func ends(end: String?, problems: [ScheduleProblem]) {
        let schedule = Self.schedule(.incremental, .daily, end: end)
        #expect(schedule.problems(now: Self.at("2026-01-01T00:00:00Z")) == problems)
    }

    @Test("A full export needs no end")
    func onceWithoutEnd() {
        #expect(Self.schedule(.full, .once, end: nil).problems(now: .distantFuture) == [])
    }

    @Test(
        "Six calendar months after the start are proposed as the end, whatever the length of the months",
        arguments: [
            ("2026-01-15T06:00:00Z", "2026-07-15T06:00:00Z"),
            ("2026-08-31T23:30:00Z", "2027-02-28T23:30:00Z"),
            ("2027-08-31T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("2026-12-01T06:00:00Z", "2027-06-01T06:00:00Z"),
        ])
    func proposedEnd(start: String, end: String) {
        #expect(Schedule.proposedEnd(forStart: Self.at(start)).rfc3339 == end)
    }

    @Test(
        "Every problem of a schedule says what would do",
        arguments: [
            (
                ScheduleProblem.frequencyNotAllowed(.hourly(every: 3), .full),
                "Full files are exported once, not every 3 hours: choose once, or incremental files"
            ),
            (
                .frequencyNotAllowed(.once, .incremental),
                "Incremental files are exported daily or hourly, not once"
            ),
            (.hoursNotAccepted(5), "Every 5 hours is not offered: choose 3, 6, 8, 12"),
            (.endMissing, "An incremental export needs an end date"),
            (.endsBeforeStart, "The end is before the start"),
            (.endIsPast, "The end has gone by: nothing would ever be exported"),
        ])
    func sentences(problem: ScheduleProblem, sentence: String) {
        #expect(problem.description == sentence)
    }

    // MARK: Occurrences

    @Test(
        "Occurrences fall on start + n × period, not before the instant asked for and not after the end",
        arguments: [
            (.daily, "2026-01-01T00:00:00Z", ["01-15T06:00", "01-16T06:00", "01-17T06:00"]),
            (.daily, "2026-01-15T06:00:00Z", ["01-15T06:00", "01-16T06:00", "01-17T06:00"]),
            (.daily, "2026-01-15T06:00:01Z", ["01-16T06:00", "01-17T06:00", "01-18T06:00"]),
            (.hourly(every: 8), "2026-01-15T07:00:00Z", ["01-15T14:00", "01-15T22:00", "01-16T06:00"]),
            (.hourly(every: 3), "2026-01-15T23:59:59Z", ["01-16T00:00", "01-16T03:00", "01-16T06:00"]),
            (.daily, "2026-07-14T00:00:00Z", ["07-14T06:00", "07-15T06:00"]),
            (.daily, "2026-07-15T06:00:01Z", []),
            (.once, "2026-01-01T00:00:00Z", ["01-15T06:00"]),
            (.once, "2026-01-15T06:00:01Z", []),
        ] as [(ExportFrequency, String, [String])])
    func occurrences(frequency: ExportFrequency, from: String, expected: [String]) {
        let schedule = Self.schedule(frequency == .once ? .full : .incremental, frequency)
        let instants = schedule.occurrences(from: Self.at(from), limit: 3)
        #expect(instants.map(\.rfc3339) == expected.map { "2026-\($0):00Z" })
    }

    @Test("From no instant in particular, occurrences begin with the start")
    func occurrencesFromTheBeginning() {
        #expect(
            Self.schedule(.incremental, .daily).occurrences(limit: 1) == [Self.at("2026-01-15T06:00:00Z")])
    }

    @Test("No occurrences are given where none are wanted", arguments: [0, -1])
    func noOccurrences(limit: Int) {
        for frequency in [ExportFrequency.once, .daily] {
            #expect(Self.schedule(.incremental, frequency).occurrences(limit: limit).isEmpty)
        }
    }

    @Test(
        "The latest occurrence is the one that a run at that instant is for",
        arguments: [
            (.daily, "2026-01-15T05:59:59Z", nil),
            (.daily, "2026-01-15T06:00:00Z", "2026-01-15T06:00:00Z"),
            (.daily, "2026-01-17T05:59:59Z", "2026-01-16T06:00:00Z"),
            (.hourly(every: 12), "2026-01-16T19:00:00Z", "2026-01-16T18:00:00Z"),
            (.daily, "2027-01-01T00:00:00Z", "2026-07-15T06:00:00Z"),
            (.once, "2026-01-15T05:59:59Z", nil),
            (.once, "2026-06-01T00:00:00Z", "2026-01-15T06:00:00Z"),
        ] as [(ExportFrequency, String, String?)])
    func latestOccurrence(frequency: ExportFrequency, instant: String, expected: String?) {
        let schedule = Self.schedule(.incremental, frequency)
        #expect(schedule.latestOccurrence(notAfter: Self.at(instant)) == expected.map(Self.at))
    }

    @Test(
        "Hour steps that make no sense give the start alone, not instants that repeat for ever",
        arguments: [0, -3])
    func senselessHours(hours: Int) {
        let schedule = Self.schedule(.incremental, .hourly(every: hours))
        #expect(schedule.occurrences(limit: 3) == [schedule.start])
        #expect(schedule.latestOccurrence(notAfter: .distantFuture) == schedule.start)
    }
}

/// The instant of an RFC 3339 text that is known to be well formed.
func instant(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Date {
    guard let instant = Date(rfc3339: text) else {
        Issue.record("\(text) is not RFC 3339", sourceLocation: sourceLocation)
        return .distantPast
    }
    return instant
}
