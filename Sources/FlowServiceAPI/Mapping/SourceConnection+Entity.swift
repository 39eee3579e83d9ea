// Source connections as entities, and back.
import ExportDomain

extension SourceConnectionEntity {
    /// The body that makes a source connection (`POST /sourceConnections`).
    public init(creating draft: SourceConnection.Draft) {
        self.init()
        set(\.name, to: draft.name)
        set(\.connectionSpec, to: SpecReference(id: DataLakeSource.specID))
        var parameters = DatasetParameters()
        parameters.set(\.datasets, to: draft.datasets.map(ChosenDataset.init))
        set(\.params, to: parameters)
    }

    /// A source connection as a platform answers it (`GET /sourceConnections/{id}`).
    public init(_ connection: SourceConnection, origin: EntityOrigin) {
        self.init(id: connection.id.rawValue, revision: connection.revision, origin: origin)
        object.members.merge(SourceConnectionEntity(creating: connection.draft).object.members) { $1 }
        set(\.state, to: FlowState.enabled.rawValue)
    }

    /// What is asked for, of a body that makes a source connection or of an answer.
    ///
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func draft() throws(WireError) -> SourceConnection.Draft {
        var datasets: [DatasetReference] = []
        for dataset in try require(\.params).require(\.datasets) {
            let id = try dataset.require(\.dataSetId)
            datasets.append(DatasetReference(id: Identifier(id), name: try dataset.name ?? id))
        }
        return SourceConnection.Draft(name: try self.name ?? "", datasets: datasets)
    }

    /// The source connection.
    ///
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func connection() throws(WireError) -> SourceConnection {
        SourceConnection(
            id: Identifier(try require(\.id)), draft: try draft(), revision: try Revision(self))
    }
}

extension ChosenDataset {
    /// Names a dataset.
    public init(_ dataset: DatasetReference) {
        self.init()
        set(\.dataSetId, to: dataset.id.rawValue)
        set(\.name, to: dataset.name)
    }
}
