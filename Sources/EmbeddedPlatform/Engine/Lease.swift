// The right to run a flow: one holder at a time, across processes. It falls free when its holder gives it
// up, ends, or has not been heard of for a while.
import ExportDomain
import FoundationEssentials
import GRDB

/// The right to run a flow.
struct Lease: Sendable {
    let flow: Identifier<Flow>
    private let store: Store
    private let now: @Sendable () -> Date
    /// The process, and something that tells two holders in one process apart.
    private let holder: String

    /// How often the holder is heard of.
    static let heartbeat = Duration.seconds(5)
    /// After so many milliseconds of silence the lease is free.
    static let patience: Int64 = 30_000

    /// Takes the lease of a flow; nil while another has it, and where the flow is gone.
    static func acquire(
        _ flow: Identifier<Flow>, store: Store, now: @escaping @Sendable () -> Date
    ) async throws -> Lease? {
        let lease = Lease(
            flow: flow, store: store, now: now, holder: "\(ProcessIdentity.current.text) \(UUID().uuidString)"
        )
        let instant = now().milliseconds
        let isMine = try await store.write("take over the flow") { db in
            if try StoredFlow.filter(Column("id") == flow).isEmpty(db) { return false }
            if try StoredLease.isHeld(db, flow: flow, at: instant) { return false }
            try StoredLease(flowID: flow, holder: lease.holder, heartbeatAt: instant).insert(
                db, onConflict: .replace)
            return true
        }
        return isMine ? lease : nil
    }

    /// Refuses to go on without the lease.
    /// - Throws: `PlatformError.leaseLost`.
    func check(_ db: Database) throws {
        guard try mine.isEmpty(db) == false else { throw PlatformError.leaseLost(flow: flow) }
    }

    /// Lets the holder be heard of until the task is cancelled.
    func keepAlive() async {
        while true {
            do {
                try await Task.sleep(for: Self.heartbeat)
                let instant = now().milliseconds
                try await store.write("keep the flow") { db in
                    _ = try mine.updateAll(db, Column("heartbeatAt").set(to: instant))
                }
            } catch is CancellationError {
                return
            } catch {
                // The next heartbeat may get through; if none does, the lease is lost, and `check` says so.
            }
        }
    }

    /// Gives the lease up, also in a task that is cancelled.
    func release() async {
        await Task {
            try? await store.write("give up the flow") { db in _ = try mine.deleteAll(db) }
        }.value
    }

    private var mine: QueryInterfaceRequest<StoredLease> {
        StoredLease.filter(Column("flowID") == flow && Column("holder") == holder)
    }
}

/// Who has the lease of a flow.
struct StoredLease: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "flowLease"

    var flowID: Identifier<Flow>
    var holder: String
    var heartbeatAt: Int64

    /// Whether somebody runs a flow.
    static func isHeld(_ db: Database, flow: Identifier<Flow>, at instant: Int64) throws -> Bool {
        try StoredLease.filter(Column("flowID") == flow).fetchOne(db).map { !$0.isFree(at: instant) } ?? false
    }

    /// Whether another may have it.
    func isFree(at instant: Int64) -> Bool {
        if instant - heartbeatAt > Lease.patience { return true }
        return ProcessIdentity(text: holder)?.isGone ?? true
    }
}
