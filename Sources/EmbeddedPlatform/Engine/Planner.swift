// What has to run when: rules about a flow's schedule and the runs that it has had.
import ExportDomain
import FoundationEssentials

/// What there is to do about occurrences that have come.
struct DueOccurrences: Sendable, Hashable {
    /// The one to run for now.
    var run: Date?
    /// Those at which nothing ran, in their order; the run has what they would have exported, or where there is none,
    /// the next.
    var missed: [Date] = []

    /// Whether there is nothing to do.
    var isEmpty: Bool { run == nil && missed.isEmpty }
}

enum Planner {
    /// Of more missed occurrences than these the latest are taken note of.
    static let mostMissed = 1_000

    /// What a flow has to do now.
    ///
    /// It runs for the latest occurrence that has come, if that is not settled, unless it came too long ago for a
    /// schedule that skips missed ones. A flow has missed what fell after it was last changed, and no run has come of.
    /// - Parameter settled: the latest occurrence up to now that there are runs for, or that was taken note of.
    static func due(_ flow: Flow, now: Date, settled: Date?) -> DueOccurrences {
        let schedule = flow.draft.schedule
        guard flow.state == .enabled, let latest = schedule.latestOccurrence(notAfter: now),
            settled.map({ latest > $0 }) ?? true
        else { return DueOccurrences() }
        let isLate = now.timeIntervalSince(latest) > MissedOccurrences.punctuality
        let run = isLate && schedule.missed == .skip ? nil : latest
        let missed = unsettled(schedule, from: flow.revision.updatedAt, after: settled, to: latest)
        return DueOccurrences(run: run, missed: missed.filter { $0 != run })
    }

    /// The occurrences after one that is settled and not before an instant, up to another, the latest where they are
    /// many.
    private static func unsettled(
        _ schedule: Schedule, from instant: Date, after settled: Date?, to latest: Date
    ) -> [Date] {
        let period = schedule.frequency.period ?? 0
        let first = max(instant, latest.addingTimeInterval(-period * Double(mostMissed - 1)))
        return schedule.occurrences(from: first, limit: mostMissed)
            .filter { $0 <= latest && $0 > settled ?? .distantPast }
    }

    /// The next occurrence that is still to come, or nil.
    static func next(_ flow: Flow, after now: Date) -> Date? {
        flow.state == .enabled ? flow.draft.schedule.nextOccurrence(after: now) : nil
    }

    /// Whether a flow has run for the last time.
    static func isOver(_ flow: Flow, now: Date, settled: Date?) -> Bool {
        let schedule = flow.draft.schedule
        guard schedule.nextOccurrence(after: now) == nil else { return false }
        return due(flow, now: now, settled: settled).run == nil
    }
}
