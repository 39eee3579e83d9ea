// Kinds of destination, and target connections, which people call destinations.
import DestinationStorages
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

extension EmbeddedPlatform {
    /// The destinations that can be used today.
    public func connectionSpecs() async throws(FlowServiceError) -> [ConnectionSpec] {
        try Destinations.specs()
    }

    /// Makes a target connection.
    public func createTargetConnection(
        _ draft: TargetConnection.Draft
    ) async throws(FlowServiceError) -> TargetConnection {
        let (spec, chosen) = try checked(draft)
        let now = now().milliseconds
        return try await answering(Text("make the destination")) {
            let parameters = try JSONValue.text(of: chosen.parameters)
            return try await store.write(Text("make the destination")) { db in
                try Self.account(chosen.baseConnectionID, of: spec.id, db)
                var row = StoredTargetConnection(
                    id: .random(), name: chosen.name, createdAt: now, updatedAt: now,
                    etag: Revision.newETag(), description: chosen.description, connectionSpecID: spec.id,
                    baseConnectionID: chosen.baseConnectionID, parameters: parameters)
                try row.insert(db)
                return try row.entity()
            }
        }
    }

    /// Changes a target connection; runs that are planned already go where they were planned to go.
    public func updateTargetConnection(
        _ id: Identifier<TargetConnection>, to draft: TargetConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> TargetConnection {
        let (spec, chosen) = try checked(draft)
        let now = now()
        return try await answering(Text("change the destination")) {
            let parameters = try JSONValue.text(of: chosen.parameters)
            return try await store.write(Text("change the destination")) { db in
                var row = try Self.target(id, db)
                if row.etag != etag {
                    throw FlowServiceError.changed(what: "destination", id: id.rawValue)
                }
                if row.connectionSpecID != spec.id {
                    throw FlowServiceError.invalid(
                        field: "connectionSpec.id",
                        reason: Text("A destination stays what it is: make a new one of \(spec.name)"))
                }
                try Self.account(chosen.baseConnectionID, of: spec.id, db)
                try Self.checkPlace(of: row.entity(), staysFor: chosen, db)
                row.name = chosen.name
                row.description = chosen.description
                row.baseConnectionID = chosen.baseConnectionID
                row.parameters = parameters
                row.touch(now)
                try row.update(db)
                return try row.entity()
            }
        }
    }

    /// Removes a target connection, and nothing of what was exported to it; throws `.inUse` while a dataflow has
    /// it.
    public func deleteTargetConnection(_ id: Identifier<TargetConnection>) async throws(FlowServiceError) {
        try await answering(Text("remove the destination")) {
            try await store.write(Text("remove the destination")) { db in
                let row = try Self.target(id, db)
                let users = try FlowQuery.using(db, target: id)
                if !users.isEmpty {
                    throw FlowServiceError.inUse(what: "destination", name: row.name, by: users)
                }
                try row.delete(db)
            }
        }
    }

    /// One target connection.
    public func targetConnection(
        _ id: Identifier<TargetConnection>
    ) async throws(FlowServiceError) -> TargetConnection {
        try await answering(Text("show the destination")) {
            try await store.read(Text("show the destination")) { db in
                try Self.target(id, db).entity()
            }
        }
    }

    /// The target connections.
    public func targetConnections(
        _ page: PageRequest
    ) async throws(FlowServiceError) -> Page<TargetConnection> {
        try page.check()
        return try await answering(Text("list the destinations")) {
            try await store.read(Text("list the destinations")) { db in
                try page.page(db, of: StoredTargetConnection.all()).map { try $0.entity() }
            }
        }
    }

    func connectionSpec(_ id: Identifier<ConnectionSpec>) throws(FlowServiceError) -> ConnectionSpec {
        guard let spec = try Destinations.specs().first(where: { $0.id == id }) else {
            throw .notFound(what: "kind of destination", id: id.rawValue)
        }
        return spec
    }

    /// The kind of destination and the draft with its defaults, if the one takes the other.
    private func checked(
        _ draft: TargetConnection.Draft
    ) throws(FlowServiceError) -> (ConnectionSpec, TargetConnection.Draft) {
        try checkName(draft.name)
        let spec = try connectionSpec(draft.connectionSpecID)
        if let problem = spec.problem(with: draft.parameters) { throw problem }
        var chosen = draft
        chosen.parameters = spec.targetForm.parameters(from: draft.parameters.mapValues(FormAnswer.value))
        return (spec, chosen)
    }

    /// The row of a target connection.
    static func target(
        _ id: Identifier<TargetConnection>, _ db: Database
    ) throws -> StoredTargetConnection {
        guard let row = try StoredTargetConnection.filter(Column("id") == id).fetchOne(db) else {
            throw FlowServiceError.notFound(what: "destination", id: id.rawValue)
        }
        return row
    }

    /// The row of an account that is one of a kind of destination; refuses one of another kind.
    @discardableResult
    static func account(
        _ id: Identifier<BaseConnection>, of kind: Identifier<ConnectionSpec>, _ db: Database
    ) throws -> StoredBaseConnection {
        let account = try Self.account(id, db)
        if account.connectionSpecID != kind {
            let name = try Destinations.specs().first { $0.id == kind }?.name ?? kind.rawValue
            throw FlowServiceError.invalid(
                field: "baseConnectionId", reason: Text("The account “\(account.name)” is not one of \(name)")
            )
        }
        return account
    }

    /// Refuses another place while flows export to the present one: what they have written would be lost sight of.
    private static func checkPlace(
        of target: TargetConnection, staysFor draft: TargetConnection.Draft, _ db: Database
    ) throws {
        let changed = Destinations.placeFields.first { target.draft.parameters[$0] != draft.parameters[$0] }
        let isOtherAccount = target.draft.baseConnectionID != draft.baseConnectionID
        guard let field = changed ?? (isOtherAccount ? "baseConnectionId" : nil) else { return }
        let users = try FlowQuery.using(db, target: target.id)
        if !users.isEmpty {
            let names = Text.quotedList(users)
            throw FlowServiceError.invalid(
                field: field,
                reason: Text(
                    "\(names) exports there and looks for its files there: make a new destination instead")
            )
        }
    }
}
