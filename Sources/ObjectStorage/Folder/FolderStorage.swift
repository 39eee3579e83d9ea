// A storage that is a folder of the file system.

import FoundationEssentials

/// A storage whose objects are the files below a folder.
public struct FolderStorage: Storage {
    /// The folder's path.
    public let location: String

    /// The storage below the folder at `path`; made with its first object when it is not there.
    public init(path: String) {
        location = path
    }

    /// What a folder can do.
    public var capabilities: StorageCapabilities {
        StorageCapabilities(
            replacesAtomically: true, putsIfAbsentAtomically: true,
            maximumKeyBytes: StorageKey.maximumBytes, maximumNameBytes: 255)
    }

    public func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        StoredObject(key: key, size: 0, modified: Date())
    }

    public func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        StoragePage(objects: [], next: nil)
    }

    public func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        StoredBytes { $0.finish() }
    }

    public func stat(_ key: StorageKey) async throws -> StoredObject {
        StoredObject(key: key, size: 0, modified: Date())
    }

    public func delete(_ key: StorageKey) async throws {}

    public func abortUnfinished(prefix: String) async throws -> Int { 0 }
}
