// A storage in memory, for tests and rehearsals. Nothing survives the process.

import FoundationEssentials

/// A storage that holds its objects in memory.
public actor MemoryStorage: Storage {
    private struct Content {
        var bytes: [UInt8]
        var modified: Date
    }

    /// Where the objects lie, for messages.
    public nonisolated let location: String

    private var contents: [StorageKey: Content] = [:]

    /// An empty storage.
    public init(location: String = "memory") {
        self.location = location
    }

    /// What memory can do.
    public nonisolated var capabilities: StorageCapabilities {
        StorageCapabilities(
            replacesAtomically: true, putsIfAbsentAtomically: true, maximumKeyBytes: StorageKey.maximumBytes)
    }

    /// Collects the body, then stores it in one step.
    @discardableResult
    public func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        var bytes: [UInt8] = []
        for try await chunk in body {
            try Task.checkCancellation()
            bytes += chunk
        }
        // A stream that is cancelled may simply end: half of it must not be taken for the whole.
        try Task.checkCancellation()
        let found = Int64(bytes.count)
        if let expected = options.length, expected != found {
            throw StorageError.permanent(
                failure(.put, key, .wrongLength(expected: expected, found: found)))
        }
        if options.ifAbsent && contents[key] != nil {
            throw StorageError.permanent(failure(.put, key, .alreadyExists))
        }
        let content = Content(bytes: bytes, modified: Date())
        contents[key] = content
        return StoredObject(key: key, size: found, modified: content.modified)
    }

    /// One page of the objects whose keys begin with `prefix`.
    public func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        let start = after.map(\.token.utf8)
        let matching = contents.filter { key, _ in
            key.hasPrefix(prefix) && start.map { $0.lexicographicallyPrecedes(key.text.utf8) } ?? true
        }
        let objects = matching.sorted { $0.key < $1.key }.prefix(max(1, limit)).map { key, content in
            StoredObject(key: key, size: Int64(content.bytes.count), modified: content.modified)
        }
        let isLast = objects.count == matching.count
        let next = isLast ? nil : objects.last.map { ListingPosition(token: $0.key.text) }
        return StoragePage(objects: objects, next: next)
    }

    /// The bytes of the object in `range`.
    public func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        let bytes = try content(of: key, for: .read).bytes
        let wanted = (range ?? 0..<Int64(bytes.count)).clamped(to: 0..<Int64(bytes.count))
        return StoredBytes { continuation in
            for start in stride(from: Int(wanted.lowerBound), to: Int(wanted.upperBound), by: 65_536) {
                continuation.yield(Array(bytes[start..<min(start + 65_536, Int(wanted.upperBound))]))
            }
            continuation.finish()
        }
    }

    /// Size and time of the object.
    public func stat(_ key: StorageKey) async throws -> StoredObject {
        let content = try content(of: key, for: .stat)
        return StoredObject(key: key, size: Int64(content.bytes.count), modified: content.modified)
    }

    /// Removes the object.
    public func delete(_ key: StorageKey) async throws {
        contents[key] = nil
    }

    /// Does nothing: a put that fails leaves nothing in memory.
    @discardableResult
    public func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int { 0 }

    private func content(of key: StorageKey, for action: StorageFailure.Action) throws -> Content {
        guard let content = contents[key] else {
            throw StorageError.notFound(failure(action, key, .noSuchObject))
        }
        return content
    }

    private nonisolated func failure(
        _ action: StorageFailure.Action, _ key: StorageKey, _ reason: StorageFailure.Reason
    ) -> StorageFailure {
        StorageFailure(action: action, location: location, key: key.text, reason: reason)
    }
}
