// Brings one flow up to date: under its lease, first what was left unfinished, then what is due.
import DestinationStorages
import ExportDomain
import FoundationEssentials
import GRDB
import Languages
import ObjectStorage

/// Runs flows, one process at a time each.
struct FlowRunner: Sendable {
    let store: Store
    let lake: Lake
    let storages: StorageProvider
    let place: Place
    let patience: Patience
    let clocks: Clocks
    let filesAtATime: ChosenFilesAtATime
    let observe: @Sendable (PlatformEvent) -> Void

    private var now: @Sendable () -> Date { clocks.now }

    /// So many flows run at a time.
    static let width = 4
    /// How often to look whether another process is done with a flow.
    private static let waitingInterval = Duration.milliseconds(200)

    /// The flows that have something to run now, in the order in which they were made.
    func pending() async throws -> [Identifier<Flow>] {
        let now = now()
        return try await store.read(Text("look for due flows")) { db in
            try FlowQuery.enabled(db).filter { try isPending(db, $0, now: now) }.map(\.id)
        }
    }

    /// When the next occurrence of any flow falls, or a run is made again.
    func nextOccurrence() async throws -> Date? {
        let now = now()
        return try await store.read(Text("look for the next occurrence")) { db in
            let occurrences = try FlowQuery.enabled(db).compactMap { Planner.next($0, after: now) }
            return (occurrences + [try RunAttempts.next(db)].compactMap(\.self)).min()
        }
    }

    /// A flow by its name, for what is told of it.
    func name(of flow: Identifier<Flow>) async throws -> PlatformEvent.FlowName? {
        try await store.read(Text("look up the flow")) { db in
            try FlowQuery.one(db, id: flow).map(PlatformEvent.FlowName.init)
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
            try await store.write(Text("remove the flow")) { db in
                try lease.check(db)
                try EmbeddedPlatform.storedFlow(flow, db).delete(db)
            }
        }
    }

    /// Does something with a flow that no other process may do at the same time; false if one does.
    private func holding(
        _ flow: Identifier<Flow>, _ body: (Lease) async throws -> Void
    ) async throws -> Bool {
        guard let lease = try await Lease.acquire(flow, store: store, clocks: clocks) else { return false }
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
        let before = try await pendingRuns(of: flow)
        while try await isPending(flow) {
            do {
                if try await run(flow) { continue }
            } catch PlatformError.leaseLost {
                // Another process goes on with it.
            }
            try await Task.sleep(for: Self.waitingInterval)
        }
        return try await runs(of: flow, pendingSince: before)
    }

    /// Runs whatever a flow has to run now; nil if another process is doing so.
    /// - Returns: the runs that were pending, as they have become.
    func runUnlessHeld(_ flow: Identifier<Flow>) async throws -> [FlowRun]? {
        let before = try await pendingRuns(of: flow)
        return try await run(flow) ? try await runs(of: flow, pendingSince: before) : nil
    }

    /// What there was to do for a flow at some moment.
    private struct PendingRuns: Sendable {
        /// Runs that were not over, or about to be made again.
        var runs: [Identifier<FlowRun>]
        /// The latest run of all.
        var latestSequence: Int64
    }

    private func pendingRuns(of flow: Identifier<Flow>) async throws -> PendingRuns {
        let now = now()
        return try await store.read(Text("look for unfinished runs")) { db in
            let unfinished = try FlowQuery.unfinishedRuns(db, flow: flow)
            let again = try RunAttempts.due(db, flow: flow, now: now)
            return PendingRuns(
                runs: (unfinished + again).map(\.id),
                latestSequence: try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM run") ?? 0)
        }
    }

    /// The runs that were pending at a moment, and those that were planned since, as they have become.
    private func runs(of flow: Identifier<Flow>, pendingSince before: PendingRuns) async throws -> [FlowRun] {
        try await store.read(Text("show the runs")) { db in
            try StoredRun
                .filter(Column("flowID") == flow)
                .filter(before.runs.contains(Column("id")) || Column("sequence") > before.latestSequence)
                .order(Column("sequence")).fetchAll(db).map(\.entity)
        }
    }

    private func run(under lease: Lease) async throws {
        let flow = lease.flow
        let planning = RunPlanning(place: place, specs: try Destinations.specs(), now: now())
        let isLeft = try await store.write(Text("look for unfinished runs")) { db in
            try lease.check(db)
            for run in try RunAttempts.due(db, flow: flow, now: planning.now) {
                try RunAttempts.requeue(db, run, now: planning.now)
            }
            return try !FlowQuery.unfinishedRuns(db, flow: flow).isEmpty
        }
        if isLeft { try await executeUnfinished(under: lease) }
        let missed = try await store.write(Text("plan the runs")) { db in
            try lease.check(db)
            let missed = ScheduleNotices.missed(
                try planning.planDueRuns(db, of: flow), by: try EmbeddedPlatform.storedFlow(flow, db).entity()
            )
            if let missed { try NotificationOutbox.put(missed, at: planning.now, db) }
            return missed
        }
        if let missed { observe(missed) }
        try await executeUnfinished(under: lease)
    }

    private func executeUnfinished(under lease: Lease) async throws {
        guard let (runs, draft) = try await unfinishedRuns(under: lease) else { return }
        for run in runs {
            let journal = journal(of: run, under: lease)
            let target: TargetStorage
            do {
                target = try await storages.storage(of: draft.targetConnectionID)
            } catch  where !RunExecution.interrupts(error) {
                let reason = PlatformError.failed(reason: .of(error))
                try await journal.fail([reason.runError], figures: RunFigures())
                continue
            }
            try await execution(of: run, draft, to: target, journal).execute()
        }
    }

    /// Ends a run that a person wants to be ended and that nobody makes just now; false where somebody makes runs of
    /// the flow.
    func cancel(_ run: Identifier<FlowRun>, of flow: Identifier<Flow>) async throws -> Bool {
        try await holding(flow) { lease in
            guard let (runs, draft) = try await unfinishedRuns(under: lease),
                let stored = runs.first(where: { $0.id == run })
            else { return }
            let journal = journal(of: stored, under: lease)
            guard stored.mayHaveBegun else {
                return try await journal.fail([PlatformError.cancelled.runError], figures: RunFigures())
            }
            let target = try await storages.storage(of: draft.targetConnectionID)
            try await execution(of: stored, draft, to: target, journal).abandon(because: .cancelled)
        }
    }

    /// Ends a run that nobody has begun, also while somebody makes other runs of the flow.
    ///
    /// There is nothing of it to be removed; whoever makes the others leaves it out.
    func cancelWaiting(_ run: Identifier<FlowRun>) async throws {
        let now = now()
        let ended = try await store.write(Text("cancel the run")) { db -> PlatformEvent? in
            guard var stored = try StoredRun.filter(Column("id") == run).fetchOne(db),
                stored.startedAt == nil, !FlowRunStatus(word: stored.status).isOver
            else { return nil }
            stored.errors = try StoredRunError.encoded([PlatformError.cancelled.runError])
            stored.end(.failed, at: now)
            stored.touch(now)
            try stored.update(db)
            return .runEnded(try PlatformEvent.Run(stored, db))
        }
        if let ended { observe(ended) }
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
            let journal = journal(of: run, under: lease)
            try await execution(of: run, draft, to: target, journal).abandon(because: .flowRemoved)
        }
    }

    private func unfinishedRuns(under lease: Lease) async throws -> ([StoredRun], Flow.Draft)? {
        let flow = lease.flow
        return try await store.read(Text("look for unfinished runs")) { db in
            guard let draft = try FlowQuery.one(db, id: flow)?.draft else { return nil }
            return (try FlowQuery.unfinishedRuns(db, flow: flow), draft)
        }
    }

    private func journal(of run: StoredRun, under lease: Lease) -> Journal {
        Journal(run: run.id, store: store, lease: lease, now: now, observe: observe)
    }

    private func execution(
        of run: StoredRun, _ draft: Flow.Draft, to target: TargetStorage, _ journal: Journal
    ) -> RunExecution {
        RunExecution(
            run: run, malformedRecords: draft.malformedRecords, lake: lake, target: target,
            filesAtATime: filesAtATime, patience: patience, journal: journal)
    }

    private func isPending(_ id: Identifier<Flow>) async throws -> Bool {
        let now = now()
        return try await store.read(Text("look whether the flow is due")) { db in
            guard let flow = try FlowQuery.one(db, id: id), flow.state == .enabled else { return false }
            return try isPending(db, flow, now: now)
        }
    }

    private func isPending(_ db: Database, _ flow: Flow, now: Date) throws -> Bool {
        if try !FlowQuery.due(db, flow, now: now).isEmpty { return true }
        if try !RunAttempts.due(db, flow: flow.id, now: now).isEmpty { return true }
        return try !FlowQuery.unfinishedRuns(db, flow: flow.id).isEmpty
    }
}
