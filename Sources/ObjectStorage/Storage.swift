// The one protocol that the engine and the verifier know: objects under keys, wherever they lie.
// Its contract stands in its comments, and `StorageConformance` holds every conformer to it. It must
// not know any store, nor what the objects mean.

import FoundationEssentials

/// Bytes on their way out of a storage, read once, on demand, in chunks of the storage's own choosing.
public typealias StoredBytes = AsyncThrowingStream<[UInt8], any Error>

/// A place that holds objects under keys.
///
/// All methods may be called at the same time. They throw `StorageError` (what failed, on what, why),
/// `CancellationError` when their task is cancelled, and nothing else but what a put's own body throws.
/// A storage behind a network repeats its requests as often as it was told; what it throws has outlived that.
/// `StorageError.isRetryable` says whether the whole call may succeed later.
public protocol Storage: Sendable {
    /// Where the objects lie, as a person would name it: a folder, a bucket and prefix, a host and path.
    var location: String { get }

    /// What this storage can and cannot do.
    var capabilities: StorageCapabilities { get }

    /// Stores what `body` yields under `key`, and returns when it is durable.
    ///
    /// - All or nothing: a reader sees the former object (or none) until the new one is whole. When the
    ///   body throws, when the task is cancelled or the process dies, nothing is to be seen under `key`
    ///   but what was there before.
    /// - The same put twice is safe: an object that exists is replaced, unless `options.ifAbsent`.
    /// - The body is iterated once, and one chunk after the other: a slow storage slows the body down.
    ///   Its error is thrown as it is.
    /// - Of several puts to one key at the same time one wins, whole.
    @discardableResult
    func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject

    /// One page of the objects whose keys begin with `prefix`, in the order of their keys' bytes.
    ///
    /// `prefix` is text, not a folder: `a/b` also finds `a/bc`; the empty prefix finds everything. A
    /// listing from its first page to its last holds every object that was put before it began and not
    /// deleted since. Unfinished puts are never listed.
    ///
    /// - Parameters:
    ///   - prefix: what the keys begin with.
    ///   - after: the `next` of the page before, of the same prefix; nil for the first page.
    ///   - limit: the most objects wanted, at least 1; a page may hold fewer and yet not be the last.
    func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage

    /// The folders directly in a folder, without its objects and what is deeper: one page of them, for a person to
    /// choose from.
    ///
    /// - Parameter folder: the folder's key; a slash at either end does not count, and nothing is the storage's own
    ///   folder. One that is not there holds no folders.
    /// - Parameter limit: the most names wanted, at least 1, or the most objects that are looked at for them.
    func folders(in folder: String, limit: Int) async throws -> NamePage

    /// The bytes of the object in `range`, counted from 0; nil for all of them.
    ///
    /// A range that reaches beyond the end is cut to what is there; one that begins at or beyond the end
    /// is empty. Throws `StorageError.notFound` at once, not in mid-stream.
    func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes

    /// Size and time of the object. Throws `StorageError.notFound` when there is none.
    func stat(_ key: StorageKey) async throws -> StoredObject

    /// Removes the object. One that is not there is no error, so that a delete may be repeated.
    func delete(_ key: StorageKey) async throws

    /// Takes one step towards the storage, so that a person can be told which of them fails.
    ///
    /// Each may assume that those before it were taken. Storages without a network do nothing.
    func reach(_ step: ReachStep) async throws

    /// Removes what puts that died left behind (temporary files, parts of uploads), and returns how many
    /// there were.
    ///
    /// Meant are puts to keys that begin with `prefix`, and of these, if `keys` is not nil, only those to one
    /// of `keys`; what other puts have sent is not touched, wherever it lies. A storage that cannot tell a dead
    /// put from a living one removes both, so call this only where nobody else is putting to these keys.
    @discardableResult
    func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int
}

/// The steps on the way to a storage, in their order.
public enum ReachStep: Hashable, Sendable, CaseIterable {
    /// The name of the server becomes an address.
    case resolve
    /// The server takes a connection.
    case connect
    /// The server's certificate, or host key, is trusted.
    case identify
    /// The credentials are accepted.
    case authenticate
}

extension Storage {
    /// Does nothing: there is no network between.
    public func reach(_ step: ReachStep) async throws {}

    /// Removes what puts that died left behind below `prefix`; those that live must put elsewhere.
    @discardableResult
    public func abortUnfinished(prefix: String) async throws -> Int {
        try await abortUnfinished(prefix: prefix, of: nil)
    }

    /// Stores what `body` yields under `key`, replacing what is there.
    @discardableResult
    public func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey
    ) async throws -> StoredObject {
        try await put(body, at: key, options: PutOptions())
    }

    /// Stores `bytes` under `key`.
    @discardableResult
    public func put(
        bytes: [UInt8], at key: StorageKey, options: PutOptions = PutOptions()
    ) async throws -> StoredObject {
        try await put(OneChunk(bytes: bytes), at: key, options: options)
    }

    /// All bytes of the object; for small ones.
    public func bytes(of key: StorageKey, range: Range<Int64>? = nil) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in try await read(key, range: range) { bytes += chunk }
        return bytes
    }

    /// The objects whose keys begin with `prefix`, in the order of their keys' bytes, page after page.
    public func objects(prefix: String) -> AsyncThrowingStream<StoredObject, any Error> {
        let listing = Listing(storage: self, prefix: prefix)
        return AsyncThrowingStream { try await listing.next() }
    }
}

/// A body that is one array of bytes.
private struct OneChunk: AsyncSequence, Sendable {
    let bytes: [UInt8]

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: [UInt8]?

        mutating func next() async throws -> [UInt8]? {
            defer { rest = nil }
            return rest
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: bytes.isEmpty ? nil : bytes) }
}

/// Walks the pages of a listing.
private actor Listing {
    private let storage: any Storage
    private let prefix: String
    private var page: ArraySlice<StoredObject> = []
    private var position: ListingPosition?
    private var isAtEnd = false

    init(storage: any Storage, prefix: String) {
        self.storage = storage
        self.prefix = prefix
    }

    func next() async throws -> StoredObject? {
        while page.isEmpty && !isAtEnd {
            let fetched = try await storage.list(prefix: prefix, after: position, limit: 1_000)
            page = fetched.objects[...]
            position = fetched.next
            isAtEnd = fetched.next == nil
        }
        return page.popFirst()
    }
}
