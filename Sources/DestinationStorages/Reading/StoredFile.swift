// An object of a storage, as a Parquet reader's source.
import ObjectStorage
import Parquet

/// A file in a storage, of which only what is asked for is read.
struct StoredFile: RandomAccessSource {
    let storage: any Storage
    let key: StorageKey
    /// Its size, where a listing has told it.
    var knownSize: Int64?

    var name: String { key.text }

    func size() async throws -> Int64 {
        if let knownSize { return knownSize }
        return try await storage.stat(key).size
    }

    func read(_ range: Range<Int64>) async throws -> [UInt8] {
        let bytes = try await storage.bytes(of: key, range: range)
        guard bytes.count == range.count else { throw ParquetError(.truncated, file: name) }
        return bytes
    }
}
