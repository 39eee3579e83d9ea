// A storage in memory that fails now and then, as one behind a network does, and knows how many puts go on at once.
import Languages
import ObjectStorage
import Synchronization

/// A storage whose first calls fail with an error that may pass.
final class UnreliableStorage: Storage {
    struct Counts {
        var failuresLeft: Int
        var attempts = 0
        var underWay = 0
        var mostUnderWay = 0
        var aborts: [String] = []
        var abortedKeys: Set<StorageKey> = []
    }

    let location = "memory"
    var capabilities: StorageCapabilities { memory.capabilities }
    let memory = MemoryStorage()
    private let error: StorageError
    private let counts: Mutex<Counts>

    /// - Parameter failures: so many puts fail, each after it has read some of its body.
    init(failures: Int, error: StorageError = UnreliableStorage.cut) {
        self.error = error
        counts = Mutex(Counts(failuresLeft: failures))
    }

    static let cut = StorageError.transient(
        StorageFailure(
            action: .put, location: "memory", key: nil, reason: .interrupted(Text("reset by peer"))))

    /// What was counted so far.
    var seen: Counts { counts.withLock { $0 } }

    func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        let fails = counts.withLock { counts in
            counts.attempts += 1
            counts.underWay += 1
            counts.mostUnderWay = max(counts.mostUnderWay, counts.underWay)
            counts.failuresLeft -= 1
            return counts.failuresLeft >= 0
        }
        defer { counts.withLock { $0.underWay -= 1 } }
        if fails {
            for try await _ in body { break }
            throw error
        }
        try await Task.sleep(for: .milliseconds(20))
        return try await memory.put(body, at: key, options: options)
    }

    func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        try await memory.list(prefix: prefix, after: after, limit: limit)
    }

    func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        try await memory.read(key, range: range)
    }

    func stat(_ key: StorageKey) async throws -> StoredObject { try await memory.stat(key) }

    func delete(_ key: StorageKey) async throws { try await memory.delete(key) }

    func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int {
        counts.withLock { counts in
            counts.aborts.append(prefix)
            counts.abortedKeys.formUnion(keys ?? [])
        }
        return 0
    }
}
