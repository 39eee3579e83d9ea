// Dataflows (`/flows`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

extension RemoteFlowService {
    /// Makes a dataflow, enabled.
    public func createFlow(_ draft: Flow.Draft) async throws(FlowServiceError) -> Flow {
        let doing = Text("make the dataflow")
        let body = try reading(doing) { try FlowEntity(creating: draft).body() }
        let made = try await create(
            .create(doing, Self.flows, body: body, .viewDestinations, .viewDatasets, .exportDatasets),
            among: PageRequest().query("/\(Self.flows)", [.sourceConnection(draft.sourceConnectionID)])
        ) { (other: FlowEntity) in
            try other.name == draft.name && other.targetConnectionIds == [draft.targetConnectionID.rawValue]
        }
        let reference = try reading(doing) { (id: try made.require(\.id), etag: try made.etag ?? "") }
        do { return try await flow(Identifier(reference.id)) } catch {
            // It is made, whatever keeps it from being shown.
            return Flow(
                id: Identifier(reference.id), draft: draft, state: .enabled, revision: .made(reference.etag))
        }
    }

    /// One dataflow.
    public func flow(_ id: Identifier<Flow>) async throws(FlowServiceError) -> Flow {
        let call = try flow(.get, id, Text("show the dataflow"))
        let entity = try await entity(call, FlowShape.self)
        return try reading(call.doing) { try entity.flow() }
    }

    /// The dataflows that export datasets; those for audiences are left out.
    public func flows(_ request: PageRequest) async throws(FlowServiceError) -> Page<Flow> {
        let query = try request.query(
            "/\(Self.flows)", [.isDestinationFlow, .sourceSpec(Identifier(DataLakeSource.specID))])
        return try await page(.list(Text("list the dataflows"), query, .viewDestinations)) {
            (entity: FlowEntity) in try entity.flow()
        }
    }

    /// Changes a dataflow.
    public func updateFlow(
        _ id: Identifier<Flow>, _ change: Flow.Change, etag: String
    ) async throws(FlowServiceError) -> Flow {
        let doing = Text("change the dataflow")
        if change.isEmpty { throw .invalid(field: nil, reason: Text("Nothing is to be changed")) }
        let show = try flow(.get, id, doing)
        let current = try await entity(show, FlowShape.self)
        guard try reading(doing, { try current.etag }) == etag else {
            throw .changed(what: FlowShape.noun, id: id.rawValue)
        }
        let patch = try reading(doing) { try current.changes(for: change) }
        // To take away a description that there is none of changes nothing.
        if patch.operations.isEmpty { return try reading(doing) { try current.flow() } }
        var call = try flow(.patch, id, doing)
        call.body = try reading(doing) { try patch.body() }
        call.etag = etag
        try await telling(stateOf: id) { () async throws(FlowServiceError) in
            try await self.patch(call, with: patch, show: show, FlowShape.self)
        }
        return try await flow(id)
    }

    /// Removes a dataflow with its runs.
    public func deleteFlow(_ id: Identifier<Flow>) async throws(FlowServiceError) {
        let doing = Text("remove the dataflow")
        let call = try flow(.delete, id, doing)
        let show = try flow(.get, id, doing)
        try await telling(stateOf: id) { () async throws(FlowServiceError) in
            try await remove(call, show: show)
        }
    }

    /// Pauses or resumes a dataflow.
    public func perform(
        _ action: FlowAction, on id: Identifier<Flow>
    ) async throws(FlowServiceError) {
        let wanted: FlowState = action == .enable ? .enabled : .disabled
        let call = try flow(
            .post, id, action == .enable ? Text("resume the dataflow") : Text("pause the dataflow"),
            suffix: "/action?op=\(action.rawValue)")
        try await telling(stateOf: id) { () async throws(FlowServiceError) in
            try await gateway.once(call, { (_) throws(FlowServiceError) in }) {
                () async throws(FlowServiceError) -> Void? in
                try await flow(id).state == wanted ? () : nil
            }
        }
    }

    /// Does what a state may forbid; the platform says only that it does, and not which state it is.
    private func telling(
        stateOf id: Identifier<Flow>, _ operation: () async throws(FlowServiceError) -> Void
    ) async throws(FlowServiceError) {
        do {
            try await operation()
        } catch .wrongState(let what, let id, let state, let request)
            where state == FlowServiceError.unsaidState
        {
            throw .wrongState(
                what: what, id: id, state: try await flow(Identifier(id)).state.rawValue, request: request)
        }
    }

    /// The names of the dataflows that a filter lets through.
    func flowNames(
        _ filter: PropertyFilter, _ doing: Text
    ) async throws(FlowServiceError) -> [String] {
        let query = try PageRequest().query("/\(Self.flows)", [filter])
        return try await page(.list(doing, query, .viewDestinations)) { (entity: FlowEntity) in
            try entity.name ?? entity.id
        }.items
    }

    static let flows = "flows"

    func flow(
        _ method: HTTPRequest.Method, _ id: Identifier<Flow>, _ doing: Text, suffix: String = ""
    ) throws(FlowServiceError) -> PlatformCall {
        var call = try PlatformCall.entity(
            doing, method, Self.flows, id: id.rawValue, what: FlowShape.noun, suffix: suffix,
            .viewDestinations)
        if method != .get { call.permissions.append(.exportDatasets) }
        return call
    }
}
