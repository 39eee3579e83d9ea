// What `export`, `runs` and `verify` print as JSON.
import ExportDomain
import FoundationEssentials
import Languages

/// The outcome of an export.
struct ExportResult: Encodable {
    var flow: String
    var runs: [RunResult]
}

/// One run with its files.
struct RunResult: Encodable {
    var id: String
    var flowId: String
    /// Nil where the run is one of all datasets, and the platform names none.
    var datasetId: String?
    var status: String
    var scheduledTime: String?
    /// Where its files are; nil where that cannot be known here.
    var folder: String?
    var records: Int?
    var skippedRecords: Int?
    var bytes: Int?
    var files: [FileResult]
    var manifest: String?
    /// When the service deletes the files by itself.
    var expiryTime: FileExpiry?
    var errors: [FlowRunError]
    /// Why nothing is known of its files from here.
    var filesProblem: String?
    private(set) var filesProblemText: Text?
    /// What stands before the paths where people read them; scripts get them as the storage has them.
    private var root = ""
    /// What was done for it before; nil where a platform does not tell.
    var history: RunHistoryResult?

    private enum CodingKeys: String, CodingKey {
        case id, flowId, datasetId, status, scheduledTime, folder, records, skippedRecords, bytes, files,
            manifest, expiryTime, errors, filesProblem, history
    }

    /// A path as people write it.
    func written(_ path: String) -> String { root + path }

    struct FileResult: Encodable {
        var path: String
        var bytes: Int
        var records: Int?
        var sha256: String?
    }

    /// Joins a run with what is known of its files.
    ///
    /// Files that cannot be seen from here take nothing from the run: the result says why.
    init(_ run: FlowRun, on exports: any StoredExports) async {
        id = run.id.rawValue
        flowId = run.flowID.rawValue
        datasetId = run.namesDataset ? run.datasetID.rawValue : nil
        status = run.status.word
        scheduledTime = run.scheduledTime?.rfc3339
        records = run.metrics.outputRecords
        skippedRecords = run.metrics.skippedRecords
        bytes = run.metrics.outputBytes
        errors = run.metrics.errors
        files = []
        do {
            folder = try await exports.folder(of: run)
            root = try await exports.rootOfPaths(of: run)
            files = try await exports.exportedFiles(of: run).map {
                FileResult(path: $0.path, bytes: $0.bytes, records: $0.records, sha256: $0.digest)
            }
            manifest = try await exports.manifestPath(of: run)
            expiryTime = files.isEmpty ? nil : FileExpiry(try await exports.expiry(of: run))
        } catch {
            (filesProblem, filesProblemText) = (error.description, error.text)
        }
    }
}
