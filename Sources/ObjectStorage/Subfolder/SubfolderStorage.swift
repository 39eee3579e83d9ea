// A folder of a storage, as a storage: where only what is below it belongs to whoever asks.

/// A storage whose keys are relative to a folder of another.
public struct SubfolderStorage: Storage {
    private let storage: any Storage
    /// The folder with a slash at its end; empty for all of the storage.
    private let prefix: String

    /// The folder `folder` of a storage, with or without slashes at its ends.
    public init(_ folder: String, of storage: any Storage) {
        self.storage = storage
        prefix = folder.split(separator: "/").map { $0 + "/" }.joined()
    }

    /// The storage's location and the folder.
    public var location: String {
        let location = storage.location
        let folder = location.hasSuffix("/") ? location + prefix : "\(location)/\(prefix)"
        return String(folder.dropLast())
    }

    /// What the storage can do, with the folder before every key.
    public var capabilities: StorageCapabilities {
        var capabilities = storage.capabilities
        capabilities.maximumKeyBytes -= prefix.utf8.count
        return capabilities
    }

    /// Stores what `body` yields.
    @discardableResult
    public func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        try await translating {
            try relative(try await storage.put(body, at: try inside(key), options: options))
        }
    }

    /// One page of the objects whose keys begin with `prefix`.
    public func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        try await translating {
            var page = try await storage.list(prefix: self.prefix + prefix, after: after, limit: limit)
            page.objects = try page.objects.map(relative)
            return page
        }
    }

    /// The folders in a folder.
    public func folders(in folder: String, limit: Int) async throws -> NamePage {
        try await translating { try await storage.folders(in: prefix + folder, limit: limit) }
    }

    /// The bytes of the object in `range`.
    public func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        try await translating { try await storage.read(try inside(key), range: range) }
    }

    /// Size and time of the object.
    public func stat(_ key: StorageKey) async throws -> StoredObject {
        try await translating { try relative(try await storage.stat(try inside(key))) }
    }

    /// Removes the object.
    public func delete(_ key: StorageKey) async throws {
        try await translating { try await storage.delete(try inside(key)) }
    }

    /// Takes one step towards the storage.
    public func reach(_ step: ReachStep) async throws {
        try await translating { try await storage.reach(step) }
    }

    /// Removes what puts that died left behind.
    @discardableResult
    public func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int {
        try await translating {
            try await storage.abortUnfinished(
                prefix: self.prefix + prefix, of: try keys.map { Set(try $0.map(inside)) })
        }
    }

    private func inside(_ key: StorageKey) throws -> StorageKey { try StorageKey(prefix + key.text) }

    private func relative(_ object: StoredObject) throws -> StoredObject {
        var object = object
        object.key = try StorageKey(relative(object.key.text))
        return object
    }

    private func relative(_ key: String) -> String {
        // By bytes: a mark at the beginning of a name would join the slash before it.
        guard key.utf8.starts(with: prefix.utf8) else { return key }
        return String(decoding: key.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }

    /// Does something, and names keys in errors as they were asked for.
    private func translating<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as StorageError {
            throw error.changing {
                $0.location = location
                $0.key = $0.key.map(relative)
            }
        }
    }
}

extension StorageError {
    /// The same error with other facts.
    fileprivate func changing(_ change: (inout StorageFailure) -> Void) -> StorageError {
        var failure = failure
        change(&failure)
        return switch self {
        case .notFound: .notFound(failure)
        case .denied: .denied(failure)
        case .throttled(_, let delay): .throttled(failure, after: delay)
        case .transient: .transient(failure)
        case .permanent: .permanent(failure)
        }
    }
}
