// One file of a run: found to be there already, or written, again where the storage was only out of reach for a while.
import ExportDomain
import ObjectStorage
import Records

/// What writing the files of a run needs.
struct FileExport: Sendable {
    let run: StoredRun
    let sources: RunSources
    let malformedRecords: MalformedRecords
    let lake: Lake
    let storage: any Storage
    let patience: Patience
    let progress: RunProgress

    /// Writes a file, unless an earlier execution has.
    func export(_ file: StoredRunFile) async throws -> StoredRunFile {
        if try await isWhole(file) { return file }
        return try await patience.run(onFailure: progress.noteFailedAttempt) { try await write(file) }
    }

    /// Whether an earlier execution has written the file, and it is still there as it was.
    private func isWhole(_ file: StoredRunFile) async throws -> Bool {
        guard file.state == .written, let written = file.exported(in: run.layout) else { return false }
        do {
            return try await patience.run {
                try await storage.stat(try StorageKey(written.path)).size == Int64(written.bytes)
            }
        } catch StorageError.notFound {
            return false
        }
    }

    private func write(_ file: StoredRunFile) async throws -> StoredRunFile {
        let conversion = FileConversion(
            path: lake.files.path(of: file.source), source: try sources.source(file.source),
            schema: sources.schema, format: sources.format,
            malformedLines: malformedRecords == .fail ? .fail : .skip,
            onProgress: { progress.update($0, of: file.part) })
        let converted = try await conversion.put(
            in: storage, at: try StorageKey(run.layout.path(of: file.name)))
        var written = file
        written.state = .written
        written.bytes = Int(converted.object.size)
        written.digest = converted.digest
        written.records = converted.count.records
        written.skippedRecords = converted.count.malformedLines
        let malformed = converted.count.firstMalformed
        written.malformedLine = malformed?.line
        written.malformedReason = malformed?.fault.description
        written.malformedText = malformed?.fault.text
        return written
    }
}
