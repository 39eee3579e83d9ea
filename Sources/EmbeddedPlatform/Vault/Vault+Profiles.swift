// The secrets of profiles: client secrets of other platforms, and the tokens that were got for them.
import GRDB
import Languages
import Secrets

extension Vault {
    /// The secrets of a profile, by field.
    ///
    /// A vault that is locked does not matter where the profile has none.
    public func secrets(ofProfile profile: String) async throws -> [String: Secret] {
        let secrets = try await opened(Text("read the profile's secrets")) { db in
            try StoredProfileSecret.of(profile).fetchAll(db)
        } by: { secret, key in
            guard let text = key.open(secret.sealed, ofProfile: profile, field: secret.field) else {
                throw VaultError.profileSecretDamaged(profile: profile)
            }
            return (secret.field, text)
        }
        return Dictionary(uniqueKeysWithValues: secrets)
    }

    /// The fields of a profile that have a secret; the vault may be locked.
    public func fieldsSet(ofProfile profile: String) async throws -> Set<String> {
        try await store.read(Text("look at the profile's secrets")) { db in
            try Set(StoredProfileSecret.of(profile).fetchAll(db).map(\.field))
        }
    }

    /// Keeps a secret of a profile, in the place of the one that the field had.
    ///
    /// - Parameter onlyAs: what another field has to be for it; nothing is kept where it is another by now.
    public func keep(
        _ secret: Secret, ofProfile profile: String, field: String,
        onlyAs other: (field: String, secret: Secret)? = nil
    ) async throws {
        let expected = other
        try await write(Text("keep the profile's secret"), needsKey: true) { db, key in
            guard let key else { return }
            if let expected {
                let row = try StoredProfileSecret.of(profile).filter(Column("field") == expected.field)
                    .fetchOne(db)
                let present = row.flatMap { key.open($0.sealed, ofProfile: profile, field: expected.field) }
                guard present == expected.secret else { return }
            }
            let sealed = try key.seal(secret, ofProfile: profile, field: field)
            try StoredProfileSecret(profile: profile, field: field, sealed: sealed).save(db)
        }
    }

    /// Keeps the one secret of a profile, in the place of all that it had.
    public func reset(profile: String, to secret: Secret, field: String) async throws {
        try await write(Text("keep the profile's secret"), needsKey: true) { db, key in
            guard let key else { return }
            let sealed = try key.seal(secret, ofProfile: profile, field: field)
            try StoredProfileSecret.of(profile).deleteAll(db)
            try StoredProfileSecret(profile: profile, field: field, sealed: sealed).insert(db)
        }
        await store.forgetOldPages()
    }

    /// Gives the secrets of a profile to another name, with the credentials of its accounts, in the place of what
    /// that had.
    public func rename(profile old: String, to new: String) async throws {
        let hasSome = try await store.read(Text("look at the profile's secrets")) { db in
            try StoredProfileSecret.of(old).fetchCount(db) + StoredRemoteCredentials.of(old).fetchCount(db)
                > 0
        }
        try await write(Text("rename the profile"), needsKey: hasSome) { db, key in
            try StoredProfileSecret.of(new).deleteAll(db)
            try StoredRemoteCredentials.of(new).deleteAll(db)
            for secret in try StoredProfileSecret.of(old).fetchAll(db) {
                guard let key, let text = key.open(secret.sealed, ofProfile: old, field: secret.field) else {
                    throw VaultError.profileSecretDamaged(profile: old)
                }
                let sealed = try key.seal(text, ofProfile: new, field: secret.field)
                try StoredProfileSecret(profile: new, field: secret.field, sealed: sealed).insert(db)
            }
            try StoredProfileSecret.of(old).deleteAll(db)
            for credentials in try StoredRemoteCredentials.of(old).fetchAll(db) {
                let account = credentials.accountID
                guard let key, let opened = key.open(credentials.sealed, of: account, profile: old) else {
                    throw VaultError.remoteCredentialsDamaged(account: account, profile: old)
                }
                try StoredRemoteCredentials(
                    profile: new, accountID: account,
                    sealed: try key.seal(opened, of: account, profile: new)
                ).insert(db)
            }
            try StoredRemoteCredentials.of(old).deleteAll(db)
        }
    }

    /// Removes the secrets of a profile, with the credentials of its accounts; the vault may be locked.
    public func forget(profile: String) async throws {
        _ = try await store.write(Text("remove the profile's secrets")) { db in
            try StoredProfileSecret.of(profile).deleteAll(db)
                + StoredRemoteCredentials.of(profile).deleteAll(db)
        }
        await store.forgetOldPages()
    }
}
