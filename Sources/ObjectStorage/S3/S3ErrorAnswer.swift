// An answer of failure, as S3 and STS give it: status, code, message. What it means is in S3Errors.swift.

import FoundationEssentials
import HTTPTypes
import Transfer

/// An answer that is no success.
struct S3ErrorAnswer: Error, Sendable {
    let status: Int
    /// The service's code, like `AccessDenied`; nil where the answer has no body, as to HEAD.
    var code: String?
    var message: String?
    var requestID: String?
    /// The bucket's region, where the answer names it.
    var region: String?
    /// The server that the answer names instead, as host and port.
    var endpoint: String?
    /// How far this machine's clock is ahead of the server's.
    var clockDifference: Duration?
    var retryAfter: Duration?
    /// Whether the request had been sent before, so that its effect may be there already.
    var wasRepeated = false
    /// The right that was missing, where the answer names it, or it is another than the action's.
    var right: String?

    /// Reads an answer; nil if it is one of success.
    init?(_ response: HTTPResponse, _ body: [UInt8], at now: Date) {
        let root = try? XMLReader.root(of: body)
        let element = root?.name == "Error" ? root : root?["Error"]
        if response.status.code < 300 && element == nil { return nil }
        status = response.status.code
        code = element?.text("Code")
        message = element?.text("Message")
        requestID =
            element?.text("RequestId") ?? root?.text("RequestId") ?? response.field("x-amz-request-id")
        region = element?.text("Region") ?? response.field("x-amz-bucket-region")
        if region?.isEmpty == true { region = nil }
        endpoint = element?.text("Endpoint") ?? response.field("location").flatMap(Self.authority)
        right = message.flatMap(Self.right)
        clockDifference = response.date.map { .seconds(now.timeIntervalSince($0).rounded()) }
        if case .retry(let after) = response.retryAdvice { retryAfter = after }
    }

    /// Whether it is worth trying again, and when.
    var retryAdvice: RetryPolicy.Advice {
        switch code {
        case "SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "ServiceUnavailable",
            "InternalError", "RequestTimeout", "OperationAborted", "ConditionalRequestConflict", "BadDigest",
            "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch":
            .retry(after: retryAfter)
        default: [408, 429, 500, 502, 503, 504].contains(status) ? .retry(after: retryAfter) : .stop
        }
    }

    /// The answer in a few words, for a person who asks the service's support.
    var summary: String {
        let words = ["\(status)", code].compactMap { $0 }.joined(separator: " ")
        return requestID.map { "\(words), request \($0)" } ?? words
    }

    /// Whether keys that hold for a time may be replaced by others.
    var refusesTemporaryKeys: Bool {
        ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidToken"].contains(code)
    }

    /// Host and port of a URL.
    private static func authority(of url: String) -> String? {
        url.firstRange(of: "://").map { String(url[$0.upperBound...].prefix { $0 != "/" && $0 != "?" }) }
    }

    /// The right in `… is not authorized to perform: s3:PutObject on resource: …`.
    private static func right(in message: String) -> String? {
        guard let mark = message.firstRange(of: "not authorized to perform: ") else { return nil }
        let right = message[mark.upperBound...].prefix { !$0.isWhitespace }
        return right.contains(":") ? String(right) : nil
    }

    /// Looks at an answer for whoever sends again.
    static func examine(_ reply: HTTPReply) async throws -> (HTTPReply, RetryPolicy.Advice) {
        try await examine(reply, readsSuccess: false)
    }

    /// As `examine`, reading an answer of success to its end too, as it may hold an error.
    static func examine(
        _ reply: HTTPReply, readsSuccess: Bool
    ) async throws -> (HTTPReply, RetryPolicy.Advice) {
        guard readsSuccess || reply.response.status.code >= 300 else { return (reply, .stop) }
        let bytes = try await reply.body.bytes(limit: 1 << 20)
        var read = reply
        read.body = HTTPReplyBody(bytes)
        let answer = S3ErrorAnswer(reply.response, bytes, at: Date(timeIntervalSince1970: 0))
        return (read, answer?.retryAdvice ?? .stop)
    }
}
