// What every entity says of its own history.
import ExportDomain
import FoundationEssentials

extension Revision {
    /// Reads the history of an entity; what is missing of it is the year 1970 or empty.
    init<Shape: EntityShape>(_ entity: WireObject<Shape>) throws(WireError) {
        let created = try entity.createdAt?.date ?? Date(timeIntervalSince1970: 0)
        var etag = try entity.etag
        if etag == nil { etag = try entity.version }
        self.init(
            createdAt: created, updatedAt: try entity.updatedAt?.date ?? created, etag: etag ?? "")
    }
}

/// What a server writes into every entity beside its own fields.
public struct EntityOrigin: Sendable, Hashable {
    /// The organisation, like `…@AdobeOrg`.
    public var organizationID: String
    /// The id of the sandbox.
    public var sandboxID: String
    /// The name of the sandbox, lowercase.
    public var sandboxName: String
    /// Who made it.
    public var user: String
    /// The client with which it was made.
    public var client: String

    /// Describes where entities are from.
    public init(
        organizationID: String, sandboxID: String, sandboxName: String, user: String, client: String
    ) {
        self.organizationID = organizationID
        self.sandboxID = sandboxID
        self.sandboxName = sandboxName
        self.user = user
        self.client = client
    }
}

extension WireObject where Shape: EntityShape {
    /// An entity with what all entities have.
    init(id: String, revision: Revision, origin: EntityOrigin) {
        self.init(JSONObject(at: JSONPlace(Shape.noun, id: id)))
        set(\.id, to: id)
        set(\.createdAt, to: EpochMilliseconds(revision.createdAt))
        set(\.updatedAt, to: EpochMilliseconds(revision.updatedAt))
        set(\.createdBy, to: origin.user)
        set(\.updatedBy, to: origin.user)
        set(\.createdClient, to: origin.client)
        set(\.updatedClient, to: origin.client)
        set(\.sandboxId, to: origin.sandboxID)
        set(\.sandboxName, to: origin.sandboxName)
        set(\.imsOrgId, to: origin.organizationID)
        set(\.version, to: revision.etag)
        set(\.etag, to: revision.etag)
    }
}
