// Runs: listed, and made to happen.
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
                if try StoredFlow.filter(Column("id") == flow).isEmpty(db) {
                    throw FlowServiceError.notFound(what: "flow", id: flow.rawValue)
                }
                return try page.page(db, of: StoredRun.filter(Column("flowID") == flow)).map(\.entity)
            }
        }
    }

    /// One run.
    public func run(_ id: Identifier<FlowRun>) async throws(FlowServiceError) -> FlowRun {
        try await storedRun(id).entity
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

    private var runner: FlowRunner {
        FlowRunner(store: store, lake: lake, storages: storages, place: place, patience: patience, now: now)
    }
}
