// What a platform's exports have come to, for whoever watches over them.
import FoundationEssentials

/// A platform that tells what its exports have come to.
public protocol MeasuredExports: Sendable {
    /// The figures as they are now.
    func figures() async throws(FlowServiceError) -> ExportFigures
}

/// What a platform's exports have come to.
public struct ExportFigures: Sendable, Hashable {
    /// By dataflow, in the order in which they were made.
    public var flows: [OfFlow]

    /// Takes figures.
    public init(flows: [OfFlow]) { self.flows = flows }

    /// The figures of a dataflow.
    public struct OfFlow: Sendable, Hashable {
        /// Its id.
        public var id: Identifier<Flow>
        /// Its name.
        public var name: String
        /// Whether it exports by its schedule.
        public var isEnabled: Bool
        /// When it exports next; nil where it does not any more.
        public var nextOccurrence: Date?
        /// Its end date; nil where it has none.
        public var end: Date?
        /// Commands that have told what came of it, and ended well.
        public var sentNotifications = 0
        /// Commands that have not ended well.
        public var failedNotifications = 0
        /// What is yet to be told.
        public var waitingNotifications = 0
        /// By dataset.
        public var datasets: [OfDataset] = []

        /// Describes a dataflow without runs.
        public init(id: Identifier<Flow>, name: String, isEnabled: Bool, nextOccurrence: Date?, end: Date?) {
            self.id = id
            self.name = name
            self.isEnabled = isEnabled
            self.nextOccurrence = nextOccurrence
            self.end = end
        }
    }

    /// The figures of a dataset in a dataflow.
    public struct OfDataset: Sendable, Hashable {
        /// The dataset.
        public var dataset: DatasetReference
        /// The number of runs, by the words of their statuses.
        public var runs: [String: Int] = [:]
        /// Records written by runs that succeeded.
        public var records = 0
        /// Records that they left out.
        public var skippedRecords = 0
        /// Bytes that they have written.
        public var bytes = 0
        /// Runs that are over and had begun.
        public var timedRuns = 0
        /// The seconds that these have taken together.
        public var seconds = 0.0
        /// When a run succeeded last; nil for never.
        public var lastSuccess: Date?
        /// When a run failed first since then; nil where none has.
        public var failingSince: Date?

        /// Describes a dataset without runs.
        public init(dataset: DatasetReference) { self.dataset = dataset }
    }
}
