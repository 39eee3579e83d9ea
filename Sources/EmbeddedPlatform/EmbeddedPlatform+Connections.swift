// Destinations, accounts, source and target connections.
import ExportDomain
import FoundationEssentials
import GRDB

extension EmbeddedPlatform {
    /// The destinations that can be used today.
    public func connectionSpecs() async throws(FlowServiceError) -> [ConnectionSpec] {
        try Destinations.specs()
    }

    /// Makes an account.
    public func createConnection(
        _ draft: BaseConnection.Draft, spec: Identifier<ConnectionSpec>
    ) async throws(FlowServiceError) -> BaseConnection {
        try checkName(draft.name)
        let spec = try connectionSpec(spec)
        if draft.authentication != nil {
            throw .invalid(field: "auth", reason: "\(spec.name) takes no credentials")
        }
        let now = now().milliseconds
        return try await answering("make the account") {
            try await store.write("make the account") { db in
                var row = StoredBaseConnection(
                    id: .random(), name: draft.name, createdAt: now, updatedAt: now,
                    etag: Revision.newETag(), connectionSpecID: spec.id)
                try row.insert(db)
                return row.entity
            }
        }
    }

    /// The accounts.
    public func connections(
        _ page: PageRequest
    ) async throws(FlowServiceError) -> Page<BaseConnection> {
        try page.check()
        return try await answering("list the accounts") {
            try await store.read("list the accounts") { db in
                try page.page(db, of: StoredBaseConnection.all()).map(\.entity)
            }
        }
    }

    /// Makes a source connection.
    public func createSourceConnection(
        _ draft: SourceConnection.Draft
    ) async throws(FlowServiceError) -> SourceConnection {
        try checkName(draft.name)
        if draft.datasets.isEmpty {
            throw .invalid(field: "datasets", reason: "An export needs at least one dataset")
        }
        if Set(draft.datasets.map(\.id)).count < draft.datasets.count {
            throw .invalid(field: "datasets", reason: "A dataset can be chosen only once")
        }
        let now = now().milliseconds
        return try await answering("make the source connection") {
            try await store.write("make the source connection") { db in
                var row = StoredSourceConnection(
                    id: .random(), name: draft.name, createdAt: now, updatedAt: now,
                    etag: Revision.newETag())
                try row.insert(db)
                for (position, dataset) in draft.datasets.enumerated() {
                    if try StoredDataset.filter(Column("id") == dataset.id).isEmpty(db) {
                        throw FlowServiceError.notFound(what: "dataset", id: dataset.id.rawValue)
                    }
                    try StoredSourceDataset(
                        sourceConnectionID: row.id, position: position, datasetID: dataset.id,
                        name: dataset.name
                    ).insert(db)
                }
                return SourceConnection(id: row.id, draft: draft, revision: row.revision)
            }
        }
    }

    /// One source connection.
    public func sourceConnection(
        _ id: Identifier<SourceConnection>
    ) async throws(FlowServiceError) -> SourceConnection {
        try await answering("show the source connection") {
            try await store.read("show the source connection") { db in
                guard let found = try StoredSourceConnection.entity(db, id: id) else {
                    throw FlowServiceError.notFound(what: "source connection", id: id.rawValue)
                }
                return found
            }
        }
    }

    /// Makes a target connection.
    public func createTargetConnection(
        _ draft: TargetConnection.Draft
    ) async throws(FlowServiceError) -> TargetConnection {
        try checkName(draft.name)
        let spec = try connectionSpec(draft.connectionSpecID)
        if let problem = spec.problem(with: draft.parameters) { throw problem }
        var draft = draft
        draft.parameters = spec.targetForm.parameters(from: draft.parameters.mapValues(FormAnswer.value))
        let (chosen, now) = (draft, now().milliseconds)
        return try await answering("make the destination") {
            try await store.write("make the destination") { db in
                let base =
                    try StoredBaseConnection.filter(Column("id") == chosen.baseConnectionID).fetchOne(db)
                guard let base else {
                    throw FlowServiceError.notFound(what: "account", id: chosen.baseConnectionID.rawValue)
                }
                if base.connectionSpecID != spec.id {
                    throw FlowServiceError.invalid(
                        field: "baseConnectionId",
                        reason: "The account “\(base.name)” is not one of \(spec.name)")
                }
                var row = StoredTargetConnection(
                    id: .random(), name: chosen.name, createdAt: now, updatedAt: now,
                    etag: Revision.newETag(), description: chosen.description, connectionSpecID: spec.id,
                    baseConnectionID: base.id, parameters: try JSONValue.text(of: chosen.parameters))
                try row.insert(db)
                return try row.entity()
            }
        }
    }

    /// One target connection.
    public func targetConnection(
        _ id: Identifier<TargetConnection>
    ) async throws(FlowServiceError) -> TargetConnection {
        try await answering("show the destination") {
            try await store.read("show the destination") { db in
                guard let row = try StoredTargetConnection.filter(Column("id") == id).fetchOne(db) else {
                    throw FlowServiceError.notFound(what: "destination", id: id.rawValue)
                }
                return try row.entity()
            }
        }
    }

    /// The target connections.
    public func targetConnections(
        _ page: PageRequest
    ) async throws(FlowServiceError) -> Page<TargetConnection> {
        try page.check()
        return try await answering("list the destinations") {
            try await store.read("list the destinations") { db in
                try page.page(db, of: StoredTargetConnection.all()).map { try $0.entity() }
            }
        }
    }

    private func connectionSpec(_ id: Identifier<ConnectionSpec>) throws(FlowServiceError) -> ConnectionSpec {
        guard let spec = try Destinations.specs().first(where: { $0.id == id }) else {
            throw .notFound(what: "kind of destination", id: id.rawValue)
        }
        return spec
    }
}
