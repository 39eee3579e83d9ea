// Brings one flow up to date: under its lease, first what was left unfinished, then what is due.
import DestinationStorages
import ExportDomain
import FoundationEssentials
import GRDB
import ObjectStorage

/// Runs flows, one process at a time each.
struct FlowRunner: Sendable {
    let store: Store
    let lake: Lake
    let storages: StorageProvider
    let place: Place
    let patience: Patience
    let now: @Sendable () -> Date

    /// How often to look whether another process is done with a flow.
    private static let waitingInterval = Duration.milliseconds(200)

    /// The flows that have something to run now, in the order in which they were made.
    func pending() async throws -> [Identifier<Flow>] {
        let now = now()
        return try await store.read("look for due flows") { db in
            try FlowQuery.enabled(db).filter { try isPending(db, $0, now: now) }.map(\.id)
        }
    }

    /// When the next occurrence of any flow falls.
    func nextOccurrence() async throws -> Date? {
        let now = now()
        return try await store.read("look for the next occurrence") { db in
            try FlowQuery.enabled(db).compactMap { Planner.next($0, after: now) }.min()
        }
    }

    /// Runs whatever a flow has to run now; false if another process is doing so.
    func run(_ flow: Identifier<Flow>) async throws -> Bool {
        try await holding(flow) { try await run(under: $0) }
    }

    /// Removes a flow; false if another process runs it.
    ///
    /// Of a run that was interrupted nothing stays published, since nobody will go on with it.
    func remove(_ flow: Identifier<Flow>) async throws -> Bool {
        try await holding(flow) { lease in
            try await abandonUnfinished(under: lease)
            try await store.write("remove the flow") { db in
                try lease.check(db)
                try EmbeddedPlatform.storedFlow(flow, db).delete(db)
            }
        }
    }

    /// Does something with a flow that no other process may do at the same time; false if one does.
    private func holding(
        _ flow: Identifier<Flow>, _ body: (Lease) async throws -> Void
    ) async throws -> Bool {
        guard let lease = try await Lease.acquire(flow, store: store, now: now) else { return false }
        let heartbeat = Task { await lease.keepAlive() }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(lease))
        } catch {
            result = .failure(error)
        }
        heartbeat.cancel()
        await lease.release()
        try result.get()
        return true
    }

    /// Runs whatever a flow has to run now, or waits until another process has.
    /// - Returns: the runs that were pending, as they have become.
    func runOrWait(_ flow: Identifier<Flow>) async throws -> [FlowRun] {
        let latestBefore = try await latestSequence()
        let unfinished = try await store.read("look for unfinished runs") { db in
            try FlowQuery.unfinishedRuns(db, flow: flow).map(\.id)
        }
        while try await isPending(flow) {
            do {
                if try await run(flow) { continue }
            } catch PlatformError.leaseLost {
                // Another process goes on with it.
            }
            try await Task.sleep(for: Self.waitingInterval)
        }
        return try await store.read("show the runs") { db in
            try StoredRun
                .filter(Column("flowID") == flow)
                .filter(unfinished.contains(Column("id")) || Column("sequence") > latestBefore)
                .order(Column("sequence")).fetchAll(db).map(\.entity)
        }
    }

    private func run(under lease: Lease) async throws {
        let flow = lease.flow
        let planning = RunPlanning(place: place, specs: try Destinations.specs(), now: now())
        let isLeft = try await store.read("look for unfinished runs") { db in
            try !FlowQuery.unfinishedRuns(db, flow: flow).isEmpty
        }
        if isLeft { try await executeUnfinished(under: lease) }
        try await store.write("plan the runs") { db in
            try lease.check(db)
            try planning.planDueRuns(db, of: flow)
        }
        try await executeUnfinished(under: lease)
    }

    private func executeUnfinished(under lease: Lease) async throws {
        guard let (runs, draft) = try await unfinishedRuns(under: lease) else { return }
        for run in runs {
            let journal = Journal(run: run.id, store: store, lease: lease, now: now)
            let target: TargetStorage
            do {
                target = try await storages.storage(of: draft.targetConnectionID)
            } catch  where !RunExecution.interrupts(error) {
                let reason = PlatformError.failed(reason: "\(error)")
                try await journal.fail([reason.runError], figures: RunFigures())
                continue
            }
            try await execution(of: run, draft, to: target, journal).execute()
        }
    }

    /// Takes back what interrupted runs have published.
    ///
    /// Where the storage cannot be had, that must not keep the flow from being removed.
    private func abandonUnfinished(under lease: Lease) async throws {
        guard let (runs, draft) = try await unfinishedRuns(under: lease),
            runs.contains(where: { $0.startedAt != nil }),
            let target = try? await storages.storage(of: draft.targetConnectionID)
        else { return }
        for run in runs where run.startedAt != nil {
            let journal = Journal(run: run.id, store: store, lease: lease, now: now)
            try await execution(of: run, draft, to: target, journal).abandon()
        }
    }

    private func unfinishedRuns(under lease: Lease) async throws -> ([StoredRun], Flow.Draft)? {
        let flow = lease.flow
        return try await store.read("look for unfinished runs") { db in
            guard let draft = try FlowQuery.one(db, id: flow)?.draft else { return nil }
            return (try FlowQuery.unfinishedRuns(db, flow: flow), draft)
        }
    }

    private func execution(
        of run: StoredRun, _ draft: Flow.Draft, to target: TargetStorage, _ journal: Journal
    ) -> RunExecution {
        RunExecution(
            run: run, malformedRecords: draft.malformedRecords, lake: lake, target: target,
            patience: patience, journal: journal)
    }

    private func isPending(_ id: Identifier<Flow>) async throws -> Bool {
        let now = now()
        return try await store.read("look whether the flow is due") { db in
            guard let flow = try FlowQuery.one(db, id: id), flow.state == .enabled else { return false }
            return try isPending(db, flow, now: now)
        }
    }

    private func isPending(_ db: Database, _ flow: Flow, now: Date) throws -> Bool {
        let latestRun = try FlowQuery.latestScheduledTime(db, flow: flow.id)
        if Planner.due(flow, now: now, latestRun: latestRun) != nil { return true }
        return try !FlowQuery.unfinishedRuns(db, flow: flow.id).isEmpty
    }

    private func latestSequence() async throws -> Int64 {
        try await store.read("look for runs") { db in
            try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM run") ?? 0
        }
    }
}
