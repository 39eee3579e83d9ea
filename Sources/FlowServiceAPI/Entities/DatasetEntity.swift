// A dataset that can be exported (`/connectionSpecs/{id}/configs`).
import ExportDomain

/// An exportable dataset; most of its fields may be missing.
public typealias DatasetEntity = WireObject<DatasetShape>

/// The fields of an exportable dataset.
public struct DatasetShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "dataset"
    /// The one value of this type.
    public static let shape = Self()

    /// The dataset's id, 24 hex digits.
    public let id = Field<String>("id")
    /// Its name.
    public let name = Field<String>("name")
    /// For colleagues (`description`, which in Swift is what a value says of itself).
    public let summary = Field<String>("description")
    /// What its files are.
    public let fileDescription = Field<FileDescription>("fileDescription")
    /// When it was made.
    public let created = Field<EpochMilliseconds>("created")
    /// When it was last changed.
    public let updated = Field<EpochMilliseconds>("updated")
    /// Figures that Experience Platform does not give.
    public let extensions = Field<DatasetExtensions>("extensions")

    /// The dataset with its id, wherever it was found.
    public static func place(of object: JSONObject, at place: JSONPlace) -> JSONPlace {
        JSONPlace(noun, id: object["id"]?.text)
    }
}

/// What the files of a dataset are.
public typealias FileDescription = WireObject<FileDescriptionShape>

/// The fields of a description of files.
public struct FileDescriptionShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "description of files"
    /// The one value of this type.
    public static let shape = Self()

    /// Their format, like `parquet`.
    public let format = Field<String>("format")
    /// The format of their container.
    public let containerFormat = Field<String>("containerFormat")
    /// Whether they are kept.
    public let persisted = Field<Bool>("persisted")
}

/// What a platform says of a dataset beyond what Experience Platform does.
public typealias DatasetExtensions = WireObject<DatasetExtensionsShape>

/// The fields of further details of a dataset.
public struct DatasetExtensionsShape: ObjectShape {
    /// What a person calls them.
    public static let noun = "further details"
    /// The one value of this type.
    public static let shape = Self()

    /// Records in all batches.
    public let recordCount = Field<Int>("recordCount")
    /// Bytes of all files.
    public let byteCount = Field<Int>("byteCount")
    /// When the last batch arrived.
    public let lastBatchAt = Field<EpochMilliseconds>("lastBatchAt")
}
