// The body of an answer, as an asynchronous sequence of chunks.
import Languages

/// The bytes of an answer, read once, in chunks as the network brings them.
///
/// A slow reader slows the server down. Over HTTP/1.1 at most half a megabyte waits in memory, and the rest stays
/// with the server. Over HTTP/2 libcurl takes back the window of a stream that is not read (RFC 9113, section
/// 5.2), but what the server was allowed to send before may still come and waits in libcurl: up to its window of
/// 32 MB a stream. Long answers whose readers may be slow are better asked for without HTTP/2.
///
/// When the last copy of the body and its iterator go before the end was read, the transfer ends there.
public struct HTTPReplyBody: AsyncSequence, Sendable {
    /// A chunk, never an empty one.
    public typealias Element = [UInt8]
    /// `TransferError` when the connection breaks or stalls, `CancellationError` when the task is
    /// cancelled, which also ends the transfer.
    public typealias Failure = any Error

    /// Reads the chunks.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let source: Source

        /// The next chunk, never an empty one; nil at the end.
        public mutating func next() async throws -> [UInt8]? { try await source.next() }
    }

    /// Where the bytes are, and who is told when nobody wants the rest.
    fileprivate final class Source: Sendable {
        private let buffer: ReplyBuffer
        private let exchange: ExchangeID
        let host: String
        /// Keeps the event loop going while there is something to read.
        private let loop: EventLoopThread?

        init(buffer: ReplyBuffer, exchange: ExchangeID, host: String, loop: EventLoopThread?) {
            self.buffer = buffer
            self.exchange = exchange
            self.host = host
            self.loop = loop
        }

        deinit {
            if !buffer.hasEnded { cancel() }
        }

        func next() async throws -> [UInt8]? {
            try await buffer.next(
                resume: { loop?.mailbox.post(.resumeReceiving(exchange)) }, cancel: { self.cancel() })
        }

        func cancel() { loop?.mailbox.post(.end(exchange, CancellationError())) }
    }

    private let source: Source

    /// A body that is there already, as one that was read for a look into it.
    public init(_ bytes: [UInt8]) {
        let buffer = ReplyBuffer()
        _ = bytes.withUnsafeBytes { buffer.put($0) }
        buffer.end(.success(()))
        source = Source(buffer: buffer, exchange: ExchangeID(), host: "", loop: nil)
    }

    init(buffer: ReplyBuffer, exchange: ExchangeID, host: String, loop: EventLoopThread) {
        source = Source(buffer: buffer, exchange: exchange, host: host, loop: loop)
    }

    /// Reads the chunks; a body has one reader.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: source) }

    /// All bytes; throws `TransferError` (`tooLarge`) when there are more than `limit`.
    public func bytes(limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in self {
            guard bytes.count + chunk.count <= limit else {
                source.cancel()
                throw TransferError(
                    host: source.host, phase: .receive, kind: .tooLarge,
                    reason: Text("more than \(limit) bytes came"), wasAnswered: true)
            }
            // Most answers are one chunk: no copy.
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        }
        return bytes
    }

    /// Reads and forgets up to `limit` bytes, so that the connection can be used again, and ends the
    /// transfer where there are more.
    public func discard(limit: Int = 65_536) async {
        _ = try? await bytes(limit: limit)
    }
}
