// The first records of a file in a storage, whatever its format, with as few reads as they need.
import ExportDomain
import ObjectStorage
import Parquet
import Records

extension ExportedRecords {
    /// Reads the first records of a file.
    ///
    /// - Throws: `StorageError` where the storage does not let it be read. What is wrong with the file itself is told
    ///   by `problem`.
    public init(reading path: String, in storage: any Storage, limit: Int) async throws {
        let file = JoinedReads(StoredFile(storage: storage, key: try StorageKey(path)))
        do {
            guard try await ParquetFile.isParquet(file) else {
                self = try await Self.ofLines(file, limit: limit)
                return
            }
            let preview = try await ParquetPreview(ParquetFile(file), limit: limit)
            self.init(records: preview.records, problem: preview.error.map { "\($0)" })
        } catch let error as ParquetError {
            self.init(records: [], problem: "\(error)")
        }
    }

    private static func ofLines(
        _ file: some RandomAccessSource, limit: Int
    ) async throws -> ExportedRecords {
        let size = try await file.size()
        let bytes = try await file.read(0..<min(size, JoinedReads.window))
        let preview = RecordPreview(
            bytes: bytes, of: file.name, isWhole: Int64(bytes.count) == size, limit: limit)
        return ExportedRecords(records: preview.records, problem: preview.error.map { "\($0)" })
    }
}
