// Runs (`/runs`): listed, shown, and asked for.
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

enum Runs {
    static let endpoints: [Endpoint] = [
        .flowService(.get, "/runs") { try await list($0) },
        .flowService(.post, "/runs", body: .json) { try await create($0) },
        .flowService(.get, "/runs/*") { try await show($0) },
        .flowService(.post, "/runs/*/action") { try await act($0) },
    ]

    /// One run, with its files where the platform tells them; lists are without them, for they may be many.
    private static func show(_ call: SandboxCall) async throws -> APIAnswer {
        let run = try await call.service.run(call.request.id())
        let flow = try await call.service.flow(run.flowID)
        var entity = RunEntity(run, of: flow, origin: call.origin)
        if let record = try await call.exports?.record(of: run.id) { try entity.set(record) }
        return try .item(entity)
    }

    /// The runs of the dataflows that a filter names; of all where none does.
    private static func list(_ call: SandboxCall) async throws -> APIAnswer {
        var query = try ListQuery(path: "/runs", items: call.request.target.query)
        if let token = query.continuationToken {
            query.filters = try ContinuationToken(token, path: query.path).filters
        }
        let named = query.filters.first { $0.path.text == "flowId" && $0.comparison == .equal }
        guard let named else {
            return try await all(of: { try await call.service.allFlows() }, call).answer(query)
        }
        let ids = named.values.map { Identifier<Flow>($0) }
        if ids.count == 1, let id = ids.first {
            return try await runs(of: try await call.service.flow(id), call).answer(query)
        }
        let flows = try await call.service.allFlows().filter { ids.contains($0.id) }
        return try await all(of: { flows }, call).answer(query)
    }

    private static func runs(of flow: Flow, _ call: SandboxCall) -> EntityList {
        var list = EntityList(path: "/runs") {
            try await call.service.allRuns(of: flow.id).map {
                RunEntity($0, of: flow, origin: call.origin).json
            }
        }
        list.implied = .flow(flow.id)
        list.page = { request in
            try await call.service.runs(of: flow.id, request).json {
                RunEntity($0, of: flow, origin: call.origin)
            }
        }
        return list
    }

    private static func all(
        of flows: @escaping @Sendable () async throws -> [Flow], _ call: SandboxCall
    ) -> EntityList {
        EntityList(path: "/runs") {
            var runs: [(run: FlowRun, flow: Flow)] = []
            for flow in try await flows() {
                runs += try await call.service.allRuns(of: flow.id).map { ($0, flow) }
            }
            return runs.sorted { $0.run.revision.createdAt > $1.run.revision.createdAt }
                .map { RunEntity($0.run, of: $0.flow, origin: call.origin).json }
        }
    }

    /// Runs a dataflow again that is scheduled once.
    private static func create(_ call: SandboxCall) async throws -> APIAnswer {
        let body = try JSONObject(JSONValue(reading: call.request.body, as: "run"), at: JSONPlace("run"))
        guard let id = body["flowId"]?.text, !id.isEmpty else {
            throw Refusal(ErrorBody(code: .emptyFlowID, message: "flowId says which flow is to run."))
        }
        let flow = try await making { try await call.service.flow(Identifier(id)) }
        guard flow.draft.schedule.frequency == .once else {
            throw FlowServiceError.invalid(
                field: "flowId", reason: .verbatim("Only a flow that is scheduled once can be run this way"))
        }
        let source = try await call.service.sourceConnection(flow.draft.sourceConnectionID)
        let runs = try await call.service.exportNow(source.draft.datasets.map(\.id), of: flow.id)
        let references = try await references(to: runs, call)
        return try APIAnswer(201, .object(["items": references.json]))
    }

    /// Exports the dataset of a run again.
    private static func act(_ call: SandboxCall) async throws -> APIAnswer {
        guard call.request.target["op"]?.uppercased() == "RE_TRIGGER" else {
            throw FlowServiceError.invalid(field: "op", reason: .verbatim("op is RE_TRIGGER"))
        }
        let run = try await call.service.run(call.request.id())
        let runs = try await call.service.exportNow([run.datasetID], of: run.flowID)
        guard let reference = try await references(to: runs, call).first else { return APIAnswer(200) }
        return try APIAnswer(reference.json)
    }

    private static func references(
        to runs: [Identifier<FlowRun>], _ call: SandboxCall
    ) async throws -> [EntityReference] {
        var references: [EntityReference] = []
        for id in runs {
            references.append(
                EntityReference(id: id.rawValue, etag: try await call.service.run(id).revision.etag))
        }
        return references
    }
}
