// The seam for what can be done about runs beyond Flow Service, by a platform that makes them itself.
import FoundationEssentials

/// What a platform that makes its runs itself lets a person do about them.
///
/// Nothing here waits for a run to be made: whoever runs the dataflow does that next.
public protocol RunControl: Sendable {
    /// Has a run that failed made again, under the names that it had.
    ///
    /// - Throws: `FlowServiceError.notFound`, `.wrongState` for one that has not failed and where its dataflow is
    ///   paused, `.invalid` where a later run has exported, or is to export, what it was to export.
    func retry(_ run: Identifier<FlowRun>) async throws(FlowServiceError)

    /// Ends a run that is waiting or under way; what it has published is taken back, and it has failed.
    ///
    /// Returns when it is over. A run that has failed and would be made again by itself is not any more.
    /// - Throws: `FlowServiceError.notFound`, `.wrongState` for one that is over.
    func cancel(_ run: Identifier<FlowRun>) async throws(FlowServiceError)

    /// Has files of a run that is over written again as they were exported; the others stay.
    ///
    /// - Parameters:
    ///   - files: paths of files, and of the manifest, with or without a slash before them; see
    ///     `RunVerification.filesToExportAgain`.
    ///   - run: the run.
    /// - Throws: `FlowServiceError.notFound`, `.wrongState` for one that is not over and where its dataflow is paused,
    ///   `.invalid` for a path that the run did not write.
    func exportAgain(_ files: [String], of run: Identifier<FlowRun>) async throws(FlowServiceError)

    /// Has all transfers of this process heed limits from now on, those of runs under way too.
    ///
    /// Files that are on their way go on to their end.
    func limitTransfers(to limits: TransferLimits) async

    /// What was done for a run, and what it exports.
    func history(of run: Identifier<FlowRun>) async throws(FlowServiceError) -> RunHistory
}

/// What was done for a run, and what it exports.
public struct RunHistory: Sendable, Hashable {
    /// The batches of the dataset that the run exports, in the order in which they arrived.
    public var batches: [Batch]
    /// The attempts that have ended before the latest, in their order.
    public var attempts: [Attempt]
    /// When the run is made again by itself; nil where it is not.
    public var nextAttempt: Date?

    /// Describes what is known.
    public init(batches: [Batch], attempts: [Attempt], nextAttempt: Date?) {
        self.batches = batches
        self.attempts = attempts
        self.nextAttempt = nextAttempt
    }

    /// A batch of a dataset.
    public struct Batch: Sendable, Hashable {
        /// Its id in the lake.
        public var id: Int64
        /// When it came into the lake; nil where it is not there any more.
        public var arrivedAt: Date?
        /// How many files it has.
        public var files: Int
        /// How many records.
        public var records: Int

        /// Describes a batch.
        public init(id: Int64, arrivedAt: Date?, files: Int, records: Int) {
            self.id = id
            self.arrivedAt = arrivedAt
            self.files = files
            self.records = records
        }
    }

    /// An attempt that did not succeed, or after which files were exported again.
    public struct Attempt: Sendable, Hashable {
        /// Its number, from 1.
        public var number: Int
        /// When it began; nil where it did not come to that.
        public var startedAt: Date?
        /// When it ended.
        public var endedAt: Date?
        /// How it ended.
        public var status: FlowRunStatus
        /// Why it failed.
        public var errors: [FlowRunError]

        /// Describes an attempt.
        public init(
            number: Int, startedAt: Date?, endedAt: Date?, status: FlowRunStatus, errors: [FlowRunError]
        ) {
            self.number = number
            self.startedAt = startedAt
            self.endedAt = endedAt
            self.status = status
            self.errors = errors
        }
    }
}

extension RunVerification {
    /// The paths of the files, and of the manifest, that would be right if they were exported again.
    ///
    /// Files that nobody exported are not among them: who wrote them may need them.
    public var filesToExportAgain: [String] {
        let paths = findings.compactMap { $0.isMendedByExport ? $0.path : nil }
        return Set(paths).sorted()
    }
}

extension VerificationFinding {
    /// Whether it is gone when its file is exported again.
    fileprivate var isMendedByExport: Bool {
        switch self {
        case .missing, .size, .digest, .rows, .unreadable, .manifestMissing, .manifestDiffers: true
        case .extra, .moreExtra, .total: false
        }
    }
}

extension (any RunControl)? {
    /// What can be done about runs.
    /// - Throws: `FlowServiceError.notOffered`, with what the platform does not offer.
    public func offering(_ what: String) throws(FlowServiceError) -> any RunControl {
        guard let self else { throw .notOffered(what: what) }
        return self
    }
}
