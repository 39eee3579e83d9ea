// What creates, changes and actions answer, and what counts do.
import ExportDomain

/// `{"id": …, "etag": …}`: what was made or changed, in its new version.
public typealias EntityReference = WireObject<EntityReferenceShape>

/// The fields of a reference to an entity.
public struct EntityReferenceShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "answer"
    /// The one value of this type.
    public static let shape = Self()

    /// The entity's id.
    public let id = Field<String>("id")
    /// Its new version, with its double quotes.
    public let etag = Field<String>("etag")
}

extension EntityReference {
    /// Refers to an entity.
    public init(id: String, etag: String) {
        self.init()
        set(\.id, to: id)
        set(\.etag, to: etag)
    }
}

/// `{"count": 95}`: how many entities a list has, without them.
public typealias EntityCount = WireObject<EntityCountShape>

/// The fields of a count.
public struct EntityCountShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "count"
    /// The one value of this type.
    public static let shape = Self()

    /// How many there are.
    public let count = Field<Int>("count")
}

/// `{"result": true}`: whether the credentials of an account were accepted.
public typealias ConnectionTestAnswer = WireObject<ConnectionTestShape>

/// The fields of the result of a test.
public struct ConnectionTestShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "result of the test"
    /// The one value of this type.
    public static let shape = Self()

    /// Whether signing in succeeded.
    public let result = Field<Bool>("result")
}
