// Runs: listed, and made to happen.
import DestinationStorages
import ExportDomain
import FoundationEssentials
import GRDB

extension EmbeddedPlatform {
    /// The runs of a dataflow.
    public func runs(
        of flow: Identifier<Flow>, _ page: PageRequest
    ) async throws(FlowServiceError) -> Page<FlowRun> {
        try page.check()
        return try await answering("list the runs") {
            try await store.read("list the runs") { db in
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
        let runs = try await answering("export now") {
            try await store.write("export now") { db in
                let flow = try Self.storedFlow(flow, db).entity()
                guard flow.state == .enabled else {
                    throw FlowServiceError.wrongState(
                        what: "flow", id: flow.id.rawValue, state: flow.state.rawValue)
                }
                let isHeld = try StoredLease.isHeld(db, flow: flow.id, at: planning.now.milliseconds)
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
            throw FlowServiceError.invalid(field: "datasets", reason: "Name at least one dataset")
        }
        if Set(ids).count < ids.count {
            throw FlowServiceError.invalid(field: "datasets", reason: "A dataset can be named only once")
        }
        let datasets = try RunPlanning.datasets(db, of: flow)
        return try ids.map { id in
            guard let dataset = datasets.first(where: { $0.id == id }) else {
                throw FlowServiceError.invalid(
                    field: "datasets",
                    reason: "The flow “\(flow.draft.name)” does not export the dataset “\(id)”")
            }
            return dataset
        }
    }

    /// Runs whatever is due now, goes on with what was interrupted, and returns when that is done, also
    /// where another process is doing it.
    ///
    /// When the task is cancelled, runs are left so that they can be resumed.
    /// - Parameter flow: the one flow to run; nil for all.
    /// - Returns: the runs that there was something to do for, as they have become, in the order in which
    ///   they were planned.
    /// - Throws: `FlowServiceError.notFound` for an unknown flow, `.unavailable` where the database cannot
    ///   answer or the task is cancelled. A run that fails is not an error here: its record says why.
    public func runDue(flow: Identifier<Flow>? = nil) async throws(FlowServiceError) -> [FlowRun] {
        let runner = runner
        if let flow { _ = try await self.flow(flow) }
        return try await answering("run what is due") {
            var runs: [FlowRun] = []
            let flows = if let flow { [flow] } else { try await runner.pending() }
            for flow in flows { runs += try await runner.runOrWait(flow) }
            return runs
        }
    }

    /// Runs flows as they fall due, and goes on with what was interrupted, until the task is cancelled.
    ///
    /// When it is, runs that are under way stop at once and are left so that they can be resumed.
    public func keepRunning() async {
        await Scheduler(runner: runner, wakeUp: wakeUp).run()
    }

    func storedRun(_ id: Identifier<FlowRun>) async throws(FlowServiceError) -> StoredRun {
        try await answering("show the run") {
            try await store.read("show the run") { db in
                guard let row = try StoredRun.filter(Column("id") == id).fetchOne(db) else {
                    throw FlowServiceError.notFound(what: "run", id: id.rawValue)
                }
                return row
            }
        }
    }

    var runner: FlowRunner {
        FlowRunner(store: store, lake: lake, storages: storages, place: place, patience: patience, now: now)
    }
}
