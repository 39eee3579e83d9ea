// Where the secrets of accounts are kept: sealed in the database, with a key from a passphrase, from a file or from
// memory. The key is fetched when a secret is first needed, never before.
import ExportDomain
import GRDB
import Languages
import Secrets
import Synchronization

/// The vault of a platform.
///
/// Several processes may use it at the same time; what one changes the others notice at the next use. Its
/// operations throw `VaultError`, and `PlatformError` where the database cannot answer.
public struct Vault: Sendable {
    /// How a vault is protected.
    public enum State: Sendable, Hashable {
        /// There are no secrets yet, and no key.
        case empty
        /// The key is in a file, which only its owner can read.
        case keyFile(path: String)
        /// The key is in the memory of this process, as the secrets are.
        case keyInMemory
        /// The key is made from a passphrase, which this process knows or not.
        case passphrase(isUnlocked: Bool)
    }

    /// What a vault can be protected by.
    public enum Protection: Sendable, Hashable {
        /// A new random key in a file in the home folder; in memory where there is none.
        case keyFile
        /// A key that is made from a passphrase.
        case passphrase(Secret)
    }

    /// What a passphrase is asked for.
    public enum PassphraseUse: Sendable, Hashable {
        /// A vault that exists is to be unlocked.
        case unlocking
        /// The first secret is about to be kept; without a passphrase a key file is made.
        case making
    }

    let store: Store
    let keys: any VaultKeys
    let rounds: Int
    private let passphrase: @Sendable (PassphraseUse) async throws -> Secret?
    private let known = KnownKey()

    init(
        store: Store, keys: any VaultKeys, rounds: Int = KeyDerivation.defaultRounds,
        passphrase: @escaping @Sendable (PassphraseUse) async throws -> Secret?
    ) {
        self.store = store
        self.keys = keys
        self.rounds = rounds
        self.passphrase = passphrase
    }

    /// How the vault is protected now.
    public func state() async throws -> State {
        guard let stored = try await current() else { return .empty }
        switch stored.protection {
        case .keyFile: return keys.state(of: stored.keyID)
        case .passphrase: return .passphrase(isUnlocked: known.key(stored.keyID) != nil)
        }
    }

    /// Unlocks the vault for this process.
    ///
    /// A vault whose key is in a file needs none; an empty one is left empty.
    /// - Throws: `VaultError.wrongPassphrase`.
    public func unlock(passphrase: Secret) async throws {
        guard let stored = try await current(), stored.protection == .passphrase else { return }
        known.keep(try Self.key(of: stored, passphrase: passphrase))
    }

    /// The key of the vault, which is made where there is none.
    func key() async throws -> VaultKey {
        guard let stored = try await current() else {
            let protection = try await passphrase(.making).map(Protection.passphrase) ?? .keyFile
            _ = try await protect(by: protection, from: nil)
            return try await key()
        }
        if let key = known.key(stored.keyID) { return key }
        let key = try await fetchKey(of: stored)
        known.keep(key)
        return key
    }

    func current() async throws -> StoredVault? {
        try await store.read(Text("look at the vault")) { try StoredVault.current($0) }
    }

    func keep(_ key: VaultKey) { known.keep(key) }

    private func fetchKey(of stored: StoredVault) async throws -> VaultKey {
        switch stored.protection {
        case .keyFile:
            return try keys.read(stored.keyID, check: stored.keyCheck)
        case .passphrase:
            guard let passphrase = try await passphrase(.unlocking) else { throw VaultError.locked }
            return try Self.key(of: stored, passphrase: passphrase)
        }
    }

    private static func key(of stored: StoredVault, passphrase: Secret) throws -> VaultKey {
        if passphrase.isEmpty { throw VaultError.wrongPassphrase }
        guard let derivation = KeyDerivation(stored) else { throw VaultError.damaged }
        let key = try derivation.key(id: stored.keyID, from: passphrase)
        guard key.fits(stored.keyCheck) else { throw VaultError.wrongPassphrase }
        return key
    }
}

/// The key that this process has fetched.
private final class KnownKey: Sendable {
    private let state = Mutex<VaultKey?>(nil)

    /// The key of a name, if it is the one that is known.
    func key(_ id: String) -> VaultKey? {
        state.withLock { $0.flatMap { $0.id == id ? $0 : nil } }
    }

    func keep(_ key: VaultKey) { state.withLock { $0 = key } }
}
