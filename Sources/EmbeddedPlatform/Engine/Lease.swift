// The right to run a flow: one holder at a time, across processes. It falls free when its holder gives it
// up, ends, or has not been heard of for a while. On one machine that while is measured by a clock that nobody can
// set, since a clock that is put forward would make every holder look silent.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

/// The right to run a flow.
struct Lease: Sendable {
    let flow: Identifier<Flow>
    private let store: Store
    private let clocks: Clocks
    /// The process, and something that tells two holders in one process apart.
    private let holder: String

    /// How often the holder is heard of.
    static let heartbeat = Duration.seconds(5)
    /// After so many milliseconds of silence the lease is free.
    static let patience: Int64 = 30_000

    /// Takes the lease of a flow; nil while another has it, and where the flow is gone.
    static func acquire(
        _ flow: Identifier<Flow>, store: Store, clocks: Clocks
    ) async throws -> Lease? {
        let lease = Lease(
            flow: flow, store: store, clocks: clocks,
            holder: "\(ProcessIdentity.current.text) \(UUID().uuidString)")
        let instant = clocks.instant
        // A look takes no lock from whoever writes, as the holder does.
        let isHeld = try await store.read(Text("take over the flow")) {
            try StoredLease.isHeld($0, flow: flow, at: instant)
        }
        if isHeld { return nil }
        let isMine = try await store.write(Text("take over the flow")) { db in
            if try StoredFlow.filter(Column("id") == flow).isEmpty(db) { return false }
            if try StoredLease.isHeld(db, flow: flow, at: instant) { return false }
            try StoredLease(flowID: flow, holder: lease.holder, instant: instant).insert(
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
                let instant = clocks.instant
                try await store.write(Text("keep the flow")) { db in
                    _ = try mine.updateAll(
                        db, Column("heartbeatAt").set(to: instant.now.milliseconds),
                        Column("heartbeatUptime").set(to: instant.uptime))
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
            try? await store.write(Text("give up the flow")) { db in _ = try mine.deleteAll(db) }
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
    /// Milliseconds since 1970.
    var heartbeatAt: Int64
    /// Milliseconds since the start of the holder's machine; nil where an older version wrote it.
    var heartbeatUptime: Int64?

    init(flowID: Identifier<Flow>, holder: String, instant: Clocks.Instant) {
        self.flowID = flowID
        self.holder = holder
        heartbeatAt = instant.now.milliseconds
        heartbeatUptime = instant.uptime
    }

    /// Whether somebody runs a flow.
    static func isHeld(_ db: Database, flow: Identifier<Flow>, at instant: Clocks.Instant) throws -> Bool {
        try StoredLease.filter(Column("flowID") == flow).fetchOne(db).map { !$0.isFree(at: instant) } ?? false
    }

    /// Whether another may have it.
    func isFree(at instant: Clocks.Instant) -> Bool {
        guard let holder = ProcessIdentity(text: holder) else { return true }
        return holder.isGone || silence(of: holder, at: instant) > Lease.patience
    }

    /// For how many milliseconds the holder has not been heard of.
    func silence(of holder: ProcessIdentity, at instant: Clocks.Instant) -> Int64 {
        holder.silence(since: (heartbeatAt, heartbeatUptime), at: instant)
    }
}
