// The body of an answer, as an asynchronous sequence of chunks.

/// The bytes of an answer, read once, in chunks as the network brings them.
///
/// A slow reader slows the server down: at most a few hundred kilobytes wait in memory. When the last copy
/// of the body or its iterator goes before the end was read, the transfer ends there.
public struct HTTPReplyBody: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = any Error

    /// Reads the chunks.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// The next chunk, never an empty one; nil at the end.
        ///
        /// Throws `TransferError` when the connection breaks or stalls, `CancellationError` when the task
        /// is cancelled, which also ends the transfer.
        public mutating func next() async throws -> [UInt8]? { nil }
    }

    /// A body that is there already, as one that was read for a look into it.
    public init(_ bytes: [UInt8]) {}

    /// Reads the chunks. A body has one reader.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }

    /// All bytes; throws `TransferError` (`tooLarge`) when there are more than `limit`.
    public func bytes(limit: Int) async throws -> [UInt8] { [] }

    /// Reads and forgets up to `limit` bytes, so that the connection can be used again, and ends the
    /// transfer where there are more.
    public func discard(limit: Int = 65_536) async {}
}
