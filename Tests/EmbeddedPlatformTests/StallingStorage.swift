// A storage in which one put begins and never ends, so that a test can interrupt a run at a known place.
import ObjectStorage
import Synchronization

/// A folder whose put number `stallingAt`, from 0, stops after its first chunk until it is cancelled.
final class StallingStorage: Storage {
    private let folder: FolderStorage
    private let stallingAt: Int
    private let state = Mutex((puts: 0, isStalled: false))

    init(folder: FolderStorage, stallingAt: Int) {
        self.folder = folder
        self.stallingAt = stallingAt
    }

    /// The landing zone of a platform that has its home in a folder.
    convenience init(landingZoneOf folder: TemporaryFolder, stallingAt: Int = 1) {
        self.init(
            folder: FolderStorage(path: folder.path + "/home/landing-zone"), stallingAt: stallingAt)
    }

    /// Whether the put has been reached.
    var isStalled: Bool { state.withLock { $0.isStalled } }

    var location: String { folder.location }
    var capabilities: StorageCapabilities { folder.capabilities }

    func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        let number = state.withLock { state in
            state.puts += 1
            return state.puts - 1
        }
        guard number == stallingAt else { return try await folder.put(body, at: key, options: options) }
        return try await folder.put(
            AsyncThrowingStream { [self] in
                if isStalled { try await Task.sleep(for: .seconds(3_600)) }
                state.withLock { $0.isStalled = true }
                return [0x1F, 0x8B]
            }, at: key, options: options)
    }

    func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        try await folder.list(prefix: prefix, after: after, limit: limit)
    }

    func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        try await folder.read(key, range: range)
    }

    func stat(_ key: StorageKey) async throws -> StoredObject { try await folder.stat(key) }

    func delete(_ key: StorageKey) async throws { try await folder.delete(key) }

    func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int {
        try await folder.abortUnfinished(prefix: prefix, of: keys)
    }
}
