// Location and file options (`/targetConnections`): what a person calls a destination.
import ExportDomain
import FlowServiceAPI
import HTTPTypes

enum TargetConnections {
    static let endpoints: [Endpoint] = [
        .flowService(.get, "/targetConnections") { try await list($0).answer($0.request) },
        .flowService(.post, "/targetConnections", body: .json) { try await create($0) },
        .flowService(.get, "/targetConnections/*") { call in
            let connection = try await call.service.targetConnection(call.request.id())
            return try .item(TargetConnectionEntity(connection, origin: call.origin))
        },
        .flowService(.patch, "/targetConnections/*", body: .patch) { try await change($0) },
        .flowService(.delete, "/targetConnections/*") { call in
            try await call.service.deleteTargetConnection(call.request.id())
            return .removed
        },
    ]

    private static func list(_ call: SandboxCall) -> EntityList {
        let (service, origin) = (call.service, call.origin)
        return EntityList(
            path: "/targetConnections",
            page: {
                try await service.targetConnections($0).json { TargetConnectionEntity($0, origin: origin) }
            },
            all: {
                try await service.allTargetConnections().map {
                    TargetConnectionEntity($0, origin: origin).json
                }
            })
    }

    private static func create(_ call: SandboxCall) async throws -> APIAnswer {
        let entity = try call.request.object(TargetConnectionEntity.self)
        let reference = try entity.require(\.connectionSpec)
        try reference.checkVersion()
        _ = try await call.service.spec(reference)
        let connection = try await making { try await call.service.createTargetConnection(entity.draft()) }
        return try .created("targetConnections", id: connection.id.rawValue, etag: connection.revision.etag)
    }

    private static func change(_ call: SandboxCall) async throws -> APIAnswer {
        let etag = try call.request.expectedETag()
        let patch = try JSONPatch(reading: call.request.body)
        try patch.check(allows: ["name", "description", "params", "baseConnectionId"])
        let connection = try await call.service.targetConnection(call.request.id())
        try connection.revision.check(etag, of: "destination", id: connection.id.rawValue)
        let draft = try patch.applied(to: TargetConnectionEntity(connection, origin: call.origin)).draft()
        let changed = try await making {
            try await call.service.updateTargetConnection(connection.id, to: draft, etag: etag)
        }
        return try .changed(id: changed.id.rawValue, etag: changed.revision.etag)
    }
}
