// What a server answered: status and fields at once, the body as it comes.

import HTTPTypes

/// The answer to a request.
public struct HTTPReply: Sendable {
    /// Status and header fields; no status is an error here: 404 and 503 are answers too.
    public var response: HTTPResponse
    /// The body, to be read once, or dropped.
    public var body: HTTPReplyBody

    /// Puts an answer together.
    public init(response: HTTPResponse, body: HTTPReplyBody) {
        self.response = response
        self.body = body
    }
}
