// What can be asked for: method and path, who may, and what answers. The table of all is here; the endpoints of a
// resource are in its file.
import ExportDomain
import FlowServiceAPI
import HTTPTypes

/// Something that can be asked for.
struct Endpoint: Sendable {
    /// Who may ask.
    enum Access: Sendable {
        /// Everybody.
        case open
        /// Whoever has a token, and need not say more.
        case token
        /// Whoever has a token, and names client and organisation.
        case caller
        /// The same, for a sandbox.
        case sandbox
    }

    /// What the body has to be.
    enum Body: Sendable {
        /// Nothing; whatever comes is not looked at.
        case none
        /// JSON.
        case json
        /// A list of changes.
        case patch
        /// A form.
        case form

        /// The type that the header has to name; nil where there is no body.
        var mediaType: String? {
            switch self {
            case .none: nil
            case .json, .patch: "application/json"
            case .form: "application/x-www-form-urlencoded"
            }
        }
    }

    /// What is to be done.
    var method: HTTPRequest.Method
    /// The segments of the path; nil for one that is open.
    var path: [String?]
    /// Who may ask.
    var access: Access
    /// What the body has to be.
    var body: Body
    /// Whether it may change something: everything but `GET` does, unless it says otherwise.
    var changes: Bool
    /// What answers.
    var answer: @Sendable (APIRequest, Server) async throws -> APIAnswer

    /// What of the server itself an endpoint may need.
    struct Server: Sendable {
        /// Who may call.
        var access: ServerAccess
        /// Gives tokens.
        var tokens: AccessTokens
        /// The sandboxes.
        var sandboxes: [Sandbox]
    }

    private init(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, _ body: Body, _ changes: Bool?,
        _ answer: @escaping @Sendable (APIRequest, Server) async throws -> APIAnswer
    ) {
        self.method = method
        self.path = path.split(separator: "/").map { $0 == "*" ? nil : String($0) }
        self.access = access
        self.body = body
        self.changes = changes ?? (method != .get)
        self.answer = answer
    }

    /// An endpoint of the server itself; `*` in the path stands for any segment.
    static func server(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, body: Body = .none,
        changes: Bool? = nil,
        _ answer: @escaping @Sendable (APIRequest, Server) async throws -> APIAnswer
    ) -> Endpoint {
        Endpoint(method, path, access, body, changes, answer)
    }

    /// An endpoint of a sandbox.
    static func sandbox(
        _ method: HTTPRequest.Method, _ path: String, body: Body = .none, changes: Bool? = nil,
        _ answer: @escaping @Sendable (SandboxCall) async throws -> APIAnswer
    ) -> Endpoint {
        Endpoint(method, path, .sandbox, body, changes) { request, _ in
            guard let sandbox = request.sandbox, let origin = request.origin else {
                throw Refusal(400, ErrorBody(code: .sandboxMissing, message: "No sandbox is named."))
            }
            return try await answer(
                SandboxCall(
                    request: request, service: sandbox.service, exports: sandbox.exports, origin: origin))
        }
    }

    /// An endpoint of Flow Service; the path is below its base.
    static func flowService(
        _ method: HTTPRequest.Method, _ path: String, body: Body = .none, changes: Bool? = nil,
        _ answer: @escaping @Sendable (SandboxCall) async throws -> APIAnswer
    ) -> Endpoint {
        sandbox(method, Endpoints.flowService + path, body: body, changes: changes, answer)
    }

    /// What the open segments of a path are; nil for a path of another endpoint.
    func parameters(of segments: [String]) -> [String]? {
        guard segments.count == path.count else { return nil }
        var parameters: [String] = []
        for (segment, expected) in zip(segments, path) {
            if let expected {
                if segment != expected { return nil }
            } else {
                parameters.append(segment)
            }
        }
        return parameters
    }
}

/// All endpoints.
enum Endpoints {
    /// The base of Flow Service.
    static let flowService = "/data/foundation/flowservice"

    /// Everything that can be asked for; what has a name goes before what is open.
    static let all: [Endpoint] =
        SignIn.endpoints + SandboxList.endpoints + ConnectionSpecs.endpoints + FlowSpecs.endpoints
        + Connections.endpoints + SourceConnections.endpoints + TargetConnections.endpoints + Flows.endpoints
        + Runs.endpoints + AdHocRuns.endpoints + LandingZone.endpoints + Metrics.endpoints

    /// The endpoints at a path, with what its open segments are.
    static func matching(_ segments: [String]) -> [(endpoint: Endpoint, parameters: [String])] {
        all.compactMap { endpoint in endpoint.parameters(of: segments).map { (endpoint, $0) } }
    }
}
