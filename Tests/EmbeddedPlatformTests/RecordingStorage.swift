// A storage in memory that remembers what it was asked to do, and fails where a test wants it to.
import DestinationStorages
import ObjectStorage
import Synchronization

@testable import EmbeddedPlatform

/// Remembers calls as text, like `put backups/a`.
actor RecordingStorage: Storage {
    nonisolated let location = "memory"
    nonisolated var capabilities: StorageCapabilities { memory.capabilities }

    private(set) var calls: [String] = []
    private let memory = MemoryStorage()
    private let failing: String?
    private let error: StorageError?
    private var unknownKey: StorageFailure.ServerKey?

    /// - Parameter failing: the call that fails: `list`, `put`, `read`, `delete`, or a step of `reach`.
    init(
        failing: String? = nil, with error: StorageError? = nil, unknownKey: StorageFailure.ServerKey? = nil
    ) {
        self.failing = failing
        self.error = error
        self.unknownKey = unknownKey
    }

    /// Takes the server's key for known.
    func trust() { unknownKey = nil }

    private func note(_ call: String, _ object: String) throws {
        calls.append("\(call) \(object)")
        if call == failing, let error { throw error }
    }

    func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        try note("put", key.text)
        return try await memory.put(body, at: key, options: options)
    }

    func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        try note("list", prefix)
        return try await memory.list(prefix: prefix, after: after, limit: limit)
    }

    func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        try note("read", key.text)
        return try await memory.read(key, range: range)
    }

    func stat(_ key: StorageKey) async throws -> StoredObject { try await memory.stat(key) }

    func delete(_ key: StorageKey) async throws {
        try note("delete", key.text)
        try await memory.delete(key)
    }

    func reach(_ step: ReachStep) async throws {
        if step == .identify, let unknownKey {
            throw StorageError.permanent(
                StorageFailure(
                    action: .reach, location: location, key: nil, reason: .hostKeyUnknown(unknownKey)))
        }
        if "\(step)" == failing, let error { throw error }
    }

    func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int { 0 }
}

/// Remembers the settings that storages were made from.
final class MadeSettings: Sendable {
    private let settings = Mutex<[DestinationSettings]>([])

    var all: [DestinationSettings] { settings.withLock { $0 } }

    func note(_ new: DestinationSettings) { settings.withLock { $0.append(new) } }
}
