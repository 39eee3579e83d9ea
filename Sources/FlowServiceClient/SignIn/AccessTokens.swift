// Tokens of Adobe's identity service (IMS) for an OAuth server-to-server credential. One is held and renewed some
// minutes before its end, once, whoever asks.
import ExportDomain
import FlowServiceAPI
import FoundationEssentials
import HTTPTypes
import Secrets
import Transfer

/// A token, and when it runs out.
struct AccessToken: Sendable, Hashable {
    let text: Secret
    let expiry: Date
}

/// Gives tokens to all calls.
struct AccessTokens: Sendable {
    private let tokens: Renewable<AccessToken>

    /// Nothing is asked for yet.
    init(settings: PlatformSettings, client: HTTPClient) {
        let request = TokenRequest(settings: settings)
        tokens = Renewable(nil, expiry: { $0.expiry }) { try await request.send(by: client) }
    }

    /// A token that holds for some minutes.
    func current() async throws(FlowServiceError) -> AccessToken {
        try await TokenRequest.answering { try await tokens.current() }
    }

    /// Another token than the one that was refused.
    func replacing(_ refused: AccessToken) async throws(FlowServiceError) -> AccessToken {
        try await TokenRequest.answering { try await tokens.replacing(refused) }
    }
}

/// One request for a token (`POST /ims/token/v3`).
private struct TokenRequest: Sendable {
    static let doing = "sign in"
    let settings: PlatformSettings

    /// The secret travels in the body, as queries are logged.
    private var form: String {
        let credential = settings.credential
        return PercentEncoding.query([
            ("grant_type", "client_credentials"), ("client_id", credential.clientID),
            ("client_secret", credential.clientSecret.reveal()),
            ("scope", credential.scopes.joined(separator: ",")),
        ])
    }

    func send(by client: HTTPClient) async throws -> AccessToken {
        let address = settings.identityService
        let request = HTTPRequest(
            method: .post, scheme: address.origin.scheme, authority: address.origin.authority,
            path: address.prefix + "/ims/token/v3",
            headerFields: [.contentType: "application/x-www-form-urlencoded", .accept: "application/json"])
        // A token that is handed out twice does no harm.
        let answer = try await client.answer(
            to: request, body: .bytes(Array(form.utf8)), retrying: settings.retrying, repeatability: .safe)
        guard answer.isSuccess else {
            throw FlowServiceError(signInRefused: answer, at: address.origin.host)
        }
        let grant = try TokenAnswer(reading: answer.body)
        return AccessToken(text: grant.accessToken, expiry: Date().addingTimeInterval(grant.lifetime))
    }

    static func answering(
        _ operation: () async throws -> AccessToken?
    ) async throws(FlowServiceError) -> AccessToken {
        do {
            guard let token = try await operation() else { throw CancellationError() }
            return token
        } catch {
            throw FlowServiceError(error, doing: doing)
        }
    }
}
