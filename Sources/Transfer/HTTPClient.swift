// The client: requests go in, answers come out; what happens between is the event loop's.

import HTTPTypes

/// Sends HTTP requests over connections that it keeps and shares.
///
/// One thread does the work for all transfers. A client may be used from any number of tasks; it ends when
/// the last reference goes, or by `shutDown`.
public final class HTTPClient: Sendable {
    /// Prepares a client; nothing is connected yet.
    ///
    /// Throws `TransferError` (`other`) when libcurl cannot start, or the trusted certificates cannot be read.
    public init(_ configuration: Configuration = Configuration()) throws(TransferError) {}

    /// Sends one request, and returns when the answer's header has come.
    ///
    /// The request's scheme must be `http` or `https`. Its path is sent byte for byte as given. Redirects are
    /// not followed, cookies not kept. Throws `TransferError`, `CancellationError` when the task is
    /// cancelled, and what a streaming body throws.
    ///
    /// - Parameter counters: counts the bytes as they move.
    public func send(
        _ request: HTTPRequest, body: HTTPBody = .empty, counters: TransferCounters? = nil
    ) async throws -> HTTPReply {
        throw TransferError(host: "", phase: .prepare, kind: .shutDown, reason: "")
    }

    /// The most bytes per second from now on, over all transfers together and each way; nil for no limit.
    public func limitBandwidth(to bytesPerSecond: Int64?) {}

    /// Ends all transfers, closes all connections and the thread. What is sent afterwards fails with
    /// `shutDown`.
    public func shutDown() async {}
}
