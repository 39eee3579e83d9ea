// Target connections (`/targetConnections`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

extension RemoteFlowService {
    /// Makes a target connection.
    public func createTargetConnection(
        _ draft: TargetConnection.Draft
    ) async throws(FlowServiceError) -> TargetConnection {
        let doing = Text("make the destination")
        guard try await kinds.kind(draft.connectionSpecID) != nil else {
            throw .notFound(what: "kind of destination", id: draft.connectionSpecID.rawValue)
        }
        let body = try reading(doing) { try TargetConnectionEntity(creating: draft).body() }
        let made = try await create(
            .create(doing, Self.targets, body: body, .viewDestinations, .exportDatasets),
            among: PageRequest().query("/\(Self.targets)", [.baseConnection(draft.baseConnectionID)])
        ) { (other: TargetConnectionEntity) in
            // A platform may add parameters of its own.
            let found = try other.draft()
            return found.name == draft.name
                && found.parameters.merging(draft.parameters) { $1 } == found.parameters
        }
        let reference = try reading(doing) { (id: try made.require(\.id), etag: try made.etag ?? "") }
        do { return try await targetConnection(Identifier(reference.id)) } catch {
            // It is made, whatever keeps it from being shown.
            return TargetConnection(
                id: Identifier(reference.id), draft: draft, revision: .made(reference.etag))
        }
    }

    /// One target connection.
    public func targetConnection(
        _ id: Identifier<TargetConnection>
    ) async throws(FlowServiceError) -> TargetConnection {
        let call = try target(.get, id, Text("show the destination"))
        let entity = try await entity(call, TargetConnectionShape.self)
        return try reading(call.doing) { try entity.connection() }
    }

    /// Changes a target connection.
    public func updateTargetConnection(
        _ id: Identifier<TargetConnection>, to draft: TargetConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> TargetConnection {
        let doing = Text("change the destination")
        let show = try target(.get, id, doing)
        let current = try await entity(show, TargetConnectionShape.self)
        let found = try reading(doing) { (etag: try current.etag, connection: try current.connection()) }
        guard found.etag == etag else {
            throw .changed(what: TargetConnectionShape.noun, id: id.rawValue)
        }
        let kind = try await kinds.kind(found.connection.draft.connectionSpecID)
        if draft.connectionSpecID != found.connection.draft.connectionSpecID {
            throw .invalid(
                field: "connectionSpec.id",
                reason: Text("A destination stays what it is: make a new one of the other kind"))
        }
        let known = Set(kind?.targetSpec.spec.properties.keys.map { $0 } ?? [])
        let patch = try reading(doing) { try current.changes(to: draft, known: known) }
        if patch.operations.isEmpty { return found.connection }
        var call = try target(.patch, id, doing)
        call.body = try reading(doing) { try patch.body() }
        call.etag = etag
        try await self.patch(call, with: patch, show: show, TargetConnectionShape.self)
        return try await targetConnection(id)
    }

    /// Removes a target connection.
    public func deleteTargetConnection(_ id: Identifier<TargetConnection>) async throws(FlowServiceError) {
        let doing = Text("remove the destination")
        do {
            try await remove(try target(.delete, id, doing), show: try target(.get, id, doing))
        } catch .inUse(let what, _, let users, let request) where users.isEmpty {
            let connection = try await targetConnection(id)
            throw .inUse(
                what: what, name: connection.draft.name,
                by: try await flowNames(.targetConnection(id), doing),
                request: request)
        }
    }

    /// The target connections that take datasets; those for audiences are left out.
    public func targetConnections(
        _ request: PageRequest
    ) async throws(FlowServiceError) -> Page<TargetConnection> {
        let query = try request.query("/\(Self.targets)", [.connectionSpecs(try await kinds.ids())])
        return try await page(.list(Text("list the destinations"), query, .viewDestinations)) {
            (entity: TargetConnectionEntity) in
            try entity.takesDatasets ? try entity.connection() : nil
        }
    }

    private static let targets = "targetConnections"

    private func target(
        _ method: HTTPRequest.Method, _ id: Identifier<TargetConnection>, _ doing: Text
    ) throws(FlowServiceError) -> PlatformCall {
        var call = try PlatformCall.entity(
            doing, method, Self.targets, id: id.rawValue, what: TargetConnectionShape.noun, .viewDestinations)
        if method != .get { call.permissions.append(.manageDestinations) }
        return call
    }
}
