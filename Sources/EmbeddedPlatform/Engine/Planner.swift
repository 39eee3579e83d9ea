// What has to run when: rules about a flow's schedule and the runs that it has had.
import ExportDomain
import FoundationEssentials

enum Planner {
    /// The occurrence for which a flow has to run now, or nil.
    ///
    /// It is the latest that has come, if there are no runs for it; those that were missed before it are
    /// caught up by it, since it exports what they would have.
    /// - Parameter latestRun: the latest scheduled time that there are runs for.
    static func due(_ flow: Flow, now: Date, latestRun: Date?) -> Date? {
        guard flow.state == .enabled, let latest = flow.draft.schedule.latestOccurrence(notAfter: now) else {
            return nil
        }
        return latestRun.map { latest > $0 } ?? true ? latest : nil
    }

    /// The next occurrence that is still to come, or nil.
    static func next(_ flow: Flow, after now: Date) -> Date? {
        flow.state == .enabled ? flow.draft.schedule.nextOccurrence(after: now) : nil
    }

    /// Whether a flow has run for the last time.
    static func isOver(_ flow: Flow, now: Date, latestRun: Date?) -> Bool {
        let schedule = flow.draft.schedule
        guard schedule.nextOccurrence(after: now) == nil else { return false }
        return due(flow, now: now, latestRun: latestRun) == nil
    }
}
