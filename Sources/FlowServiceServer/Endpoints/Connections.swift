// Accounts (`/connections`). Their secrets come in and never go out.
import ExportDomain
import FlowServiceAPI
import HTTPTypes

enum Connections {
    static let endpoints: [Endpoint] = [
        .flowService(.get, "/connections") { try await list($0).answer($0.request) },
        .flowService(.post, "/connections", body: .json) { try await create($0) },
        .flowService(.post, "/connections/search", body: .json, changes: false) {
            try await Search.answer($0, list($0))
        },
        .flowService(.get, "/connections/*") { call in
            let account = try await call.service.connection(call.request.id())
            return try .item(BaseConnectionEntity(account, origin: call.origin))
        },
        .flowService(.patch, "/connections/*", body: .patch) { try await change($0) },
        .flowService(.delete, "/connections/*") { call in
            try await call.service.deleteConnection(call.request.id())
            return .removed
        },
        .flowService(.get, "/connections/*/test") { try await test($0) },
    ]

    private static func list(_ call: SandboxCall) -> EntityList {
        let (service, origin) = (call.service, call.origin)
        return EntityList(
            path: "/connections",
            page: { try await service.connections($0).json { BaseConnectionEntity($0, origin: origin) } },
            all: { try await service.allConnections().map { BaseConnectionEntity($0, origin: origin).json } })
    }

    private static func create(_ call: SandboxCall) async throws -> APIAnswer {
        let entity = try call.request.object(BaseConnectionEntity.self)
        let reference = try entity.require(\.connectionSpec)
        try reference.checkVersion()
        let spec = try await call.service.spec(reference)
        if let name = try entity.auth?.specName, spec.authenticationForm(name) == nil {
            throw Refusal(
                ErrorBody(
                    code: .unknownAuthSpec,
                    message: "\(spec.name) has no such way to sign in; auth.specName says which."))
        }
        let account = try await making {
            try await call.service.createConnection(entity.draft(spec: spec), spec: spec.id)
        }
        return try .created("connections", id: account.id.rawValue, etag: account.revision.etag)
    }

    private static func change(_ call: SandboxCall) async throws -> APIAnswer {
        let etag = try call.request.expectedETag()
        let patch = try JSONPatch(reading: call.request.body)
        try patch.check(allows: ["name", "auth"])
        let account = try await call.service.connection(call.request.id())
        try account.revision.check(etag, of: "account", id: account.id.rawValue)
        let spec = try await call.service.connectionSpecs().first { $0.id == account.connectionSpecID }
        let draft = try BaseConnectionEntity(account, origin: call.origin).draft(changedBy: patch, spec: spec)
        let changed = try await call.service.updateConnection(account.id, to: draft, etag: etag)
        return try .changed(id: changed.id.rawValue, etag: changed.revision.etag)
    }

    /// Signs in.
    ///
    /// That the other side refuses is an answer and no error; it says why beside the result.
    private static func test(_ call: SandboxCall) async throws -> APIAnswer {
        var answer = ConnectionTestAnswer()
        do {
            try await call.service.testConnection(call.request.id())
            answer.set(\.result, to: true)
        } catch {
            guard case .refused = error else { throw error }
            answer.set(\.result, to: false)
            if case .object(let reason) = ErrorBody(error).json(status: 200) {
                answer.object.members.merge(reason) { own, _ in own }
            }
        }
        return try APIAnswer(answer.json)
    }
}
