// Which export `sluice export` waits for, where another machine makes the runs.
import ExportDomain
import Foundation
import Testing

@testable import sluice

@Suite("The export that is waited for")
struct AwaitedExportTests {
    static let now = Date(timeIntervalSince1970: 1_795_467_600)

    static func schedule(startsIn seconds: Double, endsIn end: Double = 30 * 86_400) -> Schedule {
        Schedule(
            mode: .incremental, frequency: .daily, start: now.addingTimeInterval(seconds),
            end: now.addingTimeInterval(end))
    }

    @Test(
        "is what is due, and what will be within ten minutes; with more patience the next one, with none nothing",
        arguments: [
            (-60, false, .short, .wait(now.addingTimeInterval(-60))),
            (-60, true, .short, .later(now.addingTimeInterval(86_340))),
            (-60, true, .any, .wait(now.addingTimeInterval(86_340))),
            (-60, false, .none, .later(now.addingTimeInterval(-60))),
            (600, false, .short, .wait(now.addingTimeInterval(600))),
            (601, false, .short, .later(now.addingTimeInterval(601))),
            (601, false, .any, .wait(now.addingTimeInterval(601))),
            (60, false, .none, .later(now.addingTimeInterval(60))),
        ] as [(Double, Bool, AwaitedExport.Patience, AwaitedExport.Decision)])
    func decision(
        start: Double, isExported: Bool, patience: AwaitedExport.Patience, expected: AwaitedExport.Decision
    ) {
        #expect(
            AwaitedExport.decision(
                of: Self.schedule(startsIn: start), isExported: { _ in isExported }, patience: patience,
                now: Self.now) == expected)
    }

    @Test("is none where the schedule has no further export, or the only one was made")
    func over() {
        let ended = Self.schedule(startsIn: -60, endsIn: 60)
        let once = Schedule(mode: .full, frequency: .once, start: Self.now.addingTimeInterval(-60))
        for schedule in [ended, once] {
            #expect(
                AwaitedExport.decision(
                    of: schedule, isExported: { _ in true }, patience: .any, now: Self.now) == .over)
        }
    }
}
