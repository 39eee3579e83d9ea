// The datasets of dataflows (`/sourceConnections`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

enum SourceConnections {
    static let endpoints: [Endpoint] = [
        .flowService(.get, "/sourceConnections") { try await list($0).answer($0.request) },
        .flowService(.post, "/sourceConnections", body: .json) { try await create($0) },
        .flowService(.get, "/sourceConnections/*") { call in
            let connection = try await call.service.sourceConnection(call.request.id())
            return try .item(SourceConnectionEntity(connection, origin: call.origin))
        },
        .flowService(.patch, "/sourceConnections/*", body: .patch) { _ in
            throw FlowServiceError.invalid(
                field: "params",
                reason: .verbatim(
                    "A source connection stays as it was made: make another with the datasets that are meant, and have the flow take it"
                )
            )
        },
        .flowService(.delete, "/sourceConnections/*") { call in
            try await call.service.deleteSourceConnection(call.request.id())
            return .removed
        },
    ]

    private static func list(_ call: SandboxCall) -> EntityList {
        let (service, origin) = (call.service, call.origin)
        return EntityList(
            path: "/sourceConnections",
            page: {
                try await service.sourceConnections($0).json { SourceConnectionEntity($0, origin: origin) }
            },
            all: {
                try await service.allSourceConnections().map {
                    SourceConnectionEntity($0, origin: origin).json
                }
            })
    }

    private static func create(_ call: SandboxCall) async throws -> APIAnswer {
        let entity = try call.request.object(SourceConnectionEntity.self)
        let reference = try entity.require(\.connectionSpec)
        try reference.checkVersion()
        guard try reference.require(\.id) == DataLakeSource.specID else { throw SpecReference.unknown }
        let connection = try await making { try await call.service.createSourceConnection(entity.draft()) }
        return try .created("sourceConnections", id: connection.id.rawValue, etag: connection.revision.etag)
    }
}
