// What dataflows tell: set, shown, taken away, and sent.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

extension EmbeddedPlatform: NotificationSettings {
    /// How the notifications of a dataflow have gone.
    public struct NotificationState: Sendable, Hashable {
        /// What it tells.
        public var settings: FlowNotifications
        /// How many commands have ended well.
        public var sent: Int
        /// How many have not.
        public var failed: Int
        /// Why the latest failed; nil where it did not.
        public var problem: Text?
        /// How many wait to be sent.
        public var waiting: Int
    }

    /// What a dataflow tells; nil where that is nothing.
    public func notifications(of flow: Identifier<Flow>) async throws(FlowServiceError) -> NotificationState?
    {
        try await answering(Text("show the notifications")) {
            try await store.read(Text("show the notifications")) { db in
                _ = try Self.storedFlow(flow, db)
                guard let stored = try StoredNotifications.of(flow, db) else { return nil }
                let waiting = try WaitingNotification.filter(Column("flowID") == flow).fetchCount(db)
                return NotificationState(
                    settings: stored.settings, sent: stored.sent, failed: stored.failed,
                    problem: stored.problemText ?? stored.problem.map(Text.known), waiting: waiting)
            }
        }
    }

    /// Says what a dataflow tells from now on; nil for nothing, and then what waits is not sent.
    ///
    /// - Throws: `FlowServiceError.invalid` for a command without an absolute path.
    public func setNotifications(
        _ settings: FlowNotifications?, of flow: Identifier<Flow>
    ) async throws(FlowServiceError) {
        if let settings {
            guard settings.command.first?.hasPrefix("/") ?? false,
                !settings.command.contains(where: { $0.utf8.contains(0) })
            else {
                throw .invalid(
                    field: "notifications",
                    reason: Text("The command has to begin with the path of a program"))
            }
        }
        try await answering(Text("set the notifications")) {
            try await store.write(Text("set the notifications")) { db in
                _ = try Self.storedFlow(flow, db)
                guard let settings, !settings.occasions.isEmpty else {
                    _ = try StoredNotifications.filter(Column("flowID") == flow).deleteAll(db)
                    _ = try WaitingNotification.filter(Column("flowID") == flow).deleteAll(db)
                    return
                }
                var stored =
                    try StoredNotifications.of(flow, db)
                    ?? StoredNotifications(flowID: flow, settings: settings)
                stored.settings = settings
                try stored.save(db)
            }
        }
    }

    /// Says what is to be said of the ends of flows, once.
    ///
    /// - Returns: when there will be something to say next; nil where nothing is foreseen.
    @discardableResult
    func tellEnds() async -> Date? {
        let now = now()
        let looked = try? await store.read(Text("look for ends")) { db in
            (
                isSomething: try !ScheduleNotices.ofEnds(db, now: now).isEmpty,
                next: try ScheduleNotices.nextOfEnds(db, now: now)
            )
        }
        guard let looked, looked.isSomething else { return looked?.next }
        let told = try? await store.write(Text("note the ends that were told")) { db in
            let notices = try ScheduleNotices.ofEnds(db, now: now)
            for notice in notices { try ScheduleNotices.tell(notice, at: now, db) }
            return notices.map(\.event)
        }
        told?.forEach(observe)
        return looked.next
    }

    /// Sends what waits to be told, as it comes, until the task is cancelled.
    func keepNotifying(_ longestSleep: LongestSleep) async {
        await notifier.keepSending(wokenBy: somethingHappened, longestSleep: longestSleep) {
            await tellEnds()
        }
    }
}
