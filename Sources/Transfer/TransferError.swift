// Why a transfer failed, as facts. The sentences are in TransferError+Description.swift.
import Languages

/// Why a request got no whole answer.
///
/// An answer with a status of failure is no such error: it is an `HTTPReply`.
public struct TransferError: Error, Hashable {
    /// How far the transfer had come.
    public enum Phase: Hashable, Sendable, Comparable, CaseIterable {
        /// The request itself was looked at; nothing was sent.
        case prepare
        /// The name was being resolved.
        case resolve
        /// The connection was being made, to the server or to a proxy.
        case connect
        /// TLS was being agreed on, certificates checked.
        case secure
        /// The request was being sent.
        case send
        /// The answer had begun, or was waited for after all had been sent.
        case receive
    }

    /// What went wrong.
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// The name has no address.
        case nameNotResolved
        /// The machine is there, but nothing listens on the port.
        case refused
        /// No route, no answer from the machine, or the network is down.
        case unreachable
        /// The server's certificate is not trusted, or is another host's.
        case certificateNotTrusted
        /// TLS failed in another way.
        case secureConnectionFailed
        /// The proxy cannot be reached, or refuses.
        case proxy
        /// The connection was not made in time.
        case timedOut
        /// No byte moved for as long as the configuration waits.
        case stalled
        /// The connection ended in the middle.
        case interrupted
        /// The answer is larger than the caller takes, or its header than anyone should send.
        case tooLarge
        /// The request cannot be sent as it is: its URL, a field, or the length of its body.
        case invalidRequest
        /// What came is not HTTP.
        case invalidAnswer
        /// The client has been shut down.
        case shutDown
        /// Something else, in `reason`.
        case other
    }

    /// The server's host and, unless it is the scheme's own, port.
    public var host: String
    /// How far it had come.
    public var phase: Phase
    /// What went wrong.
    public var kind: Kind
    /// libcurl's, or our own, reason in words; never with credentials.
    public var reason: Text
    /// Whether any part of an answer had come.
    public var wasAnswered: Bool

    /// The proxy's address, without credentials, when the failure is its.
    public var proxy: String?
    /// Whether the same request may succeed when it is sent again; whether it is safe to is another
    /// question, which `RetryPolicy` and the request's method answer.
    public var isRetryable: Bool
    /// Whether a connection that had been kept ended before any answer: the server may have closed it just then.
    var wasOnKeptConnection = false

    /// Describes a failure, retryable as its kind is.
    public init(host: String, phase: Phase, kind: Kind, reason: Text, wasAnswered: Bool = false) {
        self.host = host
        self.phase = phase
        self.kind = kind
        self.reason = reason
        self.wasAnswered = wasAnswered
        switch kind {
        case .nameNotResolved, .refused, .unreachable, .proxy, .timedOut, .stalled, .interrupted:
            isRetryable = true
        case .certificateNotTrusted, .secureConnectionFailed, .tooLarge, .invalidRequest, .invalidAnswer,
            .shutDown, .other:
            isRetryable = false
        }
    }
}

extension TransferError {
    /// What the failure says about trying again.
    public var retryAdvice: RetryPolicy.Advice { isRetryable ? .retry(after: nil) : .stop }
}
