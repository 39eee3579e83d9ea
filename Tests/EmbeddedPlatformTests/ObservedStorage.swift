// A storage whose requests are counted, and whose answers can be cut, as those of a distant one are.
import Languages
import ObjectStorage
import Synchronization

/// A folder that counts what is asked of it, and ends every answer after so many bytes with an error.
final class ObservedStorage: Storage {
    private let folder: FolderStorage
    private let counts = Mutex((reads: 0, looks: 0, bytes: 0))
    private let limit = Mutex(Int.max)

    init(folder: FolderStorage) { self.folder = folder }

    /// After so many bytes an answer breaks off.
    var cutsAfter: Int {
        get { limit.withLock { $0 } }
        set { limit.withLock { $0 = newValue } }
    }

    /// Requests that read, those that look something up, and the bytes that were read, since it was last asked.
    func takeCounts() -> (reads: Int, looks: Int, bytes: Int) {
        counts.withLock { counts in
            defer { counts = (0, 0, 0) }
            return counts
        }
    }

    var location: String { folder.location }
    var capabilities: StorageCapabilities { folder.capabilities }

    func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        try await folder.put(body, at: key, options: options)
    }

    func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        try await folder.list(prefix: prefix, after: after, limit: limit)
    }

    func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        counts.withLock { $0.reads += 1 }
        let answer = Answer(try await folder.read(key, range: range), limit: cutsAfter)
        return StoredBytes {
            let chunk = try await answer.next()
            self.counts.withLock { $0.bytes += chunk?.count ?? 0 }
            return chunk
        }
    }

    func stat(_ key: StorageKey) async throws -> StoredObject {
        counts.withLock { $0.looks += 1 }
        return try await folder.stat(key)
    }

    func delete(_ key: StorageKey) async throws { try await folder.delete(key) }

    func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int {
        try await folder.abortUnfinished(prefix: prefix, of: keys)
    }
}

private actor Answer {
    private var bytes: StoredBytes.AsyncIterator
    private var left: Int

    init(_ bytes: StoredBytes, limit: Int) {
        self.bytes = bytes.makeAsyncIterator()
        left = limit
    }

    func next() async throws -> [UInt8]? {
        var iterator = bytes
        defer { bytes = iterator }
        guard left > 0 else {
            throw StorageError.transient(
                StorageFailure(
                    action: .read, location: "folder", key: nil, reason: .interrupted(Text("reset by peer"))))
        }
        guard let chunk = try await iterator.next(isolation: self) else { return nil }
        let passed = Array(chunk.prefix(left))
        left -= passed.count
        return passed
    }
}
