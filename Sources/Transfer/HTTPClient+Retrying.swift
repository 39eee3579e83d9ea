// Sending again what failed and may be repeated.

import HTTPTypes

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
    /// - Parameters:
    ///   - policy: how often, and for how long, it is tried.
    ///   - repeatability: whether a request may be sent again that the server may have seen.
    ///   - counters: counts the bytes as they move.
    ///   - examine: looks at each answer, and may read its body and give a new reply that holds it: what it advises
    ///     goes before what the status says. For services that say “slow down” in their own way, or report a failure
    ///     under a status of success.
    ///   - makeRequest: gives the request of an attempt, and its body.
    public func send(
        retrying policy: RetryPolicy, repeatability: Repeatability = .byMethod,
        counters: TransferCounters? = nil,
        examine: (HTTPReply) async throws -> (HTTPReply, RetryPolicy.Advice) = {
            ($0, $0.response.retryAdvice)
        },
        _ makeRequest: () async throws -> (HTTPRequest, HTTPBody)
    ) async throws -> HTTPReply {
        var firstFailure: ContinuousClock.Instant?
        var attempt = 1
        while true {
            let (request, body) = try await makeRequest()
            let isRepeatable = repeatability.allows(request.method) && body.canBeSentAgain
            let result: Result<HTTPReply, TransferError>
            var advice: RetryPolicy.Advice
            do {
                let reply = try await send(
                    request, body: body, repeatability: repeatability, counters: counters)
                let (examined, advised) = try await examine(reply)
                result = .success(examined)
                advice = advised
            } catch let error as TransferError {
                result = .failure(error)
                advice = error.retryAdvice
            }
            if !isRepeatable { advice = .stop }
            let now = ContinuousClock.now
            firstFailure = firstFailure ?? now
            guard
                let delay = policy.delay(
                    after: advice, attempt: attempt, elapsed: now - (firstFailure ?? now),
                    chance: .random(in: 0..<1))
            else { return try result.get() }
            if case .success(let reply) = result { await reply.body.discard() }
            try await Task.sleep(for: delay)
            attempt += 1
        }
    }
}

extension HTTPResponse {
    /// Whether the status asks to try again, and when.
    public var retryAdvice: RetryPolicy.Advice {
        switch status.code {
        case 408, 429, 500, 502, 503, 504: .retry(after: retryAfter)
        default: .stop
        }
    }
}
