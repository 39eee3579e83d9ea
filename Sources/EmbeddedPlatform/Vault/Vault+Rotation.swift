// Another key for the vault: every secret sealed anew, in one transaction. Whenever it is interrupted, the old key
// opens everything or the new one does.
import ExportDomain
import GRDB
import Languages
import Secrets

extension Vault {
    /// Protects the vault by a new key, and seals every secret with it.
    ///
    /// Also changes between passphrase and key file, and makes a vault that is empty.
    /// - Returns: how many secrets were sealed anew.
    /// - Throws: `VaultError.locked`, `.wrongPassphrase` where the vault could not be unlocked before.
    @discardableResult
    public func rotate(to protection: Protection) async throws -> Int {
        let old = try await current() == nil ? nil : try await key()
        let count = try await protect(by: protection, from: old)
        await store.forgetOldPages()
        return count
    }

    /// Removes every secret and the key, for when the key or the passphrase is lost.
    ///
    /// Accounts and profiles stay; their secrets have to be entered anew.
    /// - Returns: how many secrets there were.
    @discardableResult
    public func reset() async throws -> Int {
        let (old, count) = try await store.write(Text("reset the vault")) { db in
            let old = try StoredVault.current(db)
            let count =
                try StoredSecret.deleteAll(db) + StoredRemoteCredentials.deleteAll(db)
                + StoredProfileSecret.deleteAll(db)
            try StoredVault.deleteAll(db)
            return (old, count)
        }
        if let old { keys.remove(old.keyID) }
        await store.forgetOldPages()
        return count
    }

    /// Protects the vault by a new key where its key is still the old one.
    func protect(by protection: Protection, from old: VaultKey?) async throws -> Int {
        let (new, row) = try newKey(for: protection)
        let keys = keys
        let count: Int?
        do {
            count = try await store.write(Text("change the vault's key")) { db in
                guard try StoredVault.current(db)?.keyID == old?.id else { return nil }
                // Keys are written under the lock of the database, and belong to it when the row is committed:
                // any other key is what an interrupted change has left.
                for left in keys.keyIDs where left != old?.id { keys.remove(left) }
                if row.protection == .keyFile { try keys.write(new) }
                let count = try Self.sealAnew(db, from: old, to: new)
                try StoredVault.deleteAll(db)
                try row.insert(db)
                return count
            }
        } catch {
            // What is certainly not the vault's key is not left behind; in doubt the next change removes it.
            if let stored = try? await current(), stored.keyID != new.id { keys.remove(new.id) }
            throw error
        }
        guard let count else {
            if old == nil { return 0 }
            throw VaultError.changedMeanwhile
        }
        keep(new)
        if let old { keys.remove(old.id) }
        return count
    }

    private static func sealAnew(_ db: Database, from old: VaultKey?, to new: VaultKey) throws -> Int {
        let secrets = try StoredSecret.fetchAll(db)
        for var secret in secrets {
            guard let text = old?.open(secret.sealed, of: secret.accountID, field: secret.field) else {
                let account = try StoredBaseConnection.filter(Column("id") == secret.accountID).fetchOne(db)
                throw VaultError.secretDamaged(account: account?.name ?? "", field: secret.field)
            }
            secret.sealed = try new.seal(text, of: secret.accountID, field: secret.field)
            try secret.update(db)
        }
        let remote = try StoredRemoteCredentials.fetchAll(db)
        for var credentials in remote {
            let (account, profile) = (credentials.accountID, credentials.profile)
            guard let opened = old?.open(credentials.sealed, of: account, profile: profile) else {
                throw VaultError.remoteCredentialsDamaged(account: account, profile: profile)
            }
            credentials.sealed = try new.seal(opened, of: account, profile: profile)
            try credentials.update(db)
        }
        let profiles = try StoredProfileSecret.fetchAll(db)
        for var secret in profiles {
            guard let text = old?.open(secret.sealed, ofProfile: secret.profile, field: secret.field) else {
                throw VaultError.profileSecretDamaged(profile: secret.profile)
            }
            secret.sealed = try new.seal(text, ofProfile: secret.profile, field: secret.field)
            try secret.update(db)
        }
        return secrets.count + remote.count + profiles.count
    }

    private func newKey(for protection: Protection) throws -> (VaultKey, StoredVault) {
        switch protection {
        case .keyFile:
            let key = VaultKey.random()
            return (key, StoredVault(keyID: key.id, protection: .keyFile, keyCheck: try key.check()))
        case .passphrase(let passphrase):
            if passphrase.isEmpty { throw VaultError.emptyPassphrase }
            let derivation = KeyDerivation(rounds: rounds)
            let key = try derivation.key(id: VaultKey.newID(), from: passphrase)
            return (
                key,
                StoredVault(
                    keyID: key.id, protection: .passphrase, salt: derivation.salt, rounds: derivation.rounds,
                    blockSize: derivation.blockSize, parallelism: derivation.parallelism,
                    keyCheck: try key.check())
            )
        }
    }
}
