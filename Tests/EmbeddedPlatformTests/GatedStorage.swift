// A storage in memory whose puts wait until the test lets them go on, so that it sees how many there are at once.
import ObjectStorage
import Synchronization

/// A storage in which each put waits for leave.
final class GatedStorage: Storage {
    struct Counts {
        /// So many puts may go on, beside those that have.
        var leaves = 0
        var begun = 0
        var underWay = 0
        var mostUnderWay = 0
    }

    private let memory = MemoryStorage()
    private let counts = Mutex(Counts())

    let location = "memory"
    var capabilities: StorageCapabilities { memory.capabilities }

    /// What was counted so far.
    var seen: Counts { counts.withLock { $0 } }

    /// Lets puts go on, and counts anew from now on how many there are at once.
    func letGoOn(_ puts: Int) {
        counts.withLock {
            $0.leaves += puts
            $0.mostUnderWay = 0
        }
    }

    func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        counts.withLock {
            $0.begun += 1
            $0.underWay += 1
            $0.mostUnderWay = max($0.mostUnderWay, $0.underWay)
        }
        defer { counts.withLock { $0.underWay -= 1 } }
        while !mayGoOn() { try await Task.sleep(for: .milliseconds(5)) }
        return try await memory.put(body, at: key, options: options)
    }

    private func mayGoOn() -> Bool {
        counts.withLock {
            if $0.leaves == 0 { return false }
            $0.leaves -= 1
            return true
        }
    }

    func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        try await memory.list(prefix: prefix, after: after, limit: limit)
    }

    func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        try await memory.read(key, range: range)
    }

    func stat(_ key: StorageKey) async throws -> StoredObject { try await memory.stat(key) }

    func delete(_ key: StorageKey) async throws { try await memory.delete(key) }

    func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int { 0 }
}
