// Dataflows: made, listed, changed, paused, resumed and removed.
import DestinationStorages
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

extension EmbeddedPlatform {
    /// Makes a dataflow, enabled.
    ///
    /// Its times are kept in whole seconds.
    public func createFlow(_ draft: Flow.Draft) async throws(FlowServiceError) -> Flow {
        try checkName(draft.name)
        let now = now()
        if let problem = draft.schedule.problems(now: now).first {
            throw .invalid(field: "scheduleParams", reason: problem.text)
        }
        let specs = try Destinations.specs()
        let flow = try await answering(Text("make the flow")) {
            try await store.write(Text("make the flow")) { db in
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
        try await answering(Text("show the flow")) {
            try await store.read(Text("show the flow")) { db in
                try Self.storedFlow(id, db).entity()
            }
        }
    }

    /// The dataflows.
    public func flows(_ page: PageRequest) async throws(FlowServiceError) -> Page<Flow> {
        try page.check()
        return try await answering(Text("list the flows")) {
            try await store.read(Text("list the flows")) { db in
                try page.page(db, of: StoredFlow.all()).map { try $0.entity() }
            }
        }
    }

    /// Changes a dataflow; runs that are planned already end as they were planned.
    public func updateFlow(
        _ id: Identifier<Flow>, _ change: Flow.Change, etag: String
    ) async throws(FlowServiceError) -> Flow {
        try check(change)
        let specs = try Destinations.specs()
        let now = now()
        let flow = try await answering(Text("change the flow")) {
            try await store.write(Text("change the flow")) { db in
                let row = try Self.storedFlow(id, db)
                if row.etag != etag { throw FlowServiceError.changed(what: "flow", id: id.rawValue) }
                let flow = try row.entity()
                try Self.checkAllowsChange(flow)
                let changed = row.changed(to: flow.draft.applying(change), now: now)
                try check(changed.entity().draft, specs: specs, db)
                try changed.update(db)
                return try changed.entity()
            }
        }
        wakeUp.call()
        return flow
    }

    /// Removes a dataflow and its runs; throws `.wrongState` in the middle of a run, whichever process does it.
    ///
    /// The files that it has exported stay; what a run that was interrupted has published is taken back.
    public func deleteFlow(_ id: Identifier<Flow>) async throws(FlowServiceError) {
        let runner = runner
        try Self.checkAllowsChange(try await flow(id))
        try await answering(Text("remove the flow")) {
            if try await !runner.remove(id) { throw FlowServiceError.exporting(id) }
        }
    }

    /// Pauses or resumes a dataflow; a run that is under way goes on to its end.
    public func perform(_ action: FlowAction, on id: Identifier<Flow>) async throws(FlowServiceError) {
        let state: FlowState = action == .enable ? .enabled : .disabled
        let doing = action == .enable ? Text("resume the flow") : Text("pause the flow")
        let now = now()
        try await answering(doing) {
            try await store.write(doing) { db in
                var row = try Self.storedFlow(id, db)
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

    /// The row of a dataflow.
    static func storedFlow(_ id: Identifier<Flow>, _ db: Database) throws -> StoredFlow {
        guard let row = try StoredFlow.filter(Column("id") == id).fetchOne(db) else {
            throw FlowServiceError.notFound(what: "flow", id: id.rawValue)
        }
        return row
    }

    private static func checkAllowsChange(_ flow: Flow) throws(FlowServiceError) {
        if !flow.state.allowsChange {
            throw .wrongState(what: "flow", id: flow.id.rawValue, state: flow.state.rawValue)
        }
    }

    private func check(_ change: Flow.Change) throws(FlowServiceError) {
        if change.isEmpty { throw .invalid(field: nil, reason: Text("There is nothing to change")) }
        if let name = change.name { try checkName(name) }
        if let problem = change.schedule?.problems(now: now()).first {
            throw .invalid(field: "scheduleParams", reason: problem.text)
        }
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
                reason: Text(
                    "The flow spec “\(draft.flowSpecID)” does not go with the destination “\(target.name)”"))
        }
    }
}

extension FlowServiceError {
    /// The flow is in the middle of a run.
    static func exporting(_ flow: Identifier<Flow>) -> FlowServiceError {
        .wrongState(what: "flow", id: flow.rawValue, state: FlowState.exporting.rawValue)
    }
}
