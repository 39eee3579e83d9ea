// What a file holds when it comes into the lake: how many records, and what they look like.
import FoundationEssentials
import Languages
import Parquet
import Records

/// What is known of a file's records once it was looked at.
struct FileCensus: Sendable {
    var count = RecordCount()
    /// What the records look like; nil for files that have a schema themselves, and where it was not looked at.
    var shape: RecordShape?

    /// Looks at a file: all of the records of JSON, the footer of Parquet.
    ///
    /// - Parameter onProgress: called with the bytes read so far.
    /// - Throws: `PlatformError.cannotStore` for a file that cannot be read.
    init(
        _ file: StagedFile, onProgress: @escaping @Sendable (Int) -> Void
    ) async throws {
        if let records = file.records {
            count.records = records
            return
        }
        do {
            switch file.format {
            case .json, .gzippedJSON:
                try await lookAtRecords(of: file, onProgress: onProgress)
            case .parquet:
                let parquet = try await ParquetFile(try LocalFile(path: file.path))
                count.records = Int(clamping: parquet.metadata.rowCount)
            }
        } catch RecordsError.damagedGzip(_, let fault) {
            throw PlatformError.cannotStore(path: file.name, reason: fault.text)
        } catch RecordsError.unreadable(_, let code) {
            throw PlatformError.cannotStore(
                path: file.name, reason: .verbatim(SystemFailure(code: code).reason))
        } catch let error as RecordsError {
            throw PlatformError.cannotStore(path: file.name, reason: .of(error))
        } catch let error as ParquetError {
            throw PlatformError.cannotStore(path: file.name, reason: error.reason)
        }
    }

    private mutating func lookAtRecords(
        of file: StagedFile, onProgress: @escaping @Sendable (Int) -> Void
    ) async throws {
        do {
            let found = try await SchemaInference.run(files: [file.path], names: [file.name]) {
                onProgress(Int($0.bytesRead))
            }
            (count, shape) = (found.count, found.shape)
        } catch RecordsError.tooManyFields {
            // Such records cannot be made columns, which an export to Parquet will say; as JSON they can go.
            count = try await RecordCounter.count(files: [file.path]) { onProgress(Int($0.bytesRead)) }
        }
    }
}
