// Source connections (`/sourceConnections`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

extension RemoteFlowService {
    /// Makes a source connection.
    public func createSourceConnection(
        _ draft: SourceConnection.Draft
    ) async throws(FlowServiceError) -> SourceConnection {
        let doing = Text("choose the datasets")
        let entity = SourceConnectionEntity(creating: draft)
        let body = try reading(doing) { try entity.body() }
        let lake: Identifier<ConnectionSpec> = Identifier(DataLakeSource.specID)
        let made = try await create(
            .create(doing, Self.sources, body: body, .viewDestinations, .exportDatasets),
            among: PageRequest().query("/\(Self.sources)", [.connectionSpecs([lake])])
        ) { (other: SourceConnectionEntity) in try other.draft() == draft }
        let reference = try reading(doing) { (id: try made.require(\.id), etag: try made.etag ?? "") }
        do { return try await sourceConnection(Identifier(reference.id)) } catch {
            // It is made, whatever keeps it from being shown.
            return SourceConnection(
                id: Identifier(reference.id), draft: draft, revision: .made(reference.etag))
        }
    }

    /// One source connection.
    public func sourceConnection(
        _ id: Identifier<SourceConnection>
    ) async throws(FlowServiceError) -> SourceConnection {
        let call = try source(.get, id, Text("show the datasets of the dataflow"))
        let entity = try await entity(call, SourceConnectionShape.self)
        return try reading(call.doing) { try entity.connection() }
    }

    /// Removes a source connection.
    public func deleteSourceConnection(_ id: Identifier<SourceConnection>) async throws(FlowServiceError) {
        let doing = Text("remove the source connection")
        do {
            try await remove(try source(.delete, id, doing), show: try source(.get, id, doing))
        } catch .inUse(let what, _, let users, let request) where users.isEmpty {
            let connection = try await sourceConnection(id)
            throw .inUse(
                what: what, name: connection.draft.name,
                by: try await flowNames(.sourceConnection(id), doing),
                request: request)
        }
    }

    /// The source connections that read from the data lake.
    public func sourceConnections(
        _ request: PageRequest
    ) async throws(FlowServiceError) -> Page<SourceConnection> {
        let query = try request.query(
            "/\(Self.sources)", [.connectionSpecs([Identifier(DataLakeSource.specID)])])
        return try await page(.list(Text("list the source connections"), query, .viewDestinations)) {
            (entity: SourceConnectionEntity) in try entity.connection()
        }
    }

    private static let sources = "sourceConnections"

    private func source(
        _ method: HTTPRequest.Method, _ id: Identifier<SourceConnection>, _ doing: Text
    ) throws(FlowServiceError) -> PlatformCall {
        try .entity(
            doing, method, Self.sources, id: id.rawValue, what: SourceConnectionShape.noun, .viewDestinations)
    }
}
