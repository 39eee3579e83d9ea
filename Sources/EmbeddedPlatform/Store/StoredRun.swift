// The rows of runs, and of the journal that says how far each has come.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

/// A run: one dataset at one scheduled time.
struct StoredRun: Codable, Sendable, Revised, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "run"

    var sequence: Int64?
    var id: Identifier<FlowRun>
    var flowID: Identifier<Flow>
    var datasetID: Identifier<Dataset>
    /// Seconds since 1970.
    var scheduledTime: Int64
    /// Whether the schedule has asked for it, and not a person.
    var isScheduled: Bool
    var status: String
    /// Its folder in the storage, fixed when it was planned.
    var folder: String
    var fileExtension: String
    var includesManifest: Bool
    /// The number and the UUID in the names of its files, so that a resumed run writes the same names.
    var transactionNumber: Int64
    var job: String
    var startedAt: Int64?
    var completedAt: Int64?
    var inputBytes: Int?
    var plannedInputBytes: Int?
    var outputBytes: Int?
    var inputRecords: Int?
    var outputRecords: Int?
    var skippedRecords: Int?
    var inputFiles: Int?
    var outputFiles: Int?
    /// A JSON array of `StoredRunError`.
    var errors: String
    /// Which attempt this is, from 1.
    var attempt = 1
    /// When a run that has failed is made again by itself, in milliseconds since 1970.
    var retryAt: Int64?
    /// Whether a person has asked for its end.
    var isCancelled = false
    /// Whether what is published stays where it fails: some files of a run that was over are written again.
    var keepsPublished = false
    var createdAt: Int64
    var updatedAt: Int64
    var etag: String

    var entity: FlowRun {
        FlowRun(
            id: id, flowID: flowID, datasetID: datasetID, scheduledTime: Date(seconds: scheduledTime),
            status: FlowRunStatus(word: status),
            metrics: FlowRunMetrics(
                startedAt: startedAt.map(Date.init(milliseconds:)),
                completedAt: completedAt.map(Date.init(milliseconds:)), inputBytes: inputBytes,
                plannedInputBytes: plannedInputBytes, outputBytes: outputBytes, inputRecords: inputRecords,
                outputRecords: outputRecords, skippedRecords: skippedRecords, inputFiles: inputFiles,
                outputFiles: outputFiles, errors: StoredRunError.decoded(errors)),
            revision: revision)
    }

    /// Where its files are.
    var layout: ExportLayout { ExportLayout(folder: folder) }

    /// What the keys of its files begin with.
    var folderPrefix: String { folder.isEmpty ? "" : folder + "/" }

    /// The path of its manifest, whether it has one or not.
    var manifestPath: String { layout.path(of: Manifest.fileName(flow: flowID, run: id)) }

    /// Whether something of it may be in the storage already.
    var mayHaveBegun: Bool { startedAt != nil || attempt > 1 }
}

/// An attempt at a run that is over, where there were more.
struct StoredRunAttempt: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "runAttempt"

    var runID: Identifier<FlowRun>
    /// From 1.
    var number: Int
    /// Milliseconds since 1970.
    var startedAt: Int64?
    /// Milliseconds since 1970.
    var endedAt: Int64?
    var status: String
    /// A JSON array of `StoredRunError`.
    var errors: String

    var entity: RunHistory.Attempt {
        RunHistory.Attempt(
            number: number, startedAt: startedAt.map(Date.init(milliseconds:)),
            endedAt: endedAt.map(Date.init(milliseconds:)), status: FlowRunStatus(word: status),
            errors: StoredRunError.decoded(errors))
    }
}

/// A batch that a run exports.
struct StoredRunBatch: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "runBatch"

    var runID: Identifier<FlowRun>
    var batchID: Int64
}

/// A file that a run writes, from one file of the lake.
struct StoredRunFile: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "runFile"

    var runID: Identifier<FlowRun>
    /// Number of the part, from 0.
    var part: Int
    /// Path of the lake's file, relative to the lake.
    var source: String
    /// What it was called when it was added.
    var sourceName: String
    var sourceBytes: Int
    /// Records in it when it was added, and lines that were none.
    var sourceRecords: Int
    var sourceMalformed: Int
    /// The name in the run's folder.
    var name: String
    var state: State
    /// Size of the written file.
    var bytes: Int?
    /// SHA-256 of the written file, in lowercase hex; nil where an older version wrote it.
    var digest: String?
    /// Records in the written file.
    var records: Int?
    /// Records left out of it.
    var skippedRecords: Int?
    /// The first line that is not a JSON object.
    var malformedLine: Int?
    /// What is wrong with it, in English.
    var malformedReason: String?
    /// The same for whoever reads it, in any language; nil where an older version wrote it.
    var malformedText: Text?

    /// How far the file has come.
    enum State: String, Codable, Sendable {
        /// To be written; under its name there may be nothing, or all of it.
        case planned
        /// Whole and durable in the storage.
        case written
        /// To be written again, since what is in the storage is not what was written.
        case damaged
    }
}

extension StoredRunFile {
    /// The first line of its source that is not a JSON object, if one is known.
    var firstMalformed: MalformedRecord? {
        malformedLine.map {
            MalformedRecord(
                file: sourceName, line: $0, reason: malformedText ?? .known(malformedReason ?? ""))
        }
    }

    /// The file as it is in the storage; nil before it is.
    func exported(in layout: ExportLayout) -> ExportedFile? {
        guard state != .planned, let bytes else { return nil }
        return ExportedFile(path: layout.path(of: name), bytes: bytes, records: records, digest: digest)
    }
}
