// An answer, whole and bounded.
import FlowServiceAPI
import HTTPTypes
import Transfer

/// What a platform answered to a call.
struct PlatformAnswer: Sendable {
    /// More than the largest page of a list has.
    static let largestBody = 16 << 20

    let response: HTTPResponse
    let body: [UInt8]

    var status: Int { response.status.code }

    var isSuccess: Bool { response.status.kind == .successful }

    /// What Adobe's support asks for.
    var requestID: String? { response.headerFields[.requestID]?.nonEmpty }

    /// What was refused and why; nil where the body has none of the forms of a refusal.
    var refusal: ErrorBody? { ErrorBody(reading: body) }
}

extension HTTPClient {
    /// Sends a request and reads the whole answer, as often as the policy says: an answer that breaks off is asked for
    /// again.
    func answer(
        to request: HTTPRequest, body: HTTPBody = .empty, retrying policy: RetryPolicy,
        repeatability: Repeatability
    ) async throws -> PlatformAnswer {
        let reply = try await send(
            retrying: policy, repeatability: repeatability,
            examine: { reply in
                let bytes = try await reply.body.bytes(limit: PlatformAnswer.largestBody)
                return (
                    HTTPReply(response: reply.response, body: HTTPReplyBody(bytes)),
                    reply.response.retryAdvice
                )
            },
            { (request, body) })
        return PlatformAnswer(
            response: reply.response, body: try await reply.body.bytes(limit: PlatformAnswer.largestBody))
    }
}

extension String {
    /// The text; nil where it is empty.
    var nonEmpty: String? { isEmpty ? nil : self }
}
