// Who is let in: the checks that Adobe's gateway makes, in its order, then those of the endpoint.
import ExportDomain
import FlowServiceAPI
import FoundationEssentials
import HTTPTypes
import Secrets

/// Lets requests in, or says why not.
struct Gate: Sendable {
    let access: ServerAccess
    let tokens: AccessTokens
    let sandboxes: [Sandbox]
    let limits: ServerLimits
    /// Whether nothing may be changed.
    var isReadOnly = false

    /// A request that was let in, before its body was read.
    struct Admission: Sendable {
        /// What answers it.
        var endpoint: Endpoint
        /// The request, its body empty yet.
        var request: APIRequest
    }

    /// Looks at the head of a request.
    ///
    /// What a caller without a token learns is the same for every path.
    func admit(_ head: RequestHead, now: Date) throws(Refusal) -> Admission {
        let target = RequestTarget(head.target)
        let candidates = target.map { Endpoints.matching($0.path) } ?? []
        switch candidates.first?.endpoint.access {
        case .open?: break
        case .token?: try checkToken(head.fields, now: now)
        case .caller?, .sandbox?, nil: try checkCaller(head.fields, now: now)
        }
        guard let target else {
            throw Refusal(
                400,
                ErrorBody(
                    .problem, message: "BadRequestError", details: "The path or the query cannot be read."))
        }
        guard let first = candidates.first else {
            throw Refusal(404, ErrorBody(.short, message: "There is nothing at this path."))
        }
        guard let match = candidates.first(where: { $0.endpoint.method == head.method }) else {
            let methods = candidates.map(\.endpoint.method.rawValue).sorted().joined(separator: ", ")
            throw Refusal(
                405,
                ErrorBody(
                    .short, message: "Here only \(methods) \(candidates.count == 1 ? "is" : "are") possible."),
                fields: [.allow: methods])
        }
        var request = APIRequest(
            target: target, parameters: match.parameters, fields: head.fields, body: [], base: head.base)
        if first.endpoint.access == .sandbox {
            let sandbox = try sandbox(head.fields)
            request.sandbox = sandbox
            request.origin = sandbox.origin(organizationID: access.organizationID)
        }
        if isReadOnly, match.endpoint.changes { throw .readOnly }
        try checkBody(head, of: match.endpoint)
        return Admission(endpoint: match.endpoint, request: request)
    }

    private func checkToken(_ fields: HTTPFields, now: Date) throws(Refusal) {
        guard let authorization = fields[.authorization], !authorization.isEmpty else {
            throw Refusal(403, ErrorBody(.gateway, code: .tokenMissing, message: "Oauth token is missing."))
        }
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { throw invalidToken }
        let token = Secret(String(words[1]))
        guard access.isToken(token) || tokens.accepts(token, now: now) else { throw invalidToken }
    }

    private func checkCaller(_ fields: HTTPFields, now: Date) throws(Refusal) {
        try checkToken(fields, now: now)
        guard let key = fields[.apiKey], !key.isEmpty else {
            throw Refusal(403, ErrorBody(.gateway, code: .keyMissing, message: "Api Key is required"))
        }
        guard key == access.clientID else {
            throw Refusal(403, ErrorBody(.gateway, code: .keyInvalid, message: "Api Key is invalid"))
        }
        guard let organization = fields[.organization], !organization.isEmpty else {
            throw Refusal(
                400, ErrorBody(.gateway, code: .headerMissing, message: "Missing header: x-gw-ims-org-id"))
        }
        guard organization == access.organizationID else {
            throw Refusal(
                401,
                ErrorBody(
                    .gateway, code: .organizationUnknown,
                    message: "The organisation in x-gw-ims-org-id is not the one that this server serves."))
        }
    }

    private var invalidToken: Refusal {
        Refusal(401, ErrorBody(.gateway, code: .tokenInvalid, message: "Oauth token is not valid"))
    }

    private func sandbox(_ fields: HTTPFields) throws(Refusal) -> Sandbox {
        guard let name = fields[.sandbox], !name.isEmpty else {
            throw Refusal(
                400,
                ErrorBody(
                    code: .sandboxMissing, message: "The header x-sandbox-name is missing: name a sandbox."))
        }
        guard let sandbox = sandboxes.first(where: { $0.name == name }) else {
            throw Refusal(404, ErrorBody(code: .unknownSandbox, message: "There is no sandbox of this name."))
        }
        return sandbox
    }

    private func checkBody(_ head: RequestHead, of endpoint: Endpoint) throws(Refusal) {
        guard let mediaType = endpoint.body.mediaType else { return }
        guard head.hasBody else { throw .emptyBody }
        guard let given = head.fields[.contentType], !given.isEmpty else {
            throw Refusal(
                400,
                ErrorBody(
                    .problem, message: "BadRequestError", details: "A valid content-type must be specified"))
        }
        let type = given.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        guard type == mediaType || endpoint.body == .patch && type == "application/json-patch+json" else {
            throw Refusal(
                415,
                ErrorBody(
                    .problem, message: "UnsupportedMediaTypeError",
                    details: "The body has to be \(mediaType)."))
        }
        guard head.fields[.contentEncoding].map({ $0.lowercased() == "identity" }) ?? true else {
            throw Refusal(
                415,
                ErrorBody(
                    .problem, message: "UnsupportedMediaTypeError", details: "The body cannot be compressed.")
            )
        }
        if let length = head.announcedLength, length > limits.bodyBytes { throw .bodyTooLarge(limits) }
    }
}
