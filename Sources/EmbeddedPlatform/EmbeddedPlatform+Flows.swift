// Dataflows: made, listed, paused and resumed.
import ExportDomain
import FoundationEssentials
import GRDB

extension EmbeddedPlatform {
    /// Makes a dataflow, enabled.
    ///
    /// Its times are kept in whole seconds.
    public func createFlow(_ draft: Flow.Draft) async throws(FlowServiceError) -> Flow {
        try checkName(draft.name)
        let now = now()
        if let problem = draft.schedule.problems(now: now).first {
            throw .invalid(field: "scheduleParams", reason: problem.description)
        }
        let specs = try Destinations.specs()
        let flow = try await answering("make the flow") {
            try await store.write("make the flow") { db in
                try check(draft, specs: specs, db)
                var row = StoredFlow(id: .random(), draft: draft, now: now)
                try row.insert(db)
                return try row.entity()
            }
        }
        wakeUp.call()
        return flow
    }

    /// One dataflow.
    public func flow(_ id: Identifier<Flow>) async throws(FlowServiceError) -> Flow {
        try await answering("show the flow") {
            try await store.read("show the flow") { db in
                guard let flow = try FlowQuery.one(db, id: id) else {
                    throw FlowServiceError.notFound(what: "flow", id: id.rawValue)
                }
                return flow
            }
        }
    }

    /// The dataflows.
    public func flows(_ page: PageRequest) async throws(FlowServiceError) -> Page<Flow> {
        try page.check()
        return try await answering("list the flows") {
            try await store.read("list the flows") { db in
                try page.page(db, of: StoredFlow.all()).map { try $0.entity() }
            }
        }
    }

    /// Pauses or resumes a dataflow; a run that is under way goes on to its end.
    public func perform(_ action: FlowAction, on id: Identifier<Flow>) async throws(FlowServiceError) {
        let state: FlowState = action == .enable ? .enabled : .disabled
        let now = now()
        try await answering("\(action) the flow") {
            try await store.write("\(action) the flow") { db in
                guard var row = try StoredFlow.filter(Column("id") == id).fetchOne(db) else {
                    throw FlowServiceError.notFound(what: "flow", id: id.rawValue)
                }
                if row.state == state.rawValue {
                    throw FlowServiceError.wrongState(what: "flow", id: id.rawValue, state: row.state)
                }
                row.state = state.rawValue
                row.touch(now)
                try row.update(db)
            }
        }
        wakeUp.call()
    }

    private func check(_ draft: Flow.Draft, specs: [ConnectionSpec], _ db: Database) throws {
        if try StoredSourceConnection.filter(Column("id") == draft.sourceConnectionID).isEmpty(db) {
            throw FlowServiceError.notFound(
                what: "source connection", id: draft.sourceConnectionID.rawValue)
        }
        let target = try StoredTargetConnection.filter(Column("id") == draft.targetConnectionID).fetchOne(db)
        guard let target else {
            throw FlowServiceError.notFound(what: "destination", id: draft.targetConnectionID.rawValue)
        }
        guard let spec = specs.first(where: { $0.id == target.connectionSpecID }),
            spec.flowSpecID == draft.flowSpecID
        else {
            throw FlowServiceError.invalid(
                field: "flowSpec.id",
                reason:
                    "The flow spec “\(draft.flowSpecID)” does not go with the destination “\(target.name)”")
        }
    }
}
