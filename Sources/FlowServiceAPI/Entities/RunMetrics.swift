// The figures of a run. Whatever is absent is not known, which is not zero.
import ExportDomain

/// What a run has read and written.
public typealias RunMetrics = WireObject<RunMetricsShape>

/// The fields of metrics.
public struct RunMetricsShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "metrics"
    /// The one value of this type.
    public static let shape = Self()

    /// Begin and end.
    public let durationSummary = Field<DurationSummary>("durationSummary")
    /// Bytes.
    public let sizeSummary = Field<SizeSummary>("sizeSummary")
    /// Records.
    public let recordSummary = Field<RecordSummary>("recordSummary")
    /// Files.
    public let fileSummary = Field<FileSummary>("fileSummary")
    /// How it stands; absent while it is under way.
    public let statusSummary = Field<StatusSummary>("statusSummary")
}

/// When a run began and ended.
public typealias DurationSummary = WireObject<DurationSummaryShape>

/// The fields of a duration.
public struct DurationSummaryShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "duration"
    /// The one value of this type.
    public static let shape = Self()

    /// The begin.
    public let startedAtUTC = Field<EpochMilliseconds>("startedAtUTC")
    /// The end, under the name of the samples or that of the schema.
    public let completedAtUTC = Field<EpochMilliseconds>("completedAtUTC", or: "stoppedAtUTC")
    /// Further details.
    public let extensions = Field<RunExtensions>("extensions")
}

/// How many bytes a run has moved.
public typealias SizeSummary = WireObject<SizeSummaryShape>

/// The fields of sizes.
public struct SizeSummaryShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "sizes"
    /// The one value of this type.
    public static let shape = Self()

    /// Bytes read.
    public let inputBytes = Field<Int>("inputBytes")
    /// Bytes written.
    public let outputBytes = Field<Int>("outputBytes")
    /// Further details.
    public let extensions = Field<RunExtensions>("extensions")
}

/// How many records a run has moved.
public typealias RecordSummary = WireObject<RecordSummaryShape>

/// The fields of record counts.
public struct RecordSummaryShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "record counts"
    /// The one value of this type.
    public static let shape = Self()

    /// Records read.
    public let inputRecordCount = Field<Int>("inputRecordCount")
    /// Records made in the target.
    public let createdRecordCount = Field<Int>("createdRecordCount")
    /// Records written.
    public let outputRecordCount = Field<Int>("outputRecordCount")
    /// Records left out.
    public let skippedRecordCount = Field<Int>("skippedRecordCount")
    /// Records that could not be written.
    public let failedRecordCount = Field<Int>("failedRecordCount")
    /// The same by source connection.
    public let sourceSummaries = Field<[ConnectionSummary]>("sourceSummaries")
    /// The same by target connection.
    public let targetSummaries = Field<[ConnectionSummary]>("targetSummaries")
    /// What failed.
    public let failedInfo = Field<[RunInfo]>("failedInfo")
    /// What was left out.
    public let skippedInfo = Field<[RunInfo]>("skippedInfo")
}

/// The records of one connection, or of one entity within it.
public typealias ConnectionSummary = WireObject<ConnectionSummaryShape>

/// The fields of record counts of a connection.
public struct ConnectionSummaryShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "record counts of a connection"
    /// The one value of this type.
    public static let shape = Self()

    /// The connection's id; of an entity, `dataset:` and the dataset's.
    public let id = Field<String>("id")
    /// Records read.
    public let inputRecordCount = Field<Int>("inputRecordCount")
    /// Records written.
    public let outputRecordCount = Field<Int>("outputRecordCount")
    /// The same by entity.
    public let entitySummaries = Field<[JSONObject]>("entitySummaries")
}

/// How many files a run has moved.
public typealias FileSummary = WireObject<FileSummaryShape>

/// The fields of file counts.
public struct FileSummaryShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "file counts"
    /// The one value of this type.
    public static let shape = Self()

    /// Files to be written.
    public let inputFileCount = Field<Int>("inputFileCount")
    /// Files written.
    public let outputFileCount = Field<Int>("outputFileCount")
    /// Files by their paths, in lists that each have a name (`FileManifest` of Adobe's description).
    public let manifest = Field<JSONObject>("manifest")
    /// Further details.
    public let extensions = Field<FileExtensions>("extensions")
}

/// What a platform says of a run's files beyond what Experience Platform does.
public typealias FileExtensions = WireObject<FileExtensionsShape>

/// The fields of further details of files.
public struct FileExtensionsShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "further details of files"
    /// The one value of this type.
    public static let shape = Self()

    /// The run's folder in the storage.
    public let folder = Field<String>("folder")
    /// The name of its manifest in the folder; absent where it has none.
    public let manifestName = Field<String>("manifestName")
    /// The files that it has written.
    public let files = Field<[RunFileEntity]>("files")
    /// The names of files in the folder that other runs wrote.
    public let otherNames = Field<[String]>("otherNames")
}

/// A file that a run has written.
public typealias RunFileEntity = WireObject<RunFileShape>

/// The fields of a file.
public struct RunFileShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "file of a run"
    /// The one value of this type.
    public static let shape = Self()

    /// Its name in the run's folder.
    public let name = Field<String>("name")
    /// Its size.
    public let bytes = Field<Int>("bytes")
    /// Records in it.
    public let records = Field<Int>("records")
    /// The SHA-256 of its bytes, in lowercase hex.
    public let sha256 = Field<String>("sha256")
}

/// How a run stands.
public typealias StatusSummary = WireObject<StatusSummaryShape>

/// The fields of a status.
public struct StatusSummaryShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "status"
    /// The one value of this type.
    public static let shape = Self()

    /// `success`, `failed` and the like, in any case.
    public let status = Field<String>("status")
    /// Why it failed.
    public let errors = Field<[RunInfo]>("errors")
    /// The steps that it speaks of.
    public let activityRefs = Field<[String]>("activityRefs")
}

/// Something that a run says about records or about itself.
public typealias RunInfo = WireObject<RunInfoShape>

/// The fields of a message of a run.
public struct RunInfoShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "message of a run"
    /// The one value of this type.
    public static let shape = Self()

    /// A code to search for.
    public let code = Field<String>("code")
    /// The message.
    public let message = Field<String>("message")
    /// How many records it is about.
    public let count = Field<Int>("count")
}

extension RunInfo {
    /// Puts a message together.
    public init(code: String, message: String, count: Int? = nil) {
        self.init()
        set(\.code, to: code)
        set(\.message, to: message)
        set(\.count, to: count)
    }
}

/// What a platform says of a run beyond what Experience Platform does.
public typealias RunExtensions = WireObject<RunExtensionsShape>

/// The fields of further details.
public struct RunExtensionsShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "further details"
    /// The one value of this type.
    public static let shape = Self()

    /// The occurrence of the schedule (in a duration).
    public let scheduledAtUTC = Field<EpochMilliseconds>("scheduledAtUTC")
    /// Bytes to be read in all (in sizes).
    public let plannedInputBytes = Field<Int>("plannedInputBytes")
}
