import ExportDomain
import Foundation
import Testing

@testable import EmbeddedPlatform

@Suite("What is due")
struct PlannerTests {
    private static let start = "2026-01-15T06:00:00Z"

    private func flow(
        _ frequency: ExportFrequency, end: String? = "2026-01-20T00:00:00Z", state: FlowState = .enabled
    ) throws -> Flow {
        let instant = { (text: String) in try #require(Date(rfc3339: text)) }
        return Flow(
            id: "f",
            draft: Flow.Draft(
                name: "Nightly", flowSpecID: "s", sourceConnectionID: "a", targetConnectionID: "b",
                schedule: Schedule(
                    mode: frequency == .once ? .full : .incremental, frequency: frequency,
                    start: try instant(Self.start), end: try end.map(instant))),
            state: state,
            revision: Revision(createdAt: .distantPast, updatedAt: .distantPast, etag: "\"\""))
    }

    @Test(
        "The latest occurrence that has come is due, unless it has run",
        arguments: [
            ("2026-01-15T05:59:59Z", nil, nil),
            ("2026-01-15T06:00:00Z", nil, "2026-01-15T06:00:00Z"),
            ("2026-01-15T06:00:01Z", "2026-01-15T06:00:00Z", nil),
            ("2026-01-16T06:00:00Z", "2026-01-15T06:00:00Z", "2026-01-16T06:00:00Z"),
            ("2026-01-18T07:00:00Z", "2026-01-15T06:00:00Z", "2026-01-18T06:00:00Z"),
            ("2026-03-01T00:00:00Z", "2026-01-18T06:00:00Z", "2026-01-19T06:00:00Z"),
            ("2026-03-01T00:00:00Z", "2026-01-19T06:00:00Z", nil),
        ] as [(String, String?, String?)])
    func due(now: String, latestRun: String?, expected: String?) throws {
        let due = Planner.due(
            try flow(.daily), now: try #require(Date(rfc3339: now)),
            settled: latestRun.flatMap { Date(rfc3339: $0) })
        #expect(due.run?.rfc3339 == expected)
    }

    @Test("A paused flow is not due, and has no next occurrence")
    func pausedIsNotDue() throws {
        let paused = try flow(.daily, state: .disabled)
        let now = try #require(Date(rfc3339: "2026-01-16T06:00:00Z"))
        #expect(Planner.due(paused, now: now, settled: nil).isEmpty)
        #expect(Planner.next(paused, after: now) == nil)
    }

    @Test(
        "The next occurrence is after now, and none is after the end",
        arguments: [
            ("2026-01-15T05:00:00Z", "2026-01-15T06:00:00Z"),
            ("2026-01-15T06:00:00Z", "2026-01-15T12:00:00Z"),
            ("2026-01-19T17:59:59Z", "2026-01-19T18:00:00Z"),
            ("2026-01-19T18:00:00Z", "2026-01-20T00:00:00Z"),
            ("2026-01-20T00:00:00Z", nil),
        ] as [(String, String?)])
    func next(now: String, expected: String?) throws {
        let next = Planner.next(
            try flow(.hourly(every: 6)), after: try #require(Date(rfc3339: now)))
        #expect(next?.rfc3339 == expected)
    }

    @Test(
        "A flow is over after the run of its last occurrence",
        arguments: [
            ("2026-01-15T05:00:00Z", nil, false), ("2026-01-15T06:00:00Z", nil, false),
            ("2026-01-15T06:00:00Z", "2026-01-15T06:00:00Z", true),
        ] as [(String, String?, Bool)])
    func isOver(now: String, latestRun: String?, expected: Bool) throws {
        let isOver = Planner.isOver(
            try flow(.once, end: nil), now: try #require(Date(rfc3339: now)),
            settled: latestRun.flatMap { Date(rfc3339: $0) })
        #expect(isOver == expected)
    }

    @Test(
        "What was missed is run for once or not at all, as the schedule says, and is told in both cases",
        arguments: [
            // At its time, and within the hour in which a timer comes.
            ("2026-01-16T06:59:59Z", .skip, "2026-01-16T06:00:00Z", []),
            ("2026-01-16T07:00:01Z", .skip, nil, ["2026-01-16T06:00:00Z"]),
            ("2026-01-16T07:00:01Z", .catchUp, "2026-01-16T06:00:00Z", []),
            // After days without anybody.
            (
                "2026-01-18T06:30:00Z", .skip, "2026-01-18T06:00:00Z",
                ["2026-01-16T06:00:00Z", "2026-01-17T06:00:00Z"]
            ),
            (
                "2026-01-18T22:00:00Z", .catchUp, "2026-01-18T06:00:00Z",
                ["2026-01-16T06:00:00Z", "2026-01-17T06:00:00Z"]
            ),
        ] as [(String, MissedOccurrences, String?, [String])])
    func missed(now: String, policy: MissedOccurrences, run: String?, missed: [String]) throws {
        var flow = try flow(.daily)
        flow.draft.schedule.missed = policy
        let due = Planner.due(
            flow, now: try #require(Date(rfc3339: now)), settled: Date(rfc3339: Self.start))
        #expect(due.run?.rfc3339 == run)
        #expect(due.missed.map(\.rfc3339) == missed)
    }

    @Test("What fell before a flow was made, changed or resumed was not missed")
    func nothingIsMissedBeforehand() throws {
        var flow = try flow(.daily)
        flow.revision.updatedAt = try #require(Date(rfc3339: "2026-01-17T12:00:00Z"))
        let due = Planner.due(flow, now: try #require(Date(rfc3339: "2026-01-19T07:00:00Z")), settled: nil)
        #expect(due.run?.rfc3339 == "2026-01-19T06:00:00Z")
        #expect(due.missed.map(\.rfc3339) == ["2026-01-18T06:00:00Z"])
    }

    @Test("Of years without anybody the last thousand occurrences are told")
    func tellsOfTheLatest() throws {
        let flow = try flow(.hourly(every: 3), end: "2036-01-20T00:00:00Z")
        let due = Planner.due(flow, now: try #require(Date(rfc3339: "2030-01-15T06:00:00Z")), settled: nil)
        #expect(due.run?.rfc3339 == "2030-01-15T06:00:00Z")
        #expect(due.missed.count == Planner.mostMissed - 1)
        #expect(due.missed.last?.rfc3339 == "2030-01-15T03:00:00Z")
    }
}
