// What is to be said of schedules, whether something runs or not: an end that is near or has come, and times at which
// nothing ran. Each is said once, whichever process sees it first.
import ExportDomain
import FoundationEssentials
import GRDB

enum ScheduleNotices {
    /// An end that has gone by for longer is no news.
    private static let longestSinceEnd: TimeInterval = 30 * 86_400

    /// What is to be said of the ends of all flows.
    static func ofEnds(_ db: Database, now: Date) throws -> [(event: PlatformEvent, mark: ToldNotice)] {
        try FlowQuery.enabled(db).compactMap { flow in
            try ofEnd(of: flow, now: now).flatMap { try $0.mark.isTold(db) ? nil : $0 }
        }
    }

    /// When there will be something to say of an end next; nil where nothing is foreseen.
    static func nextOfEnds(_ db: Database, now: Date) throws -> Date? {
        try FlowQuery.enabled(db).compactMap { $0.draft.schedule.nextTelling(after: now) }.min()
    }

    /// What is to be said of the end of a flow, told or not.
    static func ofEnd(of flow: Flow, now: Date) -> (event: PlatformEvent, mark: ToldNotice)? {
        let schedule = flow.draft.schedule
        guard schedule.frequency != .once, let end = schedule.end else { return nil }
        let name = PlatformEvent.FlowName(flow)
        let mark = { (days: Int) in
            ToldNotice(flowID: flow.id, notice: "end \(end.seconds), days \(days)")
        }
        if let days = schedule.toldDaysLeft(now: now) {
            let left = Int(end.timeIntervalSince(now) / 86_400)
            return (.endNear(name, end: end, days: left), mark(days))
        }
        guard end < now, now.timeIntervalSince(end) < longestSinceEnd else { return nil }
        return (.flowOver(name, end: end), mark(0))
    }

    /// What is to be said of occurrences that a flow has missed; nil for none.
    static func missed(_ occurrences: [Date], by flow: Flow) -> PlatformEvent? {
        guard let first = occurrences.first, let last = occurrences.last else { return nil }
        return .occurrencesMissed(
            PlatformEvent.FlowName(flow),
            PlatformEvent.Missed(count: occurrences.count, first: first, last: last))
    }

    /// Marks an event as told, and lets it wait to be told by the flow's command.
    static func tell(_ notice: (event: PlatformEvent, mark: ToldNotice), at now: Date, _ db: Database) throws
    {
        try notice.mark.insert(db, onConflict: .ignore)
        try NotificationOutbox.put(notice.event, at: now, db)
    }
}
