// The client: requests go in, answers come out; what happens between is the event loop's.

import HTTPTypes
import Languages

/// Sends HTTP requests over connections that it keeps and shares.
///
/// One thread does the work for all transfers. A client may be used from any number of tasks; it ends when
/// the last reference to it and to the bodies that are being read goes, or by `shutDown`.
public final class HTTPClient: Sendable {
    private let loop: EventLoopThread
    private let configuration: Configuration

    /// Prepares a client; nothing is connected yet.
    ///
    /// Throws `TransferError` (`other`) when the system has no thread or descriptor left.
    public init(_ configuration: Configuration = Configuration()) throws(TransferError) {
        self.configuration = configuration
        loop = try EventLoopThread(configuration)
    }

    /// Sends one request, and returns when the answer's header has come.
    ///
    /// The request's scheme must be `http` or `https`. Its path is sent byte for byte as given. Redirects are
    /// not followed, cookies not kept. Throws `TransferError`, `CancellationError` when the task is
    /// cancelled, and what a streaming body throws; a body's sequence is not iterated any more when this
    /// returns or throws.
    ///
    /// - Parameters:
    ///   - request: the request, without its body.
    ///   - body: what follows the header.
    ///   - repeatability: a request that must not be repeated is sent over a new connection, as a kept one may be
    ///     closed by the server just then, and nobody knows whether it had seen the request.
    ///   - counters: counts the bytes as they move.
    public func send(
        _ request: HTTPRequest, body: HTTPBody = .empty, repeatability: Repeatability = .byMethod,
        counters: TransferCounters? = nil
    ) async throws -> HTTPReply {
        switch body {
        case .empty:
            try await send(request, OutgoingBody.bytes([]), repeatability, counters)
        case .bytes(let bytes):
            try await send(request, OutgoingBody.bytes(bytes), repeatability, counters)
        case .stream(let length, let source):
            try await send(request, from: source, length: length, repeatability, counters)
        }
    }

    /// Ends all transfers, closes all connections and ends the thread; what is sent afterwards fails with
    /// `shutDown`.
    public func shutDown() async {
        await withCheckedContinuation { continuation in
            if !loop.mailbox.post(.stop(continuation)) { continuation.resume() }
        }
    }

    /// Sends a body that one child task makes while another waits for the answer.
    private func send(
        _ request: HTTPRequest, from source: some AsyncSequence<[UInt8], any Error> & Sendable,
        length: Int64?,
        _ repeatability: Repeatability, _ counters: TransferCounters?
    ) async throws -> HTTPReply {
        let buffer = UploadBuffer(length: length)
        let id = ExchangeID()
        let mailbox = loop.mailbox
        return try await withThrowingTaskGroup(of: HTTPReply?.self) { group in
            group.addTask {
                do {
                    try await buffer.fill(from: source) { mailbox.post(.resumeSending(id)) }
                } catch is CancellationError where buffer.isClosed {
                    // The exchange has ended, and says itself how.
                } catch {
                    let error =
                        (error as? UploadBuffer.WrongLength)
                        .map { TransferError($0, host: request.authority ?? "") } ?? error
                    // Into the buffer, as the exchange may not have begun; and to the loop, as a server that
                    // does not read would keep the exchange from looking into the buffer.
                    buffer.fail(error) { mailbox.post(.resumeSending(id)) }
                    mailbox.post(.end(id, error))
                }
                return nil
            }
            group.addTask { try await self.send(request, .stream(buffer), repeatability, counters, id: id) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let reply = result { return reply }
            }
            throw CancellationError()
        }
    }

    /// Sends a request, and once more over a new connection where the server had closed the kept one, if it may be
    /// repeated (RFC 9112, section 9.3.1): libcurl does so only where it notices while it receives.
    private func send(
        _ request: HTTPRequest, _ body: OutgoingBody, _ repeatability: Repeatability,
        _ counters: TransferCounters?, id: ExchangeID = ExchangeID()
    ) async throws -> HTTPReply {
        let isRepeatable = repeatability.allows(request.method)
        do {
            return try await send(request, body, isRepeatable: isRepeatable, counters, id: id)
        } catch let error as TransferError
            where error.wasOnKeptConnection && isRepeatable && body.canBeSentAgain
        {
            return try await send(request, body, isRepeatable: false, counters, id: ExchangeID())
        }
    }

    /// Sends a request once, over a new connection where it must not be repeated.
    private func send(
        _ request: HTTPRequest, _ body: OutgoingBody, isRepeatable: Bool, _ counters: TransferCounters?,
        id: ExchangeID
    ) async throws -> HTTPReply {
        let order = try ExchangeOrder(
            request, body: body, isRepeatable: isRepeatable, counters: counters, by: configuration)
        guard case .reply(let head, let buffer) = try await perform(order, id: id) else {
            throw TransferError(
                host: order.origin.authority, phase: .receive, kind: .invalidAnswer,
                reason: Text("no header came"))
        }
        return HTTPReply(
            response: head.response,
            body: HTTPReplyBody(buffer: buffer, exchange: id, host: order.origin.authority, loop: loop),
            version: head.version)
    }

    /// Has the loop do what is ordered.
    func perform(_ order: ExchangeOrder, id: ExchangeID = ExchangeID()) async throws -> ExchangeAnswer {
        let mailbox = loop.mailbox
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                var isCancelled = false
                let isOpen = mailbox.post {
                    // Looked at within the lock: a cancellation from now on comes after the start.
                    isCancelled = Task.isCancelled
                    return isCancelled ? nil : .start(id, order, continuation)
                }
                if !isOpen {
                    continuation.resume(throwing: TransferError.shutDown(host: order.origin.authority))
                } else if isCancelled {
                    continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            mailbox.post(.end(id, CancellationError()))
        }
    }
}
