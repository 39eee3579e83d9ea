// An object that is read back from its first byte to its last, and hashed on the way.
import ObjectStorage
import Parquet

/// An object as one stream, however often the connection is cut, with the digest of what has come.
///
/// A Parquet reader that goes through the file from front to back is served from the stream; what it asks for far
/// ahead, as the footer, is read apart. Used by one task at a time.
actor ReadBack: RandomAccessSource {
    /// A stream that breaks off without a byte is begun again so many times.
    private static let attempts = 4
    /// Objects up to this size are kept whole.
    private static let smallObject: Int64 = 4 << 20
    /// What is asked for up to so far ahead is waited for in the stream.
    private static let largestGap: Int64 = 1 << 20

    nonisolated let name: String
    private let file: StoredFile
    private let length: Int64
    private let onRead: @Sendable (Int64) -> Void
    private let hash = RunningDigest()
    private var stream: StoredBytes.AsyncIterator?
    /// What came last of the stream, and where that ends.
    private var held: [UInt8] = []
    private var position: Int64 = 0

    /// Begins at the first byte of an object.
    /// - Parameter onRead: called with the number of bytes that have come each time.
    init(
        _ key: StorageKey, in storage: any Storage, length: Int64,
        onRead: @escaping @Sendable (Int64) -> Void
    ) {
        name = key.text
        file = StoredFile(storage: storage, key: key, knownSize: length)
        self.length = length
        self.onRead = onRead
    }

    func size() -> Int64 { length }

    /// The next bytes of the stream; nil after the last.
    func next() async throws -> [UInt8]? {
        var attempt = 1
        while position < length {
            do {
                if let chunk = try await nextOfStream() {
                    hash.update(chunk)
                    position += Int64(chunk.count)
                    onRead(Int64(chunk.count))
                    return chunk
                }
                return nil
            } catch let error as StorageError where error.isRetryable && attempt < Self.attempts {
                stream = nil
                try await Task.sleep(for: .milliseconds(200 << attempt))
                attempt += 1
            }
        }
        return nil
    }

    /// Reads what is left of the stream.
    ///
    /// - Returns: the SHA-256 of all of it, in lowercase hex.
    func finish() async throws -> String {
        while try await next() != nil {}
        return hash.digest
    }

    func read(_ range: Range<Int64>) async throws -> [UInt8] {
        let isAhead = range.lowerBound >= position - Int64(held.count)
        let isNear = range.lowerBound <= position + Self.largestGap || length <= Self.smallObject
        guard isAhead, isNear else { return try await file.read(range) }
        while position < range.upperBound {
            let isOver = length > Self.smallObject && position <= range.lowerBound
            guard let chunk = try await next() else { throw ParquetError(.truncated, file: name) }
            if isOver { held.removeAll(keepingCapacity: true) }
            held += chunk
        }
        let start = Int(range.lowerBound - position) + held.count
        let bytes = Array(held[start..<start + range.count])
        if length > Self.smallObject { held.removeFirst(start) }
        return bytes
    }

    private func nextOfStream() async throws -> [UInt8]? {
        if stream == nil {
            let rest = position == 0 ? nil : position..<length
            stream = try await file.storage.read(file.key, range: rest).makeAsyncIterator()
        }
        var iterator = stream
        defer { stream = iterator }
        var chunk = try await iterator?.next(isolation: self)
        while chunk?.isEmpty == true { chunk = try await iterator?.next(isolation: self) }
        return chunk
    }
}
