// Dataflows (`/flows`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

enum Flows {
    static let endpoints: [Endpoint] = [
        .flowService(.get, "/flows") { try await list($0).answer($0.request) },
        .flowService(.post, "/flows", body: .json) { try await create($0) },
        .flowService(.post, "/flows/search", body: .json, changes: false) {
            try await Search.answer($0, list($0))
        },
        .flowService(.get, "/flows/*") { call in
            let flow = try await call.service.flow(call.request.id())
            return try .item(await entity(of: flow, call))
        },
        .flowService(.patch, "/flows/*", body: .patch) { try await change($0) },
        .flowService(.delete, "/flows/*") { call in
            try await call.service.deleteFlow(call.request.id())
            return .removed
        },
        .flowService(.post, "/flows/*/action") { try await act($0) },
    ]

    private static func list(_ call: SandboxCall) -> EntityList {
        EntityList(
            path: "/flows",
            page: { request in
                let page = try await call.service.flows(request)
                return Page(
                    items: try await entities(of: page.items, call), continuationToken: page.continuationToken
                )
            },
            all: { try await entities(of: call.service.allFlows(), call) })
    }

    private static func create(_ call: SandboxCall) async throws -> APIAnswer {
        let entity = try call.request.object(FlowEntity.self)
        if try entity.state != nil {
            throw Refusal(ErrorBody(code: .stateInCreate, message: "A flow starts enabled: leave out state."))
        }
        try entity.require(\.flowSpec).checkVersion()
        let flow = try await making { try await call.service.createFlow(entity.draft()) }
        return try .created("flows", id: flow.id.rawValue, etag: flow.revision.etag)
    }

    private static func act(_ call: SandboxCall) async throws -> APIAnswer {
        let id: Identifier<Flow> = call.request.id()
        guard let action = FlowAction(rawValue: call.request.target["op"]?.lowercased() ?? "") else {
            throw FlowServiceError.invalid(field: "op", reason: .verbatim("op is enable or disable"))
        }
        try await call.service.perform(action, on: id)
        return try .changed(id: id.rawValue, etag: try await call.service.flow(id).revision.etag)
    }

    private static func change(_ call: SandboxCall) async throws -> APIAnswer {
        let etag = try call.request.expectedETag()
        let patch = try JSONPatch(reading: call.request.body)
        try patch.check(allows: ["name", "description", "scheduleParams", "sourceConnectionIds"])
        let flow = try await call.service.flow(call.request.id())
        try flow.revision.check(etag, of: "flow", id: flow.id.rawValue)
        let current = try await entity(of: flow, call)
        let change = try current.change(by: patch.merging(into: current))
        let changed = try await making { try await call.service.updateFlow(flow.id, change, etag: etag) }
        return try .changed(id: changed.id.rawValue, etag: changed.revision.etag)
    }
}

extension Flows {
    /// A dataflow with what it repeats of its destination and of its latest run.
    private static func entity(of flow: Flow, _ call: SandboxCall) async throws -> FlowEntity {
        let target = try await call.service.targetConnection(flow.draft.targetConnectionID)
        return try await entity(of: flow, target: target, call)
    }

    /// The dataflows of a list; each destination is asked for once.
    ///
    /// Those that are removed meanwhile are left out.
    private static func entities(of flows: [Flow], _ call: SandboxCall) async throws -> [JSONValue] {
        var targets: [Identifier<TargetConnection>: TargetConnection] = [:]
        var entities: [JSONValue] = []
        for flow in flows {
            do {
                let id = flow.draft.targetConnectionID
                let target: TargetConnection
                if let known = targets[id] {
                    target = known
                } else {
                    target = try await call.service.targetConnection(id)
                }
                targets[id] = target
                entities.append(try await entity(of: flow, target: target, call).json)
            } catch FlowServiceError.notFound {
                continue
            }
        }
        return entities
    }

    private static func entity(
        of flow: Flow, target: TargetConnection, _ call: SandboxCall
    ) async throws -> FlowEntity {
        var entity = FlowEntity(flow, target: target, origin: call.origin)
        if let run = try await call.service.runs(of: flow.id, PageRequest(limit: 1)).items.first {
            var last = LastRunDetails()
            last.set(\.id, to: run.id.rawValue)
            last.set(\.state, to: run.status.word)
            last.set(\.startedAtUTC, to: run.metrics.startedAt.map(EpochMilliseconds.init))
            last.set(\.completedAtUTC, to: run.metrics.completedAt.map(EpochMilliseconds.init))
            entity.set(\.lastRunDetails, to: last)
        }
        return entity
    }
}

extension JSONPatch {
    /// The changes, with schedules that replace another taking over what they do not say: clients send a new start
    /// alone.
    fileprivate func merging(into flow: FlowEntity) -> JSONPatch {
        guard let schedule = flow.object["scheduleParams"], case .object(var current) = schedule else {
            return self
        }
        var merged = self
        for index in merged.operations.indices {
            let operation = merged.operations[index]
            // What was taken away before does not come back.
            if operation.kind == .remove, operation.path.steps.count == 2,
                operation.path.steps.first == "scheduleParams", let member = operation.path.steps.last
            {
                current[member] = nil
            }
            guard operation.path.steps == ["scheduleParams"], case .object(let new)? = operation.value else {
                continue
            }
            merged.operations[index].value = .object(current.merging(new) { $1 })
        }
        return merged
    }
}
