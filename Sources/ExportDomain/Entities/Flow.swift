// A dataflow: datasets, a destination and a schedule, joined.
import FoundationEssentials

/// A dataflow (`/flows`).
public struct Flow: Sendable, Hashable, Identifiable {
    /// A lowercase UUID; Experience Platform's user interface calls it the destination id.
    public var id: Identifier<Flow>
    /// What is asked for when it is made.
    public var draft: Draft
    /// Whether it exports.
    public var state: FlowState
    /// Its history.
    public var revision: Revision

    /// What is asked for when a dataflow is made.
    public struct Draft: Sendable, Hashable {
        /// Name of the dataflow.
        public var name: String
        /// For colleagues; empty if there is none.
        public var description: String
        /// The recipe for this kind of destination.
        public var flowSpecID: Identifier<FlowSpec>
        /// The datasets.
        public var sourceConnectionID: Identifier<SourceConnection>
        /// The location and file options.
        public var targetConnectionID: Identifier<TargetConnection>
        /// When it exports.
        public var schedule: Schedule
        /// The folders of each run.
        public var folderTemplate: FolderTemplate
        /// What becomes of records that are not JSON objects.
        ///
        /// The embedded platform's own.
        public var malformedRecords: MalformedRecords

        /// Describes a dataflow.
        public init(
            name: String, description: String = "", flowSpecID: Identifier<FlowSpec>,
            sourceConnectionID: Identifier<SourceConnection>,
            targetConnectionID: Identifier<TargetConnection>, schedule: Schedule,
            folderTemplate: FolderTemplate = .standard, malformedRecords: MalformedRecords = .fail
        ) {
            self.name = name
            self.description = description
            self.flowSpecID = flowSpecID
            self.sourceConnectionID = sourceConnectionID
            self.targetConnectionID = targetConnectionID
            self.schedule = schedule
            self.folderTemplate = folderTemplate
            self.malformedRecords = malformedRecords
        }
    }

    /// Describes a dataflow as the platform knows it.
    public init(id: Identifier<Flow>, draft: Draft, state: FlowState, revision: Revision) {
        self.id = id
        self.draft = draft
        self.state = state
        self.revision = revision
    }
}

/// Whether a dataflow exports.
///
/// Experience Platform has transitional states beside the two.
public struct FlowState: RawRepresentable, Sendable, Hashable {
    /// The state in the API's words.
    public var rawValue: String

    /// Takes a state in the API's words.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Exports by its schedule.
    public static let enabled = FlowState(rawValue: "enabled")
    /// Exports nothing.
    public static let disabled = FlowState(rawValue: "disabled")
    /// Is in the middle of a run, by the answers of the embedded platform.
    public static let exporting = FlowState(rawValue: "exporting")

    /// Whether the dataflow can be changed or removed (Flow Service, error `1416-400`).
    public var allowsChange: Bool { self == .enabled || self == .disabled }
}

/// What can be asked of a dataflow (`POST /flows/{id}/action?op=…`).
public enum FlowAction: String, Sendable, Hashable {
    /// Export by the schedule again.
    case enable
    /// Export nothing for now.
    case disable
}

/// What becomes of records that cannot be exported because they are not JSON objects.
public enum MalformedRecords: String, Sendable, Hashable, CaseIterable, Codable {
    /// The run fails, and nothing of its dataset is published.
    case fail
    /// They are left out, and the run counts them as skipped.
    case skip
}
