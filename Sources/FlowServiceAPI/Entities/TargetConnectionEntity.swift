// The location and the file options (`/targetConnections`).
import ExportDomain

/// A target connection: what a person calls a destination.
public typealias TargetConnectionEntity = WireObject<TargetConnectionShape>

/// The fields of a destination.
public struct TargetConnectionShape: EntityShape {
    /// What a person calls it.
    public static let noun = "destination"
    /// The one value of this type.
    public static let shape = Self()

    /// The account with the credentials.
    public let baseConnectionId = Field<String>("baseConnectionId")
    /// The kind of destination.
    public let connectionSpec = Field<SpecReference>("connectionSpec")
    /// Location and file options.
    public let params = Field<JSONObject>("params")
    /// What it has from its account.
    public let inheritedAttributes = Field<InheritedAttributes>("inheritedAttributes")
}
