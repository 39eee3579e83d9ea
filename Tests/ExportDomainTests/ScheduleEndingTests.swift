import ExportDomain
import Foundation
import Languages
import Testing

@Suite("The end of a schedule")
struct ScheduleEndingTests {
    private static let now = instant("2026-01-15T06:00:00Z")

    private static func daily(end: String?) -> Schedule {
        Schedule(
            mode: .incremental, frequency: .daily, start: instant("2026-01-01T06:00:00Z"),
            end: end.map { instant($0) })
    }

    @Test(
        "is pointed out in the thirty days before it, and when it has gone by",
        arguments: [
            (nil, ScheduleEnding.none, nil), ("2026-07-15T06:00:00Z", .far, nil),
            ("2026-02-15T06:00:00Z", .far, nil), ("2026-02-14T06:00:00Z", .soon(days: 30), "ends in 30 days"),
            ("2026-01-27T08:00:00Z", .soon(days: 12), "ends in 12 days"),
            ("2026-01-16T07:00:00Z", .soon(days: 1), "ends in 1 day"),
            ("2026-01-15T06:00:00Z", .soon(days: 0), "ends in less than a day"),
            ("2026-01-15T05:59:59Z", .over, "has ended"),
        ] as [(String?, ScheduleEnding, String?)])
    func ending(end: String?, ending: ScheduleEnding, notice: String?) {
        #expect(Self.daily(end: end).ending(now: Self.now) == ending)
        #expect(ending.notice?.english == notice)
    }

    @Test(
        "is told next thirty, seven and one day before it, and when it comes",
        arguments: [
            (nil, nil), ("2026-01-15T05:59:59Z", nil), ("2026-01-15T06:00:00Z", "2026-01-15T06:00:00Z"),
            ("2026-01-16T05:59:59Z", "2026-01-16T05:59:59Z"),
            ("2026-01-16T06:00:00Z", "2026-01-15T06:00:00Z"),
            ("2026-01-20T06:00:00Z", "2026-01-19T06:00:00Z"),
            ("2026-02-14T05:00:00Z", "2026-02-07T05:00:00Z"),
            ("2026-07-15T06:00:00Z", "2026-06-15T06:00:00Z"),
        ] as [(String?, String?)])
    func told(end: String?, next: String?) {
        #expect(Self.daily(end: end).nextTelling(after: Self.now) == next.map { instant($0) })
    }

    @Test("is none for what is exported once")
    func once() {
        let once = Schedule(mode: .full, frequency: .once, start: Self.now, end: Self.now - 1)
        #expect(once.ending(now: Self.now) == .none)
        #expect(once.nextTelling(after: Self.now - 86_400) == nil)
    }

    @Test(
        "is put off by days, weeks, months or years, counted from now where it has gone by",
        arguments: [
            ("30d", "2026-03-01T06:00:00Z", "2026-03-31T06:00:00Z"),
            ("2w", "2026-03-01T06:00:00Z", "2026-03-15T06:00:00Z"),
            ("1mo", "2026-01-31T06:00:00Z", "2026-02-28T06:00:00Z"),
            ("6mo", "2026-03-01T06:00:00Z", "2026-09-01T06:00:00Z"),
            ("1y", "2028-02-29T06:00:00Z", "2029-02-28T06:00:00Z"),
            ("6mo", "2025-09-01T06:00:00Z", "2026-07-15T06:00:00Z"),
        ])
    func extended(by text: String, end: String, newEnd: String) throws {
        let span = try #require(CalendarSpan(text))
        let extended = Self.daily(end: end).extended(by: span, now: Self.now)
        #expect(extended == Self.daily(end: newEnd))
    }

    @Test(
        "is not put off by what is no span of time",
        arguments: [
            "", "6", "mo", "0d", "-1d", "6 mo", "6m", "6months", "1.5y", "99999d", "٣d", "6MO", "6mo ",
        ])
    func noSpan(text: String) { #expect(CalendarSpan(text) == nil) }

    @Test(
        "comes after the next occurrence, if there is one",
        arguments: [
            ("2026-01-15T05:59:00Z", "2026-01-15T06:00:00Z"),
            ("2026-01-15T06:00:00Z", "2026-01-16T06:00:00Z"),
            ("2025-01-01T00:00:00Z", "2026-01-01T06:00:00Z"), ("2026-01-20T06:00:00Z", nil),
            ("2026-03-01T06:00:00Z", nil),
        ] as [(String, String?)])
    func nextOccurrence(after: String, next: String?) {
        let schedule = Self.daily(end: "2026-01-20T06:00:00Z")
        #expect(schedule.nextOccurrence(after: instant(after)) == next.map { instant($0) })
    }
}
