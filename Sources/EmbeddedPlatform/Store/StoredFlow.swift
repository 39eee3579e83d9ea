// The rows of dataflows, and of what they have missed; a schedule is kept as the API's `scheduleParams` have it.
import ExportDomain
import FoundationEssentials
import GRDB

/// A dataflow.
struct StoredFlow: Codable, Sendable, Revised, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "flow"

    var sequence: Int64?
    var id: Identifier<Flow>
    var name: String
    var createdAt: Int64
    var updatedAt: Int64
    var etag: String
    var description: String
    var flowSpecID: Identifier<FlowSpec>
    var sourceConnectionID: Identifier<SourceConnection>
    var targetConnectionID: Identifier<TargetConnection>
    var exportMode: String
    /// `hour` or `day`.
    var timeUnit: String
    /// So many units between two occurrences; 0 for one time only.
    var interval: Int
    /// Seconds since 1970.
    var startTime: Int64
    /// Seconds since 1970.
    var endTime: Int64?
    var missedOccurrences: String
    var folderTemplate: String
    var malformedRecords: String
    var state: String

    init(id: Identifier<Flow>, draft: Flow.Draft, now: Date) {
        self.id = id
        name = draft.name
        createdAt = now.milliseconds
        updatedAt = now.milliseconds
        etag = Revision.newETag()
        description = draft.description
        flowSpecID = draft.flowSpecID
        sourceConnectionID = draft.sourceConnectionID
        targetConnectionID = draft.targetConnectionID
        exportMode = draft.schedule.mode.rawValue
        (timeUnit, interval) =
            switch draft.schedule.frequency {
            case .once: ("day", 0)
            case .daily: ("day", 1)
            case .hourly(let hours): ("hour", hours)
            }
        startTime = draft.schedule.start.seconds
        endTime = draft.schedule.end?.seconds
        missedOccurrences = draft.schedule.missed.rawValue
        folderTemplate = draft.folderTemplate.text
        malformedRecords = draft.malformedRecords.rawValue
        state = FlowState.enabled.rawValue
    }

    /// The same dataflow as another draft describes it.
    func changed(to draft: Flow.Draft, now: Date) -> StoredFlow {
        var changed = StoredFlow(id: id, draft: draft, now: now)
        changed.sequence = sequence
        changed.createdAt = createdAt
        changed.state = state
        return changed
    }

    func entity() throws -> Flow {
        Flow(
            id: id,
            draft: Flow.Draft(
                name: name, description: description, flowSpecID: flowSpecID,
                sourceConnectionID: sourceConnectionID, targetConnectionID: targetConnectionID,
                schedule: schedule, folderTemplate: try FolderTemplate(folderTemplate),
                malformedRecords: MalformedRecords(rawValue: malformedRecords) ?? .fail),
            state: FlowState(rawValue: state), revision: revision)
    }

    private var schedule: Schedule {
        let frequency: ExportFrequency =
            if interval == 0 { .once } else if timeUnit == "hour" { .hourly(every: interval) } else { .daily }
        return Schedule(
            mode: ExportMode(rawValue: exportMode) ?? .incremental, frequency: frequency,
            start: Date(seconds: startTime), end: endTime.map(Date.init(seconds:)),
            missed: MissedOccurrences(rawValue: missedOccurrences) ?? .catchUp)
    }
}

/// An occurrence of a dataflow's schedule at which nothing ran.
struct StoredMissedOccurrence: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "missedOccurrence"

    var flowID: Identifier<Flow>
    /// Seconds since 1970.
    var scheduledTime: Int64
    /// Milliseconds since 1970.
    var noticedAt: Int64
}
