// The datasets of a dataflow (`/sourceConnections`).
import ExportDomain

/// A source connection, which names datasets of the data lake.
public typealias SourceConnectionEntity = WireObject<SourceConnectionShape>

/// The fields of a source connection.
public struct SourceConnectionShape: EntityShape {
    /// What a person calls it.
    public static let noun = "source connection"
    /// The one value of this type.
    public static let shape = Self()

    /// The data lake.
    public let connectionSpec = Field<SpecReference>("connectionSpec")
    /// What it reads.
    public let params = Field<DatasetParameters>("params")
    /// The account of the data lake, which the platform adds.
    public let baseConnectionId = Field<String>("baseConnectionId")
}

/// What a source connection reads.
public typealias DatasetParameters = WireObject<DatasetParametersShape>

/// The fields of a selection of datasets.
public struct DatasetParametersShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "selection of datasets"
    /// The one value of this type.
    public static let shape = Self()

    /// The datasets.
    public let datasets = Field<[ChosenDataset]>("datasets")
}

/// A dataset as a source connection names it.
public typealias ChosenDataset = WireObject<ChosenDatasetShape>

/// The fields of a dataset.
public struct ChosenDatasetShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "dataset"
    /// The one value of this type.
    public static let shape = Self()

    /// The dataset's id; here, and only here, spelled with a capital S.
    public let dataSetId = Field<String>("dataSetId", or: "datasetId")
    /// The name that it had when it was chosen.
    public let name = Field<String>("name")
}
