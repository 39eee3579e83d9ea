// One exported file against its record: its rows, or all that is in it.
import ExportDomain
import Languages
import ObjectStorage
import Parquet
import Records

/// The check of one file that is there, with the size that was recorded.
struct FileCheck: Sendable {
    let file: ExportedFile
    let storage: any Storage
    /// Called with the number of bytes that have been read back each time.
    let onRead: @Sendable (Int64) -> Void

    /// What came of looking into a file.
    struct Outcome: Sendable {
        /// The most telling of its differences; nil where there is none.
        var finding: VerificationFinding?
        /// Its rows; nil where they were not counted.
        var rows: Int?
    }

    /// Looks into the file.
    ///
    /// - Throws: `StorageError` where the storage does not let it be read, `CancellationError`.
    func outcome(_ depth: VerificationDepth) async throws -> Outcome {
        do {
            return switch depth {
            case .listing: Outcome()
            case .rows: try await isParquet ? outcome(rows: rowsOfFooter()) : Outcome()
            case .contents: try await contentsOutcome()
            }
        } catch StorageError.notFound {
            return Outcome(finding: .missing(path: file.path))
        } catch let error as ParquetError {
            return Outcome(finding: .unreadable(path: file.path, reason: error.fault))
        } catch RecordsError.damagedGzip(_, let fault) {
            return Outcome(finding: .unreadable(path: file.path, reason: fault.text))
        } catch RecordsError.malformedLine(let line, _) {
            return Outcome(
                finding: .unreadable(
                    path: file.path, reason: Text("line \(line.line) is not a JSON object: \(line.fault)")))
        }
    }

    /// The end of the names of all Parquet files that are exported.
    private var isParquet: Bool { file.path.hasSuffix(".parquet") }

    private func rowsOfFooter() async throws -> Int {
        let stored = StoredFile(
            storage: storage, key: try StorageKey(file.path), knownSize: Int64(file.bytes))
        return Int(clamping: try await ParquetFile(stored).metadata.rowCount)
    }

    private func contentsOutcome() async throws -> Outcome {
        let readBack = ReadBack(
            try StorageKey(file.path), in: storage, length: Int64(file.bytes), onRead: onRead)
        let rows = try await isParquet ? rowsOfPages(readBack) : rowsOfLines(readBack)
        let digest = try await readBack.finish()
        var outcome = self.outcome(rows: rows)
        if outcome.finding == nil, let expected = file.digest, expected != digest {
            outcome.finding = .digest(path: file.path, expected: expected, found: digest)
        }
        return outcome
    }

    private func rowsOfPages(_ readBack: ReadBack) async throws -> Int {
        let parquet = try await ParquetFile(readBack)
        try await parquet.check()
        return Int(clamping: parquet.metadata.rowCount)
    }

    private func rowsOfLines(_ readBack: ReadBack) async throws -> Int {
        let check = try ExportedRecordsCheck(name: file.name)
        while let chunk = try await readBack.next() {
            try Task.checkCancellation()
            try check.add(chunk)
        }
        return try check.finish()
    }

    /// The rows, and what differs if they are not those that were recorded.
    private func outcome(rows: Int) -> Outcome {
        guard let expected = file.records, expected != rows else { return Outcome(rows: rows) }
        return Outcome(finding: .rows(path: file.path, expected: expected, found: rows), rows: rows)
    }
}
