// Accounts: made, shown, changed and removed. Their secrets go to the vault and never come back from here.
import DestinationStorages
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

extension EmbeddedPlatform {
    /// Makes an account.
    ///
    /// Its secrets are sealed in the vault, which is made with the first of them.
    public func createConnection(
        _ draft: BaseConnection.Draft, spec: Identifier<ConnectionSpec>
    ) async throws(FlowServiceError) -> BaseConnection {
        try checkName(draft.name)
        let spec = try connectionSpec(spec)
        if let problem = spec.problem(with: draft.authentication) { throw problem }
        let credentials = AccountCredentials(draft.authentication, spec: spec)
        let now = now().milliseconds
        return try await answering(Text("make the account")) {
            let parameters = try JSONValue.text(of: credentials.parameters)
            return try await vault.write(
                Text("make the account"), needsKey: !credentials.secrets.isEmpty
            ) { db, key in
                var row = StoredBaseConnection(
                    id: .random(), name: draft.name, createdAt: now, updatedAt: now,
                    etag: Revision.newETag(), connectionSpecID: spec.id, authSpec: credentials.specName,
                    parameters: parameters)
                try row.insert(db)
                try Self.keep(credentials, of: row.id, db, key)
                return try row.entity(db)
            }
        }
    }

    /// The accounts, without their secrets.
    public func connections(
        _ page: PageRequest
    ) async throws(FlowServiceError) -> Page<BaseConnection> {
        try page.check()
        return try await answering(Text("list the accounts")) {
            try await store.read(Text("list the accounts")) { db in
                try page.page(db, of: StoredBaseConnection.all()).map { try $0.entity(db) }
            }
        }
    }

    /// One account, without its secrets.
    public func connection(
        _ id: Identifier<BaseConnection>
    ) async throws(FlowServiceError) -> BaseConnection {
        try await answering(Text("show the account")) {
            try await store.read(Text("show the account")) { try Self.account(id, $0).entity($0) }
        }
    }

    /// Changes an account.
    ///
    /// A secret that the draft leaves out stays as it is, unless there is another way to sign in; one whose answer
    /// is `null` is removed.
    public func updateConnection(
        _ id: Identifier<BaseConnection>, to draft: BaseConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> BaseConnection {
        try checkName(draft.name)
        let spec = try connectionSpec(try await connection(id).connectionSpecID)
        let credentials = AccountCredentials(draft.authentication, spec: spec)
        let now = now()
        return try await answering(Text("change the account")) {
            let parameters = try JSONValue.text(of: credentials.parameters)
            return try await vault.write(
                Text("change the account"), needsKey: !credentials.secrets.isEmpty
            ) { db, key in
                var row = try Self.account(id, db)
                if row.etag != etag {
                    throw FlowServiceError.changed(what: "account", id: id.rawValue)
                }
                let isSameWay = row.authSpec == credentials.specName
                let stored = isSameWay ? try StoredSecret.fields(db, of: id) : []
                let staying = stored.subtracting(credentials.removedSecrets)
                if let problem = spec.problem(with: draft.authentication, storedSecrets: staying) {
                    throw problem
                }
                try StoredSecret.of(id).filter(!staying.contains(Column("field"))).deleteAll(db)
                try Self.keep(credentials, of: id, db, key)
                row.name = draft.name
                row.authSpec = credentials.specName
                row.parameters = parameters
                row.touch(now)
                try row.update(db)
                return try row.entity(db)
            }
        }
    }

    /// Removes an account with its secrets; throws `.inUse` while a destination has it.
    public func deleteConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) {
        try await answering(Text("remove the account")) {
            try await store.write(Text("remove the account")) { db in
                let row = try Self.account(id, db)
                let users =
                    try StoredTargetConnection
                    .filter(Column("baseConnectionID") == id).order(Column("sequence")).fetchAll(db)
                if !users.isEmpty {
                    throw FlowServiceError.inUse(what: "account", name: row.name, by: users.map(\.name))
                }
                try row.delete(db)
            }
        }
    }

    /// The row of an account.
    static func account(_ id: Identifier<BaseConnection>, _ db: Database) throws -> StoredBaseConnection {
        guard let row = try StoredBaseConnection.filter(Column("id") == id).fetchOne(db) else {
            throw FlowServiceError.notFound(what: "account", id: id.rawValue)
        }
        return row
    }

    private static func keep(
        _ credentials: AccountCredentials, of account: Identifier<BaseConnection>, _ db: Database,
        _ key: VaultKey?
    ) throws {
        for (field, secret) in credentials.secrets {
            guard let sealed = try key?.seal(secret, of: account, field: field) else {
                throw VaultError.locked
            }
            try StoredSecret(accountID: account, field: field, sealed: sealed).save(db)
        }
    }
}
