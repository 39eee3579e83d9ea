// Runs: listed, and made to happen.
import DestinationStorages
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

extension EmbeddedPlatform {
    /// The runs of a dataflow.
    public func runs(
        of flow: Identifier<Flow>, _ page: PageRequest
    ) async throws(FlowServiceError) -> Page<FlowRun> {
        try page.check()
        return try await answering(Text("list the runs")) {
            try await store.read(Text("list the runs")) { db in
                _ = try Self.storedFlow(flow, db)
                return try page.page(db, of: StoredRun.filter(Column("flowID") == flow)).map(\.entity)
            }
        }
    }

    /// One run.
    public func run(_ id: Identifier<FlowRun>) async throws(FlowServiceError) -> FlowRun {
        try await storedRun(id).entity
    }

    /// Asks for a run of some datasets of a dataflow now, which whoever runs the dataflow does next.
    public func exportNow(
        _ datasets: [Identifier<Dataset>], of flow: Identifier<Flow>
    ) async throws(FlowServiceError) -> [Identifier<FlowRun>] {
        let planning = RunPlanning(place: place, specs: try Destinations.specs(), now: now())
        let runs = try await answering(Text("export now")) {
            try await store.write(Text("export now")) { db in
                let flow = try Self.storedFlow(flow, db).entity()
                guard flow.state == .enabled else {
                    throw FlowServiceError.wrongState(
                        what: "flow", id: flow.id.rawValue, state: flow.state.rawValue)
                }
                let isHeld = try StoredLease.isHeld(db, flow: flow.id, at: clocks.instant)
                if try isHeld || !FlowQuery.unfinishedRuns(db, flow: flow.id).isEmpty {
                    throw FlowServiceError.exporting(flow.id)
                }
                let chosen = try Self.chosen(datasets, of: flow, db)
                return try planning.planRunsNow(db, of: chosen, flow)
            }
        }
        wakeUp.call()
        return runs
    }

    /// The datasets of a flow that are named, as it names them.
    private static func chosen(
        _ ids: [Identifier<Dataset>], of flow: Flow, _ db: Database
    ) throws -> [DatasetReference] {
        if ids.isEmpty {
            throw FlowServiceError.invalid(field: "datasets", reason: Text("Name at least one dataset"))
        }
        if Set(ids).count < ids.count {
            throw FlowServiceError.invalid(
                field: "datasets", reason: Text("A dataset can be named only once"))
        }
        let datasets = try RunPlanning.datasets(db, of: flow)
        return try ids.map { id in
            guard let dataset = datasets.first(where: { $0.id == id }) else {
                throw FlowServiceError.invalid(
                    field: "datasets",
                    reason: Text("The flow “\(flow.draft.name)” does not export the dataset “\(id)”"))
            }
            return dataset
        }
    }

    /// Runs whatever is due now, goes on with what was interrupted, and returns when that is done, also
    /// where another process is doing it.
    ///
    /// When the task is cancelled, runs are left so that they can be resumed. What flows want to tell of it is told
    /// before it returns.
    /// - Parameter flow: the one flow to run; nil for all.
    /// - Returns: the runs that there was something to do for, as they have become, in the order in which
    ///   they were planned.
    /// - Throws: `FlowServiceError.notFound` for an unknown flow, `.unavailable` where the database cannot
    ///   answer or the task is cancelled. A run that fails is not an error here: its record says why.
    public func runDue(flow: Identifier<Flow>? = nil) async throws(FlowServiceError) -> [FlowRun] {
        let runner = runner
        if let flow { _ = try await self.flow(flow) }
        await tellEnds()
        let result: Result<[FlowRun], FlowServiceError>
        do {
            let runs = try await answering(Text("run what is due")) {
                var runs: [FlowRun] = []
                let flows = if let flow { [flow] } else { try await runner.pending() }
                for flow in flows { runs += try await runner.runOrWait(flow) }
                return runs
            }
            result = .success(runs)
        } catch {
            result = .failure(error)
        }
        await notifier.sendWaiting()
        return try result.get()
    }

    /// Runs whatever is due of all dataflows, some at a time, goes on with what was interrupted, and returns when that
    /// is done.
    ///
    /// What another process is doing is left to it. What keeps one dataflow from being run keeps no other. What flows
    /// want to tell of it is told before it returns.
    /// - Returns: what came of each dataflow that there was something to do for, in the order in which they were made.
    /// - Throws: `FlowServiceError.unavailable` where the database cannot answer.
    public func runDueFlows() async throws(FlowServiceError) -> [DueOutcome] {
        let runner = runner
        await tellEnds()
        let flows = try await answering(Text("look for due flows")) {
            let pending = try await runner.pending()
            return try await store.read(Text("look for due flows")) { db in
                try pending.compactMap { try FlowQuery.one(db, id: $0) }
            }
        }
        let outcomes = await withTaskGroup(of: (Int, DueOutcome).self) { group in
            var outcomes: [Int: DueOutcome] = [:]
            for (index, flow) in flows.enumerated() {
                if index >= FlowRunner.width, let (index, outcome) = await group.next() {
                    outcomes[index] = outcome
                }
                group.addTask { (index, await outcome(of: flow, by: runner)) }
            }
            for await (index, outcome) in group { outcomes[index] = outcome }
            return outcomes.sorted { $0.key < $1.key }.map(\.value)
        }
        await notifier.sendWaiting()
        return outcomes
    }

    private func outcome(of flow: Flow, by runner: FlowRunner) async -> DueOutcome {
        do throws(FlowServiceError) {
            let runs = try await answering(Text("run the flow “\(flow.draft.name)”")) {
                try await runner.runUnlessHeld(flow.id)
            }
            return DueOutcome(flow: flow, runs: runs ?? [], isElsewhere: runs == nil)
        } catch {
            return DueOutcome(flow: flow, problem: error)
        }
    }

    /// Runs flows as they fall due, goes on with what was interrupted, and sends notifications, until the task is
    /// cancelled.
    ///
    /// When it is, runs that are under way stop at once and are left so that they can be resumed.
    public func keepRunning() async {
        observe(.schedulerBegan)
        let changes = await ChangesByOthers(to: store)
        let longestSleep = LongestSleep(othersAreHeard: changes.areHeard)
        await withDiscardingTaskGroup { group in
            group.addTask { await keepNotifying(longestSleep) }
            group.addTask {
                await Scheduler(runner: runner, wakeUp: wakeUp, longestSleep: longestSleep).run()
            }
            group.addTask {
                await changes.forEach {
                    wakeUp.call()
                    somethingHappened.call()
                }
            }
        }
        observe(.schedulerEnded)
    }

    func storedRun(_ id: Identifier<FlowRun>) async throws(FlowServiceError) -> StoredRun {
        try await answering(Text("show the run")) {
            try await store.read(Text("show the run")) { db in try Self.storedRun(id, db) }
        }
    }

    /// The row of a run.
    static func storedRun(_ id: Identifier<FlowRun>, _ db: Database) throws -> StoredRun {
        guard let row = try StoredRun.filter(Column("id") == id).fetchOne(db) else {
            throw FlowServiceError.notFound(what: "run", id: id.rawValue)
        }
        return row
    }

    var runner: FlowRunner {
        FlowRunner(
            store: store, lake: lake, storages: storages, place: place, patience: patience,
            clocks: clocks, filesAtATime: filesAtATime, observe: observe)
    }
}

/// What came of a dataflow that there was something to do for.
public struct DueOutcome: Sendable {
    /// The dataflow.
    public var flow: Flow
    /// The runs that there was something to do for, as they have become.
    public var runs: [FlowRun] = []
    /// Whether another process runs the dataflow just now.
    public var isElsewhere = false
    /// What kept the runs from coming to an end.
    public var problem: FlowServiceError?

    /// Whether something has not come to a good end.
    public var hasFailed: Bool { problem != nil || runs.contains { $0.status != .success } }
}
