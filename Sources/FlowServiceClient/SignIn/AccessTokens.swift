// Tokens of Adobe's identity service (IMS) for an OAuth server-to-server credential. One is held and renewed some
// minutes before its end, once, whoever asks.
import ExportDomain
import FlowServiceAPI
import FoundationEssentials
import HTTPTypes
import Languages
import Secrets
import Synchronization
import Transfer

/// A token, and when it runs out.
public struct AccessToken: Sendable, Hashable {
    /// The token.
    public var text: Secret
    /// When it was given.
    public var start: Date
    /// When it runs out.
    public var expiry: Date

    /// Describes a token.
    public init(text: Secret, start: Date, expiry: Date) {
        self.text = text
        self.start = start
        self.expiry = expiry
    }

    /// Whether it holds for some minutes; one that is short, for half its time.
    func holds(at now: Date) -> Bool {
        expiry.timeIntervalSince(now) > min(300, expiry.timeIntervalSince(start) / 2)
    }
}

/// Where tokens are kept that several processes use.
///
/// What cannot be kept or read is left out: a token is asked for then.
public protocol SharedTokens: Sendable {
    /// The token that is kept; nil where there is none.
    func kept() async -> AccessToken?

    /// Keeps a token in the place of another.
    func keep(_ token: AccessToken) async

    /// Does something while no other process does such a thing, as far as that can be had without waiting for long.
    func alone<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value
}

/// Gives tokens to all calls.
struct AccessTokens: Sendable {
    private let tokens: Renewable<AccessToken>
    private let refusals: Refusals

    /// Nothing is asked for yet.
    init(settings: PlatformSettings, client: HTTPClient, shared: (any SharedTokens)?) {
        let request = TokenRequest(settings: settings)
        let refusals = Refusals()
        self.refusals = refusals
        tokens = Renewable(nil, expiry: { $0.expiry }) {
            guard let shared else { return try await request.send(by: client) }
            let usable: @Sendable () async -> AccessToken? = {
                guard let kept = await shared.kept(), kept.holds(at: Date()), !refusals.contains(kept) else {
                    return nil
                }
                return kept
            }
            if let kept = await usable() { return kept }
            return try await shared.alone {
                // Whoever was alone before may have asked for it.
                if let kept = await usable() { return kept }
                let token = try await request.send(by: client)
                await shared.keep(token)
                return token
            }
        }
    }

    /// A token that holds for some minutes.
    func current() async throws(FlowServiceError) -> AccessToken {
        try await TokenRequest.answering { try await tokens.current() }
    }

    /// Another token than the one that was refused.
    func replacing(_ refused: AccessToken) async throws(FlowServiceError) -> AccessToken {
        refusals.add(refused)
        return try await TokenRequest.answering { try await tokens.replacing(refused) }
    }
}

/// The token that was refused last, so that it is not taken again from where it is kept.
private final class Refusals: Sendable {
    private let last = Mutex<Secret?>(nil)

    func add(_ token: AccessToken) { last.withLock { $0 = token.text } }

    func contains(_ token: AccessToken) -> Bool { last.withLock { $0 == token.text } }
}

/// One request for a token (`POST /ims/token/v3`).
private struct TokenRequest: Sendable {
    static let doing = Text("sign in")
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
        let now = Date()
        return AccessToken(
            text: grant.accessToken, start: now, expiry: now.addingTimeInterval(grant.lifetime))
    }

    static func answering(
        _ operation: () async throws -> AccessToken?
    ) async throws(FlowServiceError) -> AccessToken {
        do {
            guard let token = try await operation() else { throw CancellationError() }
            return token
        } catch {
            throw FlowServiceError(ofCall: error, doing: doing)
        }
    }
}
