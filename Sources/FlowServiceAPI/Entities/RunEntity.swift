// A run of a dataflow (`/runs`).
import ExportDomain

/// A run: one dataset at one time, with what came of it.
public typealias RunEntity = WireObject<RunShape>

/// The fields of a run.
public struct RunShape: EntityShape {
    /// What a person calls it.
    public static let noun = "run"
    /// The one value of this type.
    public static let shape = Self()

    /// The dataflow.
    public let flowId = Field<String>("flowId")
    /// The recipe of the dataflow.
    public let flowSpec = Field<SpecReference>("flowSpec")
    /// The platform's own name for the work.
    public let providerRefId = Field<String>("providerRefId")
    /// What was read and written.
    public let metrics = Field<RunMetrics>("metrics")
    /// The steps, each with figures of its own.
    public let activities = Field<[RunActivity]>("activities", or: "activites")
}

/// A step of a run.
public typealias RunActivity = WireObject<RunActivityShape>

/// The fields of an activity.
public struct RunActivityShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "activity"
    /// The one value of this type.
    public static let shape = Self()

    /// A UUID.
    public let id = Field<String>("id")
    /// What it does.
    public let name = Field<String>("name")
    /// When it was changed last; 0 where that was not noted.
    public let updatedAtUTC = Field<EpochMilliseconds>("updatedAtUTC")
    /// Begin and end.
    public let durationSummary = Field<DurationSummary>("durationSummary")
    /// Bytes.
    public let sizeSummary = Field<SizeSummary>("sizeSummary")
    /// Records.
    public let recordSummary = Field<RecordSummary>("recordSummary")
    /// Files.
    public let fileSummary = Field<FileSummary>("fileSummary")
    /// How it stands.
    public let statusSummary = Field<StatusSummary>("statusSummary")
}
