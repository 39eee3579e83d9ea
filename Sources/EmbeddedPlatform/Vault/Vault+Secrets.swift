// Keeping and using secrets: what all of them need, and those of accounts.
import ExportDomain
import GRDB
import Languages
import Secrets

extension Vault {
    /// Writes with the key at hand, all or nothing.
    ///
    /// - Parameter needsKey: whether there is anything to seal; otherwise the vault may be locked.
    func write<T: Sendable>(
        _ doing: Text, needsKey: Bool, _ body: @escaping @Sendable (Database, VaultKey?) throws -> T
    ) async throws -> T {
        guard needsKey else { return try await store.write(doing) { try body($0, nil) } }
        // Another process may change the key between the look at it and the transaction.
        for _ in 0..<3 {
            let key = try await key()
            let written: T? = try await store.write(doing) { db in
                guard try StoredVault.current(db)?.keyID == key.id else { return nil }
                return try body(db, key)
            }
            if let written { return written }
        }
        throw VaultError.changedMeanwhile
    }

    /// The secrets of an account, by field.
    ///
    /// A vault that is locked does not matter where the account has none.
    func secrets(
        of account: Identifier<BaseConnection>, named name: String
    ) async throws -> [String: Secret] {
        let secrets = try await opened(Text("read the account's secrets")) { db in
            try StoredSecret.of(account).fetchAll(db)
        } by: { secret, key in
            guard let text = key.open(secret.sealed, of: account, field: secret.field) else {
                throw VaultError.secretDamaged(account: name, field: secret.field)
            }
            return (secret.field, text)
        }
        return Dictionary(uniqueKeysWithValues: secrets)
    }

    /// What is sealed, opened with the key that it was sealed with; no key is needed where there is nothing.
    func opened<Sealed: Sendable, Opened>(
        _ doing: Text, _ fetch: @escaping @Sendable (Database) throws -> [Sealed],
        by open: (Sealed, VaultKey) throws -> Opened
    ) async throws -> [Opened] {
        for _ in 0..<3 {
            let (keyID, sealed) = try await store.read(doing) { db in
                (try StoredVault.current(db)?.keyID, try fetch(db))
            }
            if sealed.isEmpty { return [] }
            let key = try await key()
            if key.id == keyID { return try sealed.map { try open($0, key) } }
        }
        throw VaultError.changedMeanwhile
    }
}
