// The rows of the vault: how its key is kept, and the sealed secrets of accounts and profiles. None of it can be
// read without the key.
import ExportDomain
import FoundationEssentials
import GRDB

/// How the key of the vault is kept; there is one such row, or none before the first secret.
struct StoredVault: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "vault"

    var id = 1
    /// Names the key; another key has another name.
    var keyID: String
    var protection: Protection
    var salt: Data?
    var rounds: Int?
    var blockSize: Int?
    var parallelism: Int?
    /// Something known, sealed with the key: only the right one opens it.
    var keyCheck: Data

    /// Where the key comes from.
    enum Protection: String, Codable, Sendable {
        case keyFile
        case passphrase
    }

    /// The row; nil before the first secret.
    static func current(_ db: Database) throws -> StoredVault? {
        try StoredVault.fetchOne(db)
    }
}

/// A secret of an account, sealed.
struct StoredSecret: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "secret"

    var accountID: Identifier<BaseConnection>
    /// The field of the authentication form.
    var field: String
    var sealed: Data

    /// The fields of an account that have a secret.
    static func fields(_ db: Database, of account: Identifier<BaseConnection>) throws -> Set<String> {
        try Set(of(account).select(Column("field"), as: String.self).fetchAll(db))
    }

    /// The secrets of an account.
    static func of(_ account: Identifier<BaseConnection>) -> QueryInterfaceRequest<StoredSecret> {
        StoredSecret.filter(Column("accountID") == account)
    }
}

/// The credentials of an account of a distant platform, sealed as a whole.
struct StoredRemoteCredentials: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "remoteCredentials"

    /// The profile by which the platform is reached.
    var profile: String
    var accountID: Identifier<BaseConnection>
    var sealed: Data

    /// Those of all accounts of a profile.
    static func of(_ profile: String) -> QueryInterfaceRequest<StoredRemoteCredentials> {
        filter(Column("profile") == profile)
    }

    /// Those of one account.
    static func of(
        _ account: Identifier<BaseConnection>, profile: String
    ) -> QueryInterfaceRequest<StoredRemoteCredentials> {
        filter(Column("profile") == profile && Column("accountID") == account)
    }
}

/// A secret of a profile, sealed.
struct StoredProfileSecret: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "profileSecret"

    /// The profile's name.
    var profile: String
    var field: String
    var sealed: Data

    /// The secrets of a profile.
    static func of(_ profile: String) -> QueryInterfaceRequest<StoredProfileSecret> {
        StoredProfileSecret.filter(Column("profile") == profile)
    }
}
