// A profile: which organisation, which sandbox, and as whom. It holds no secret.
import FlowServiceClient
import Secrets

/// A way to an organisation's Experience Platform, or to another server of the same API.
public struct Profile: Sendable, Hashable {
    /// The organisation's id, like `…@AdobeOrg`.
    public var organizationID: String
    /// The organisation's name, for the macros of folder templates; nil where nobody has said it.
    public var organizationName: String?
    /// The sandbox's name.
    public var sandboxName: String
    /// The client id of an OAuth server-to-server credential, which is also the API key.
    public var clientID: String
    /// The scopes that the credential's page lists.
    public var scopes: [String]
    /// The gateway to all services of the platform.
    public var gateway: PlatformAddress
    /// The identity service, which gives tokens.
    public var identityService: PlatformAddress
    /// A PEM file of certificate authorities, by its absolute path; nil to trust what the machine trusts.
    public var certificateAuthorities: String?

    /// The sandbox that every organisation has.
    public static let usualSandbox = "prod"

    /// Describes a profile; Adobe's addresses and scopes unless others are given.
    public init(
        organizationID: String, organizationName: String? = nil, sandboxName: String = Self.usualSandbox,
        clientID: String, scopes: [String] = PlatformSettings.Credential.usualScopes,
        gateway: PlatformAddress = .adobe, identityService: PlatformAddress = .adobeIdentity,
        certificateAuthorities: String? = nil
    ) {
        self.organizationID = organizationID
        self.organizationName = organizationName
        self.sandboxName = sandboxName
        self.clientID = clientID
        self.scopes = scopes
        self.gateway = gateway
        self.identityService = identityService
        self.certificateAuthorities = certificateAuthorities
    }

    /// What a client needs to speak to the platform.
    public func settings(clientSecret: Secret) -> PlatformSettings {
        PlatformSettings(
            credential: PlatformSettings.Credential(
                clientID: clientID, clientSecret: clientSecret, scopes: scopes),
            organizationID: organizationID, organizationName: organizationName, sandboxName: sandboxName,
            gateway: gateway, identityService: identityService)
    }

    /// Whether the other signs in as the same client at the same place, so that its tokens are the same too.
    public func signsIn(like other: Profile) -> Bool {
        clientID == other.clientID && organizationID == other.organizationID && scopes == other.scopes
            && identityService == other.identityService
    }
}

/// What a profile is called: letters, digits, hyphens and underscores, at most 64 of them.
public struct ProfileName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The name.
    public let text: String

    /// Where a profile is named, this word means the platform that the program carries.
    public static let embeddedWord = "embedded"

    /// Takes a name.
    /// - Throws: `ProfileError.badName`, `.reservedName`.
    public init(_ text: String) throws(ProfileError) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
            throw .badName(text)
        }
        if text.lowercased() == Self.embeddedWord { throw .reservedName(text) }
        self.text = text
    }

    /// The name.
    public var description: String { text }

    /// By their letters.
    public static func < (left: ProfileName, right: ProfileName) -> Bool { left.text < right.text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
