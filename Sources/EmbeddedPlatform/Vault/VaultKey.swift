// The key of the vault and what it does: sealing secrets with AES-256-GCM and opening them. It knows neither the
// database nor files.
import Crypto
import CryptoExtras
import ExportDomain
import FoundationEssentials
import Secrets

/// A key that seals secrets (AES-256-GCM, NIST SP 800-38D).
///
/// The memory that it is in is overwritten when it is given up.
struct VaultKey: Sendable {
    /// Names the key.
    let id: String
    private let key: SymmetricKey

    /// The number of bytes of a key.
    static let size = 32

    /// Takes a key of `size` bytes.
    init(id: String, key: SymmetricKey) {
        self.id = id
        self.key = key
    }

    /// A new random key.
    static func random() -> VaultKey { VaultKey(id: newID(), key: SymmetricKey(size: .bits256)) }

    /// A name that no key has had.
    static func newID() -> String { UUID().uuidString.lowercased() }

    /// Gives the bytes of the key, for the file that it is kept in.
    func withUnsafeBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try key.withUnsafeBytes(body)
    }

    /// Seals a secret for one field of one account; for another field or account it cannot be opened.
    func seal(_ secret: Secret, of account: Identifier<BaseConnection>, field: String) throws -> Data {
        try seal(Data(secret.reveal().utf8), for: Self.purpose(account, field))
    }

    /// Opens a secret; nil if it was sealed with another key or for another field, or was changed.
    func open(_ sealed: Data, of account: Identifier<BaseConnection>, field: String) -> Secret? {
        guard let bytes = open(sealed, for: Self.purpose(account, field)) else { return nil }
        return Secret(String(decoding: bytes, as: UTF8.self))
    }

    /// Seals the credentials of an account of a distant platform; for another account or profile they cannot be opened.
    func seal(
        _ credentials: Data, of account: Identifier<BaseConnection>, profile: String
    ) throws -> Data {
        try seal(credentials, for: Self.remotePurpose(account, profile))
    }

    /// Opens such credentials; nil if they were sealed with another key or for another account, or were changed.
    func open(_ sealed: Data, of account: Identifier<BaseConnection>, profile: String) -> Data? {
        open(sealed, for: Self.remotePurpose(account, profile))
    }

    /// Seals a secret for one field of one profile; for another it cannot be opened.
    func seal(_ secret: Secret, ofProfile profile: String, field: String) throws -> Data {
        try seal(Data(secret.reveal().utf8), for: Self.purpose(profile: profile, field))
    }

    /// Opens a secret of a profile; nil if it was sealed with another key or for another field, or was changed.
    func open(_ sealed: Data, ofProfile profile: String, field: String) -> Secret? {
        open(sealed, for: Self.purpose(profile: profile, field)).map {
            Secret(String(decoding: $0, as: UTF8.self))
        }
    }

    /// Something by which the key is known again.
    func check() throws -> Data { try seal(Data(), for: Data("key \(id)".utf8)) }

    /// Whether this is the key that has made a check.
    func fits(_ check: Data) -> Bool { open(check, for: Data("key \(id)".utf8)) != nil }

    private func seal(_ plain: Data, for purpose: Data) throws -> Data {
        // A fresh random nonce of 12 bytes each time, which goes before the sealed bytes.
        let box = try AES.GCM.seal(plain, using: key, authenticating: purpose)
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return combined
    }

    private func open(_ sealed: Data, for purpose: Data) -> Data? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        return try? AES.GCM.open(box, using: key, authenticating: purpose)
    }

    /// Ids and the names of fields hold no NUL, so that no two purposes are alike.
    private static func purpose(_ account: Identifier<BaseConnection>, _ field: String) -> Data {
        Data("secret\0\(account)\0\(field)".utf8)
    }

    /// A name of a profile comes last, whatever is in it.
    private static func remotePurpose(_ account: Identifier<BaseConnection>, _ profile: String) -> Data {
        Data("remote\0\(account)\0\(profile)".utf8)
    }

    private static func purpose(profile: String, _ field: String) -> Data {
        Data("profile\0\(profile)\0\(field)".utf8)
    }
}

/// How a key is made from a passphrase (scrypt, RFC 7914).
struct KeyDerivation: Sendable, Hashable {
    var salt: Data
    /// The cost N, a power of two.
    var rounds: Int
    /// The block size r.
    var blockSize: Int
    /// The parallelism p.
    var parallelism: Int

    /// The cost of a new vault: 128 MB of memory, and about a third of a second.
    static let defaultRounds = 1 << 17

    /// A derivation with a new salt.
    init(rounds: Int) {
        salt = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        self.rounds = rounds
        blockSize = 8
        parallelism = 1
    }

    /// The derivation that is written down; nil where it cannot be one, or would take more than 1 GB of memory.
    init?(_ stored: StoredVault) {
        guard let salt = stored.salt, let rounds = stored.rounds, let blockSize = stored.blockSize,
            let parallelism = stored.parallelism, !salt.isEmpty, (2...1 << 20).contains(rounds),
            rounds.nonzeroBitCount == 1, (1...8).contains(blockSize), (1...16).contains(parallelism)
        else { return nil }
        self.salt = salt
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// The key that a passphrase makes.
    func key(id: String, from passphrase: Secret) throws -> VaultKey {
        let key = try KDF.Scrypt.deriveKey(
            from: Data(passphrase.reveal().utf8), salt: salt, outputByteCount: VaultKey.size, rounds: rounds,
            blockSize: blockSize, parallelism: parallelism)
        return VaultKey(id: id, key: key)
    }
}
