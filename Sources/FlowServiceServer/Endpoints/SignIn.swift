// Tokens for those who have the client's secret (`POST /ims/token/v3`; OAuth 2.0, RFC 6749, section 4.4).
import ExportDomain
import FlowServiceAPI
import FoundationEssentials
import HTTPTypes
import Secrets

enum SignIn {
    static let endpoints: [Endpoint] = [
        .server(.post, "/ims/token/v3", .open, body: .form, changes: false) {
            try token($0, $1, now: Date())
        }
    ]

    /// What the identity service answers to a form.
    static func token(_ request: APIRequest, _ server: Endpoint.Server, now: Date) throws -> APIAnswer {
        guard let text = String(validating: request.body, as: UTF8.self), let form = RequestTarget.items(text)
        else {
            return try refusal(400, "invalid_request", "The form cannot be read.")
        }
        func value(_ name: String) -> String? { form.first { $0.name == name }?.value }
        guard value("grant_type") == "client_credentials" else {
            return try refusal(400, "unsupported_grant_type", "grant_type has to be client_credentials.")
        }
        guard let id = value("client_id"), let secret = value("client_secret").map(Secret.init(_:)) else {
            return try refusal(400, "invalid_request", "client_id and client_secret are needed.")
        }
        guard id == server.access.clientID, server.access.isClientSecret(secret) else {
            return try refusal(401, "invalid_client", "The client id or its secret is wrong.")
        }
        let answer = TokenAnswer(accessToken: server.tokens.issue(now: now), lifetime: AccessTokens.lifetime)
        return APIAnswer(200, body: try answer.body(), fields: [.cacheControl: "no-store"])
    }

    private static func refusal(_ status: Int, _ error: String, _ words: String) throws -> APIAnswer {
        var body = SignInRefusal()
        body.set(\.error, to: error)
        body.set(\.errorDescription, to: words)
        return try APIAnswer(status, body.json, fields: [.cacheControl: "no-store"])
    }
}
