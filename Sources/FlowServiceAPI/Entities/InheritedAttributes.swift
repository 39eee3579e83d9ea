// What the platform repeats of the connections that an entity uses, so that lists can be filtered by it.
import ExportDomain

/// What an entity has from those that it uses.
public typealias InheritedAttributes = WireObject<InheritedAttributesShape>

/// The fields of inherited attributes.
public struct InheritedAttributesShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "inherited attributes"
    /// The one value of this type.
    public static let shape = Self()

    /// `isDestinationFlow` and the like.
    public let properties = Field<JSONObject>("properties")
    /// The source connections of a dataflow.
    public let sourceConnections = Field<[InheritedConnection]>("sourceConnections")
    /// The target connections of a dataflow.
    public let targetConnections = Field<[InheritedConnection]>("targetConnections")
    /// The account of a connection.
    public let baseConnection = Field<InheritedConnection>("baseConnection")
}

/// A connection that another entity uses.
public typealias InheritedConnection = WireObject<InheritedConnectionShape>

/// The fields of an inherited connection.
public struct InheritedConnectionShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "inherited connection"
    /// The one value of this type.
    public static let shape = Self()

    /// Its id.
    public let id = Field<String>("id")
    /// Its spec.
    public let connectionSpec = Field<SpecReference>("connectionSpec")
    /// The account of a target connection.
    public let baseConnection = Field<InheritedConnection>("baseConnection")
}

extension InheritedConnection {
    /// Repeats a connection.
    public init(id: String, spec: String, baseConnection: InheritedConnection? = nil) {
        self.init()
        set(\.id, to: id)
        set(\.connectionSpec, to: SpecReference(id: spec))
        set(\.baseConnection, to: baseConnection)
    }
}
