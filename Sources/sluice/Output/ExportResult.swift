// What `export`, `runs` and `verify` print as JSON.
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials

/// The outcome of an export.
struct ExportResult: Encodable {
    var flow: String
    var runs: [RunResult]
}

/// One run with its files.
struct RunResult: Encodable {
    var id: String
    var flowId: String
    var datasetId: String
    var status: String
    var scheduledTime: String?
    var folder: String
    var records: Int?
    var skippedRecords: Int?
    var bytes: Int?
    var files: [FileResult]
    var manifest: String?
    /// When the service deletes the files by itself.
    var expiryTime: FileExpiry?
    var errors: [FlowRunError]

    struct FileResult: Encodable {
        var path: String
        var bytes: Int
        var records: Int?
        var sha256: String?
    }

    /// Joins a run with what is recorded of its files.
    init(_ run: FlowRun, on platform: EmbeddedPlatform) async throws {
        id = run.id.rawValue
        flowId = run.flowID.rawValue
        datasetId = run.datasetID.rawValue
        status = run.status.word
        scheduledTime = run.scheduledTime?.rfc3339
        folder = try await platform.folder(of: run)
        records = run.metrics.outputRecords
        skippedRecords = run.metrics.skippedRecords
        bytes = run.metrics.outputBytes
        files = try await platform.exportedFiles(of: run).map {
            FileResult(path: $0.path, bytes: $0.bytes, records: $0.records, sha256: $0.digest)
        }
        manifest = try await platform.manifestPath(of: run)
        expiryTime = files.isEmpty ? nil : FileExpiry(try await platform.expiry(of: run))
        errors = run.metrics.errors
    }
}
