// The rows of base, source and target connections.
import ExportDomain
import FoundationEssentials
import GRDB

/// An account, without its secrets.
struct StoredBaseConnection: Codable, Sendable, Revised, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "baseConnection"

    var sequence: Int64?
    var id: Identifier<BaseConnection>
    var name: String
    var createdAt: Int64
    var updatedAt: Int64
    var etag: String
    var connectionSpecID: Identifier<ConnectionSpec>
    /// The way to sign in; nil where there are no credentials.
    var authSpec: String?
    /// What of the credentials may be shown, a JSON object.
    var parameters: String

    func entity(_ db: Database) throws -> BaseConnection {
        let authentication = try authSpec.map { specName in
            BaseConnection.Authentication(
                specName: specName,
                answers: try JSONValue.object(from: parameters).mapValues(FormAnswer.value),
                storedSecrets: try StoredSecret.fields(db, of: id))
        }
        return BaseConnection(
            id: id, connectionSpecID: connectionSpecID,
            draft: BaseConnection.Draft(name: name, authentication: authentication), revision: revision)
    }
}

/// A source connection, without its datasets.
struct StoredSourceConnection: Codable, Sendable, Revised, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "sourceConnection"

    var sequence: Int64?
    var id: Identifier<SourceConnection>
    var name: String
    var createdAt: Int64
    var updatedAt: Int64
    var etag: String
}

/// A dataset of a source connection.
struct StoredSourceDataset: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "sourceConnectionDataset"

    var sourceConnectionID: Identifier<SourceConnection>
    var position: Int
    var datasetID: Identifier<Dataset>
    var name: String
}

/// A target connection.
struct StoredTargetConnection: Codable, Sendable, Revised, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "targetConnection"

    var sequence: Int64?
    var id: Identifier<TargetConnection>
    var name: String
    var createdAt: Int64
    var updatedAt: Int64
    var etag: String
    var description: String
    var connectionSpecID: Identifier<ConnectionSpec>
    var baseConnectionID: Identifier<BaseConnection>
    /// A JSON object.
    var parameters: String

    func entity() throws -> TargetConnection {
        TargetConnection(
            id: id,
            draft: TargetConnection.Draft(
                name: name, description: description, connectionSpecID: connectionSpecID,
                baseConnectionID: baseConnectionID, parameters: try JSONValue.object(from: parameters)),
            revision: revision)
    }
}

extension StoredSourceConnection {
    /// The source connection with its datasets.
    func entity(_ db: Database) throws -> SourceConnection {
        let datasets =
            try StoredSourceDataset
            .filter(Column("sourceConnectionID") == id).order(Column("position")).fetchAll(db)
        return SourceConnection(
            id: id,
            draft: SourceConnection.Draft(
                name: name, datasets: datasets.map { DatasetReference(id: $0.datasetID, name: $0.name) }),
            revision: revision)
    }
}
