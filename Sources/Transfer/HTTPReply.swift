// What a server answered: status and fields at once, the body as it comes.

import HTTPTypes

/// The answer to a request.
public struct HTTPReply: Sendable {
    /// Status and header fields; no status is an error here: 404 and 503 are answers too.
    public var response: HTTPResponse
    /// The body, to be read once, or dropped.
    public var body: HTTPReplyBody
    /// The version of HTTP that it came by; nil for an answer that was put together.
    public let version: HTTPVersion?

    /// Puts an answer together.
    public init(response: HTTPResponse, body: HTTPReplyBody) {
        self.init(response: response, body: body, version: nil)
    }

    init(response: HTTPResponse, body: HTTPReplyBody, version: HTTPVersion?) {
        self.response = response
        self.body = body
        self.version = version
    }
}

/// The versions of HTTP that are spoken.
public enum HTTPVersion: Hashable, Sendable {
    /// HTTP/1.0 and HTTP/1.1 (RFC 9112).
    case http1
    /// HTTP/2 (RFC 9113).
    case http2
}
