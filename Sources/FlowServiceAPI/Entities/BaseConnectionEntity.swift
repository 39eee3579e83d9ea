// The account (`/connections`).
import ExportDomain

/// A base connection: the credentials for one destination.
public typealias BaseConnectionEntity = WireObject<BaseConnectionShape>

/// The fields of an account.
public struct BaseConnectionShape: EntityShape {
    /// What a person calls it.
    public static let noun = "account"
    /// The one value of this type.
    public static let shape = Self()

    /// The kind of destination.
    public let connectionSpec = Field<SpecReference>("connectionSpec")
    /// The credentials; absent where the platform provides the storage.
    public let auth = Field<AuthObject>("auth")
    /// How files are encrypted.
    public let encryption = Field<JSONObject>("encryption")
}

/// Credentials, in the form of one of the spec's ways to sign in.
public typealias AuthObject = WireObject<AuthShape>

/// The fields of credentials.
public struct AuthShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "credentials"
    /// The one value of this type.
    public static let shape = Self()

    /// The name of the way to sign in.
    public let specName = Field<String>("specName")
    /// The answers to its form; in answers of the platform, secrets are masked.
    public let params = Field<JSONObject>("params")
}
