// Which platform is spoken to, and as whom.
import ExportDomain
import FoundationEssentials
import Secrets
import Transfer

/// An organisation's Experience Platform, one of its sandboxes, and the credential that is used there.
///
/// The addresses are Adobe's unless others are given, such as those of another server of the same API.
public struct PlatformSettings: Sendable {
    /// An OAuth server-to-server credential of the Developer Console.
    public struct Credential: Sendable {
        /// The client id, which is also the API key.
        public var clientID: String
        /// The client secret.
        public var clientSecret: Secret
        /// The scopes, as the credential's page lists them.
        public var scopes: [String]

        /// Describes a credential.
        public init(clientID: String, clientSecret: Secret, scopes: [String] = Self.usualScopes) {
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.scopes = scopes
        }

        /// The scopes of credentials for Experience Platform.
        public static let usualScopes = [
            "openid", "AdobeID", "read_organizations", "additional_info.projectedProductContext", "session",
        ]
    }

    /// The credential.
    public var credential: Credential
    /// The organisation's id, like `…@AdobeOrg`.
    public var organizationID: String
    /// The organisation's name, for the macros of folder templates; its id where nobody knows it.
    public var organizationName: String
    /// The sandbox's name, all lowercase.
    public var sandboxName: String
    /// The gateway to all services of the platform.
    public var gateway: PlatformAddress
    /// The identity service, which gives tokens.
    public var identityService: PlatformAddress
    /// How patiently calls are repeated.
    public var retrying: RetryPolicy

    /// Describes a platform; Adobe's, unless addresses are given.
    public init(
        credential: Credential, organizationID: String, organizationName: String? = nil,
        sandboxName: String = "prod", gateway: PlatformAddress = .adobe,
        identityService: PlatformAddress = .adobeIdentity,
        retrying: RetryPolicy = .interactive
    ) {
        self.credential = credential
        self.organizationID = organizationID
        self.organizationName = organizationName ?? organizationID
        self.sandboxName = sandboxName
        self.gateway = gateway
        self.identityService = identityService
        self.retrying = retrying
    }
}

extension RetryPolicy {
    /// What suits calls that a person waits for, who would rather be told of a longer wait than sit through it.
    public static let interactive = RetryPolicy(
        attempts: 6, firstDelay: .milliseconds(500), longestAsked: .seconds(30))
}

/// Where a service is: a URL whose paths are below it.
public struct PlatformAddress: Sendable, Hashable {
    /// The server.
    public let origin: HTTPOrigin
    /// What comes before every path, without a slash at its end; mostly empty.
    public let prefix: String

    /// Adobe's gateway.
    public static let adobe = PlatformAddress(origin: HTTPOrigin(host: "platform.adobe.io"), prefix: "")
    /// Adobe's identity service.
    public static let adobeIdentity = PlatformAddress(
        origin: HTTPOrigin(host: "ims-na1.adobelogin.com"), prefix: "")

    /// The URL, as it was read.
    public var url: String { "\(origin.scheme)://\(origin.authority)\(prefix)" }

    private init(origin: HTTPOrigin, prefix: String) {
        self.origin = origin
        self.prefix = prefix
    }

    /// Reads a URL like `https://platform.example.com:8443/base`; nil where it is none, has a query, or would send
    /// secrets to another machine without TLS.
    public init?(_ url: String) {
        guard let components = URLComponents(string: url), let scheme = components.scheme,
            let host = components.host, !host.isEmpty, components.query == nil, components.fragment == nil,
            components.user == nil,
            let origin = HTTPOrigin(scheme: scheme.lowercased(), authority: Self.authority(components))
        else { return nil }
        guard origin.scheme == "https" || Self.isThisMachine(origin.host) else { return nil }
        var path = components.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        self.init(origin: origin, prefix: path)
    }

    private static func authority(_ components: URLComponents) -> String {
        let host = components.percentEncodedHost ?? ""
        return components.port.map { "\(host):\($0)" } ?? host
    }

    private static func isThisMachine(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.") || host == "::1"
    }
}
