// Source connections: the datasets of dataflows.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

extension EmbeddedPlatform {
    /// Makes a source connection.
    public func createSourceConnection(
        _ draft: SourceConnection.Draft
    ) async throws(FlowServiceError) -> SourceConnection {
        try checkName(draft.name)
        if draft.datasets.isEmpty {
            throw .invalid(field: "datasets", reason: Text("An export needs at least one dataset"))
        }
        if Set(draft.datasets.map(\.id)).count < draft.datasets.count {
            throw .invalid(field: "datasets", reason: Text("A dataset can be chosen only once"))
        }
        let now = now().milliseconds
        return try await answering(Text("make the source connection")) {
            try await store.write(Text("make the source connection")) { db in
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
        try await answering(Text("show the source connection")) {
            try await store.read(Text("show the source connection")) { db in
                try Self.source(id, db).entity(db)
            }
        }
    }

    /// The source connections.
    public func sourceConnections(
        _ page: PageRequest
    ) async throws(FlowServiceError) -> Page<SourceConnection> {
        try page.check()
        return try await answering(Text("list the source connections")) {
            try await store.read(Text("list the source connections")) { db in
                try page.page(db, of: StoredSourceConnection.all()).map { try $0.entity(db) }
            }
        }
    }

    /// Removes a source connection; throws `.inUse` while a dataflow has it.
    public func deleteSourceConnection(_ id: Identifier<SourceConnection>) async throws(FlowServiceError) {
        try await answering(Text("remove the source connection")) {
            try await store.write(Text("remove the source connection")) { db in
                let row = try Self.source(id, db)
                let users = try FlowQuery.using(db, source: id)
                if !users.isEmpty {
                    throw FlowServiceError.inUse(what: "source connection", name: row.name, by: users)
                }
                try row.delete(db)
            }
        }
    }

    /// The row of a source connection.
    static func source(
        _ id: Identifier<SourceConnection>, _ db: Database
    ) throws -> StoredSourceConnection {
        guard let row = try StoredSourceConnection.filter(Column("id") == id).fetchOne(db) else {
            throw FlowServiceError.notFound(what: "source connection", id: id.rawValue)
        }
        return row
    }
}
