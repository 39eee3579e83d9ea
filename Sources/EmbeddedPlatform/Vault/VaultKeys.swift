// Where the keys of a vault are kept that no passphrase makes: in files, or in memory only.
import FoundationEssentials
import Synchronization

/// A place for the random keys of a vault.
protocol VaultKeys: Sendable {
    /// How a vault is protected whose key is kept here.
    func state(of keyID: String) -> Vault.State

    /// Keeps a key, which lasts when this returns.
    func write(_ key: VaultKey) throws(VaultError)

    /// The key of a name, which must fit what it once sealed.
    func read(_ keyID: String, check: Data) throws(VaultError) -> VaultKey

    /// Removes a key; one that is not there is no error.
    func remove(_ keyID: String)

    /// The names of the keys that are kept.
    var keyIDs: [String] { get }
}

/// Keys that end with the process.
final class KeysInMemory: VaultKeys {
    private let keys = Mutex<[String: VaultKey]>([:])

    func state(of keyID: String) -> Vault.State { .keyInMemory }

    func write(_ key: VaultKey) { keys.withLock { $0[key.id] = key } }

    func read(_ keyID: String, check: Data) throws(VaultError) -> VaultKey {
        guard let key = keys.withLock({ $0[keyID] }), key.fits(check) else { throw .damaged }
        return key
    }

    func remove(_ keyID: String) { keys.withLock { $0[keyID] = nil } }

    var keyIDs: [String] { keys.withLock { Array($0.keys) } }
}
