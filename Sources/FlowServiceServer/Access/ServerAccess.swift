// Who may call: one client with a token of its own, and with a secret for which it gets others. Of both, only their
// digests are kept.
import Crypto
import Hexadecimal
import Secrets

/// Who may call a server.
public struct ServerAccess: Sendable, Hashable {
    /// The organisation that callers name (`x-gw-ims-org-id`).
    public let organizationID: String
    /// The client that callers are (`x-api-key`, `client_id`).
    public let clientID: String
    /// SHA-256 of the token.
    let tokenDigest: [UInt8]
    /// SHA-256 of the client's secret.
    let clientSecretDigest: [UInt8]

    init(organizationID: String, clientID: String, tokenDigest: [UInt8], clientSecretDigest: [UInt8]) {
        self.organizationID = organizationID
        self.clientID = clientID
        self.tokenDigest = tokenDigest
        self.clientSecretDigest = clientSecretDigest
    }

    /// What is shown once, when it is made, and can then not be found out any more.
    public struct Credentials: Sendable, Hashable {
        /// Opens the API, until others are made.
        public let token: Secret
        /// Gives tokens for a day (`POST /ims/token/v3`).
        public let clientSecret: Secret
    }

    /// Makes a client with its credentials.
    ///
    /// - Parameter former: the client whose credentials these replace; it keeps its id and its organisation.
    public static func make(replacing former: ServerAccess? = nil) -> (ServerAccess, Credentials) {
        let credentials = Credentials(
            token: Secret("sluice-" + randomHexadecimal(32)),
            clientSecret: Secret("p8e-" + randomHexadecimal(32)))
        let access = ServerAccess(
            organizationID: former?.organizationID ?? randomHexadecimal(12).uppercased() + "@AdobeOrg",
            clientID: former?.clientID ?? randomHexadecimal(16),
            tokenDigest: digest(of: credentials.token),
            clientSecretDigest: digest(of: credentials.clientSecret))
        return (access, credentials)
    }

    /// Whether a text is the token.
    func isToken(_ candidate: Secret) -> Bool { Self.digest(of: candidate).isSame(as: tokenDigest) }

    /// Whether a text is the secret of the client.
    func isClientSecret(_ candidate: Secret) -> Bool {
        Self.digest(of: candidate).isSame(as: clientSecretDigest)
    }

    /// The digest of a secret, one of the places where it leaves its `Secret`.
    ///
    /// What is digested has 256 bits of chance, so that the
    /// digest needs no salt and no rounds.
    private static func digest(of secret: Secret) -> [UInt8] {
        Array(SHA256.hash(data: Array(secret.reveal().utf8)))
    }

    private static func randomHexadecimal(_ count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }.hexadecimal
    }
}

extension [UInt8] {
    /// Whether both have the same bytes, in a time that tells nothing about where they differ.
    fileprivate func isSame(as other: [UInt8]) -> Bool {
        count == other.count && zip(self, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
