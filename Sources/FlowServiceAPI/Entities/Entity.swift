// What all entities have in common.
import ExportDomain
import FoundationEssentials

/// The fields of something that has an id and a history: a connection, a dataflow, a run.
///
/// Beside these it has those of `EntityFields`.
public protocol EntityShape: ObjectShape {}

extension EntityShape {
    /// The entity with its id, wherever it was found.
    public static func place(of object: JSONObject, at place: JSONPlace) -> JSONPlace {
        JSONPlace(noun, id: object["id"]?.text)
    }
}

/// The fields of every entity.
public struct EntityFields: Sendable {
    /// A lowercase UUID.
    public let id = Field<String>("id")
    /// How a person calls it.
    public let name = Field<String>("name")
    /// For colleagues (`description`, which in Swift is what a value says of itself).
    public let summary = Field<String>("description")
    /// When it was made.
    public let createdAt = Field<EpochMilliseconds>("createdAt")
    /// When it was last changed.
    public let updatedAt = Field<EpochMilliseconds>("updatedAt")
    /// Who made it.
    public let createdBy = Field<String>("createdBy")
    /// Who changed it last.
    public let updatedBy = Field<String>("updatedBy")
    /// The client with which it was made.
    public let createdClient = Field<String>("createdClient")
    /// The client with which it was changed last.
    public let updatedClient = Field<String>("updatedClient")
    /// The id of its sandbox.
    public let sandboxId = Field<String>("sandboxId")
    /// The name of its sandbox, lowercase.
    public let sandboxName = Field<String>("sandboxName")
    /// The organisation, like `…@AdobeOrg`.
    public let imsOrgId = Field<String>("imsOrgId")
    /// `enabled`, `disabled`, or one of the states between.
    public let state = Field<String>("state")
    /// The opaque version, with the double quotes that belong to it.
    public let etag = Field<String>("etag", or: "eTag")
    /// The same as the etag.
    public let version = Field<String>("version")

    static let all = EntityFields()
}

extension WireObject where Shape: EntityShape {
    /// The value of a field that every entity has, nil where it is absent.
    public subscript<Value>(dynamicMember path: KeyPath<EntityFields, Field<Value>>) -> Value? {
        get throws(WireError) { try object.value(EntityFields.all[keyPath: path].keys) }
    }

    /// The value of a field of every entity that must be there.
    public func require<Value>(_ path: KeyPath<EntityFields, Field<Value>>) throws(WireError) -> Value {
        try object.require(EntityFields.all[keyPath: path])
    }

    /// Writes a field that every entity has, or removes it.
    public mutating func set<Value>(_ path: KeyPath<EntityFields, Field<Value>>, to value: Value?) {
        object.set(EntityFields.all[keyPath: path], to: value)
    }
}
