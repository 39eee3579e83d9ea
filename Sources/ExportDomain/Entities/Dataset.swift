// A dataset of the data lake, as the list of exportable datasets shows it.
import FoundationEssentials

/// A dataset that can be exported (Flow Service, `GET /connectionSpecs/{id}/configs`).
///
/// A platform may leave out whatever is optional: absent is not zero.
public struct Dataset: Sendable, Hashable, Identifiable {
    /// The dataset's id, 24 hex digits.
    public var id: Identifier<Dataset>
    /// Its name.
    public var name: String
    /// Its description; empty if it has none.
    public var description: String
    /// Format of its files, like `json` or `parquet`.
    public var format: String?
    /// Records in all its batches.
    public var records: Int?
    /// Bytes of its files in the lake.
    public var bytes: Int?
    /// When its last batch arrived.
    public var lastBatchAt: Date?

    /// Describes a dataset.
    public init(
        id: Identifier<Dataset>, name: String, description: String = "", format: String? = nil,
        records: Int? = nil, bytes: Int? = nil, lastBatchAt: Date? = nil
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.format = format
        self.records = records
        self.bytes = bytes
        self.lastBatchAt = lastBatchAt
    }

    /// The dataset as a source connection names it.
    public var reference: DatasetReference { DatasetReference(id: id, name: name) }
}

/// A dataset as a source connection names it.
public struct DatasetReference: Sendable, Hashable, Codable, Identifiable {
    /// The dataset's id.
    public var id: Identifier<Dataset>
    /// Its name when it was chosen.
    public var name: String

    /// Names a dataset.
    public init(id: Identifier<Dataset>, name: String) {
        self.id = id
        self.name = name
    }
}
