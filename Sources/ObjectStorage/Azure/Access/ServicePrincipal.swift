// Tokens of Microsoft Entra ID for an application with a client secret (OAuth 2.0, RFC 6749, section 4.4).

import FoundationEssentials
import HTTPTypes
import Secrets
import Transfer

/// A token that opens storage accounts for a while.
struct AccessToken: Sendable, Hashable {
    /// The token itself.
    let text: Secret
    /// When it runs out.
    let expiry: Date
}

/// An application that signs in by itself.
struct ServicePrincipal: Sendable {
    /// The tenant's id or domain name.
    let tenant: String
    /// The application's (client's) id.
    let clientID: String
    /// Where tokens are asked for.
    let authority: AzureURL

    private let tokens: Renewable<AccessToken>

    /// A service principal; nothing is asked for yet.
    ///
    /// - Parameter authority: the URL of the cloud's sign-in service, as `AZURE_AUTHORITY_HOST` gives it.
    init(
        tenant: String, clientID: String, secret: Secret, authority: String, client: HTTPClient,
        retrying policy: RetryPolicy
    ) throws(InvalidAzureSetting) {
        let text = authority.contains("://") ? authority : "https://" + authority
        guard let url = AzureURL(text), url.scheme == "https" || url.isLoopback else {
            throw .wrongAuthority(authority)
        }
        self.authority = url
        self.tenant = tenant
        self.clientID = clientID
        let request = TokenRequest(authority: url, tenant: tenant, clientID: clientID, secret: secret)
        tokens = Renewable(nil, expiry: { $0.expiry }) {
            try await request.send(by: client, retrying: policy)
        }
    }

    /// A token that holds for five minutes at least.
    func token() async throws -> AccessToken {
        guard let token = try await tokens.current() else { throw CancellationError() }
        return token
    }

    /// Gets another token than the one that was refused.
    func replace(_ refused: AccessToken) async throws -> Bool {
        try await tokens.replacing(refused) != nil
    }
}

extension AzureURL {
    /// Whether it leads to this machine only, so that secrets may go there without TLS.
    var isLoopback: Bool {
        let host = origin.host
        return host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.") || host == "::1"
    }
}

/// One request for a token.
private struct TokenRequest: Sendable {
    let authority: AzureURL
    let tenant: String
    let clientID: String
    let secret: Secret

    private struct Grant: Decodable {
        let access_token: String
        let expires_in: Double
    }

    func send(by client: HTTPClient, retrying policy: RetryPolicy) async throws -> AccessToken {
        let parts = authority.path + [tenant, "oauth2", "v2.0", "token"]
        let request = HTTPRequest(
            method: .post, scheme: authority.origin.scheme, authority: authority.origin.authority,
            path: "/" + parts.map { PercentEncoding.encode($0) }.joined(separator: "/"),
            headerFields: [.contentType: "application/x-www-form-urlencoded", .accept: "application/json"])
        let form = PercentEncoding.query([
            ("grant_type", "client_credentials"), ("client_id", clientID), ("client_secret", secret.reveal()),
            ("scope", "https://storage.azure.com/.default"),
        ])
        let reply: HTTPReply
        let body: [UInt8]
        do {
            // A token that is handed out twice does no harm.
            reply = try await client.send(
                request, body: .bytes(Array(form.utf8)), retrying: policy, repeatability: .safe)
            body = try await reply.body.bytes(limit: 1 << 20)
        } catch let error as TransferError {
            throw SignInError.transfer(error)
        }
        guard reply.response.status.kind == .successful,
            let grant = try? JSONDecoder().decode(Grant.self, from: Data(body))
        else { throw SignInError.refused(SignInRefusal(status: reply.response.status.code, body: body)) }
        return AccessToken(
            text: Secret(grant.access_token), expiry: Date().addingTimeInterval(grant.expires_in))
    }
}
