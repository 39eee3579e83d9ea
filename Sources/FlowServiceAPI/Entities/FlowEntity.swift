// The dataflow (`/flows`).
import ExportDomain

/// A dataflow: datasets, a destination and a schedule, joined.
public typealias FlowEntity = WireObject<FlowShape>

/// The fields of a flow.
public struct FlowShape: EntityShape {
    /// What a person calls it.
    public static let noun = "flow"
    /// The one value of this type.
    public static let shape = Self()

    /// The recipe for this kind of destination.
    public let flowSpec = Field<SpecReference>("flowSpec")
    /// Exactly one source connection.
    public let sourceConnectionIds = Field<[String]>("sourceConnectionIds")
    /// Exactly one target connection.
    public let targetConnectionIds = Field<[String]>("targetConnectionIds")
    /// Empty for exports of datasets.
    public let transformations = Field<[Transformation]>("transformations")
    /// When, how and where it exports.
    public let scheduleParams = Field<ScheduleParameters>("scheduleParams")
    /// What the platform repeats of its connections.
    public let inheritedAttributes = Field<InheritedAttributes>("inheritedAttributes")
    /// Where its runs are, relative to the base of the API.
    public let runs = Field<String>("runs")
    /// What was done to it last.
    public let lastOperation = Field<LastOperation>("lastOperation")
    /// Its latest run.
    public let lastRunDetails = Field<LastRunDetails>("lastRunDetails")
}

/// A step between source and target.
public typealias Transformation = WireObject<TransformationShape>

/// The fields of a transformation.
public struct TransformationShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "transformation"
    /// The one value of this type.
    public static let shape = Self()

    /// What kind of step it is.
    public let name = Field<String>("name")
    /// Its settings.
    public let params = Field<JSONObject>("params")
}

/// When, how and where to a dataflow exports (`scheduleParams`).
public typealias ScheduleParameters = WireObject<ScheduleParametersShape>

/// The fields of a schedule.
public struct ScheduleParametersShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "schedule"
    /// The one value of this type.
    public static let shape = Self()

    /// `FIRST_FULL_THEN_INCREMENTAL` or `DAILY_FULL_EXPORT`; absent in old dataflows, which are incremental.
    public let exportMode = Field<String>("exportMode")
    /// `hour` or `day`.
    public let timeUnit = Field<String>("timeUnit")
    /// How many units lie between two runs; 0 for once.
    public let interval = Field<Int>("interval")
    /// The first run.
    public let startTime = Field<EpochSeconds>("startTime")
    /// The end.
    public let endTime = Field<EpochSeconds>("endTime")
    /// What becomes of missed occurrences, `catch-up` or `skip`; Experience Platform has no such member.
    public let missedOccurrences = Field<String>("missedOccurrences")
    /// The folders of a run: written as Experience Platform's tutorials do, read as its reference does too.
    public let foldernameTemplate = Field<String>("foldernameTemplate", or: "folderNameTemplate")
}

/// What was done to a dataflow last.
public typealias LastOperation = WireObject<LastOperationShape>

/// The fields of the last operation.
public struct LastOperationShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "last operation"
    /// The one value of this type.
    public static let shape = Self()

    /// `create`, `update` and the like.
    public let operation = Field<String>("operation")
    /// When it began.
    public let started = Field<EpochMilliseconds>("started")
    /// When it went on last.
    public let updated = Field<EpochMilliseconds>("updated")
    /// How far it has come.
    public let percentCompleted = Field<JSONValue>("percentCompleted")
    /// How it stands: `value`, `properties`, `errors`.
    public let status = Field<OperationStatus>("status")
    /// What was asked for.
    public let ops = Field<[JSONObject]>("ops")
}

/// How an operation stands.
public typealias OperationStatus = WireObject<OperationStatusShape>

/// The fields of a status of an operation.
public struct OperationStatusShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "status of an operation"
    /// The one value of this type.
    public static let shape = Self()

    /// `completed` and the like, in any case.
    public let value = Field<String>("value")
    /// What went wrong.
    public let errors = Field<[RunInfo]>("errors")
}

/// The latest run of a dataflow.
public typealias LastRunDetails = WireObject<LastRunDetailsShape>

/// The fields of the last run.
public struct LastRunDetailsShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "last run"
    /// The one value of this type.
    public static let shape = Self()

    /// The run's id.
    public let id = Field<String>("id")
    /// How it ended.
    public let state = Field<String>("state")
    /// When it started.
    public let startedAtUTC = Field<EpochMilliseconds>("startedAtUTC")
    /// When it ended.
    public let completedAtUTC = Field<EpochMilliseconds>("completedAtUTC")
}
