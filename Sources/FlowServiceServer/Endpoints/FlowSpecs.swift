// Recipes for dataflows (`/flowSpecs`): one for each kind of destination.
import ExportDomain
import FlowServiceAPI
import HTTPTypes

enum FlowSpecs {
    static let endpoints: [Endpoint] = [
        .flowService(.get, "/flowSpecs") { call in
            let entities = try await all(call.service).map(\.json)
            return try await EntityList(path: "/flowSpecs") { entities }.answer(call.request)
        },
        .flowService(.get, "/flowSpecs/*") { call in
            let id = call.request.id(FlowSpec.self).rawValue
            for entity in try await all(call.service) where try entity.id == id { return try .item(entity) }
            throw FlowServiceError.notFound(what: "flow spec", id: id)
        },
    ]

    private static func all(_ service: any FlowService) async throws -> [FlowSpecEntity] {
        try await service.connectionSpecs().map { FlowSpecEntity(exportingTo: $0) }
    }
}
