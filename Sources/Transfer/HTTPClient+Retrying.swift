// Sending again what failed and may be repeated.

import HTTPTypes

/// Whether a request may be sent twice.
public enum Repeatability: Hashable, Sendable {
    /// As its method says: GET, HEAD, PUT, DELETE, OPTIONS and TRACE may (RFC 9110, section 9.2.2).
    case byMethod
    /// The caller knows that it may.
    case safe
    /// The caller knows that it must not.
    case unsafe
}

extension HTTPClient {
    /// Sends a request, again and again while `policy` says so, and returns the last answer.
    ///
    /// It is repeated only when that is safe (`repeatability`) and its body can be sent again, after an
    /// error of the connection before any answer, and after the answers 408, 429, 500, 502, 503 and 504,
    /// not before their `Retry-After`.
    public func send(
        _ request: HTTPRequest, body: HTTPBody = .empty, retrying policy: RetryPolicy,
        repeatability: Repeatability = .byMethod, counters: TransferCounters? = nil
    ) async throws -> HTTPReply {
        try await send(retrying: policy, repeatability: repeatability, counters: counters) { (request, body) }
    }

    /// Sends requests that are made anew for each attempt, as a signature with a time in it asks for.
    ///
    /// - Parameter examine: looks at each answer, and may read its body and give a new reply that holds it:
    ///   what it advises goes before what the status says. For services that say “slow down” in their own
    ///   way, or report a failure under a status of success.
    public func send(
        retrying policy: RetryPolicy, repeatability: Repeatability = .byMethod,
        counters: TransferCounters? = nil,
        examine: (HTTPReply) async throws -> (HTTPReply, RetryPolicy.Advice) = {
            ($0, $0.response.retryAdvice)
        },
        _ makeRequest: () async throws -> (HTTPRequest, HTTPBody)
    ) async throws -> HTTPReply {
        let (request, body) = try await makeRequest()
        return try await send(request, body: body, counters: counters)
    }
}

extension HTTPResponse {
    /// Whether the status asks to try again, and when.
    public var retryAdvice: RetryPolicy.Advice { .stop }
}
