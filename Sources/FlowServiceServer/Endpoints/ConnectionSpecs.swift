// Kinds of connection (`/connectionSpecs`): the destinations of the platform, and the data lake as their source.
import ExportDomain
import FlowServiceAPI
import HTTPTypes

enum ConnectionSpecs {
    static let endpoints: [Endpoint] = [
        .flowService(.get, "/connectionSpecs") { call in
            let entities = try await all(call.service).map(\.json)
            return try await EntityList(path: "/connectionSpecs") { entities }.answer(call.request)
        },
        .flowService(.get, "/connectionSpecs/*") { call in
            let id = call.request.id(ConnectionSpec.self).rawValue
            for entity in try await all(call.service) where try entity.id == id { return try .item(entity) }
            throw FlowServiceError.notFound(what: "connection spec", id: id)
        },
        .flowService(.get, "/connectionSpecs/*/configs") { try await ExportableDatasets.page($0) },
    ]

    private static func all(_ service: any FlowService) async throws -> [ConnectionSpecEntity] {
        let specs = try await service.connectionSpecs()
        return specs.map { ConnectionSpecEntity($0) } + [dataLake(beside: specs.first)]
    }

    /// The source of every export.
    private static func dataLake(beside spec: ConnectionSpec?) -> ConnectionSpecEntity {
        var entity = ConnectionSpecEntity(JSONObject())
        entity.set(\.id, to: DataLakeSource.specID)
        entity.set(\.name, to: "activation-datalake")
        entity.set(\.version, to: spec?.version ?? "1.0")
        return entity
    }
}
