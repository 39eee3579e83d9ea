// One exported file against its record: its rows, or all that is in it.
import ExportDomain
import ObjectStorage
import Parquet
import Records

/// The check of one file that is there, with the size that was recorded.
struct FileCheck: Sendable {
    let file: ExportedFile
    let storage: any Storage
    /// Called with the number of bytes that have been read back each time.
    let onRead: @Sendable (Int64) -> Void

    /// Looks into the file.
    ///
    /// - Returns: the most telling of its differences; nil where there is none.
    /// - Throws: `StorageError` where the storage does not let it be read, `CancellationError`.
    func finding(_ depth: VerificationDepth) async throws -> VerificationFinding? {
        do {
            return switch depth {
            case .listing: nil
            case .rows: try await isParquet ? rowsFinding(rowsOfFooter()) : nil
            case .contents: try await contentsFinding()
            }
        } catch StorageError.notFound {
            return .missing(path: file.path)
        } catch let error as ParquetError {
            return .unreadable(path: file.path, reason: error.fault)
        } catch RecordsError.damagedGzip(_, let fault) {
            return .unreadable(path: file.path, reason: "\(fault)")
        } catch RecordsError.malformedLine(let line, _) {
            return .unreadable(
                path: file.path, reason: "line \(line.line) is not a JSON object: \(line.fault)")
        }
    }

    private var isParquet: Bool { DataFormat(path: file.path) == .parquet }

    private func rowsOfFooter() async throws -> Int {
        let stored = StoredFile(
            storage: storage, key: try StorageKey(file.path), knownSize: Int64(file.bytes))
        return Int(clamping: try await ParquetFile(stored).metadata.rowCount)
    }

    private func contentsFinding() async throws -> VerificationFinding? {
        let readBack = ReadBack(
            try StorageKey(file.path), in: storage, length: Int64(file.bytes), onRead: onRead)
        let rows = try await isParquet ? rowsOfPages(readBack) : rowsOfLines(readBack)
        let digest = try await readBack.finish()
        if let finding = rowsFinding(rows) { return finding }
        guard let expected = file.digest, expected != digest else { return nil }
        return .digest(path: file.path, expected: expected, found: digest)
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

    private func rowsFinding(_ rows: Int) -> VerificationFinding? {
        guard let expected = file.records, expected != rows else { return nil }
        return .rows(path: file.path, expected: expected, found: rows)
    }
}
