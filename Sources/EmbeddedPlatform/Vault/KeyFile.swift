// The file in the home folder that a key is kept in when no passphrase is used: made for its owner only, and
// refused when others could have read it.
import Crypto
import FoundationEssentials
import Glibc

/// The key files of a home folder.
struct KeyFile: VaultKeys {
    /// The home folder.
    let folder: String

    private static let prefix = "vault-"
    private static let suffix = ".key"
    /// The base64 of a key and a line break are less.
    private static let longestFile = 1_024

    /// The path of the file with the key of a name.
    func path(of keyID: String) -> String { "\(folder)/\(Self.prefix)\(keyID)\(Self.suffix)" }

    /// Writes a key to a new file that only its owner can read, and makes it durable.
    func write(_ key: VaultKey) throws(VaultError) {
        let path = path(of: key.id)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw unusable(path) }
        defer { close(descriptor) }
        var text = key.withUnsafeBytes { Array(Data($0).base64EncodedString().utf8) } + [0x0A]
        defer { text.wipe() }
        // The mask of the process may have taken rights away, but never gives any.
        guard fchmod(descriptor, 0o600) == 0, Glibc.write(descriptor, text, text.count) == text.count,
            fsync(descriptor) == 0
        else {
            let error = unusable(path)
            unlink(path)
            throw error
        }
        FileSystem.synchronize(folder: folder)
    }

    func state(of keyID: String) -> Vault.State { .keyFile(path: path(of: keyID)) }

    /// Reads a key.
    /// - Throws: `VaultError` where the file is missing, not the key, or where others could have read it.
    func read(_ keyID: String, check: Data) throws(VaultError) -> VaultKey {
        let key = try read(keyID)
        guard key.fits(check) else { throw .keyFileDamaged(path: path(of: keyID)) }
        return key
    }

    private func read(_ keyID: String) throws(VaultError) -> VaultKey {
        let path = path(of: keyID)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .keyFileMissing(path: path) : unusable(path)
        }
        defer { close(descriptor) }
        try check(descriptor, path: path)
        var text = [UInt8](repeating: 0, count: Self.longestFile)
        defer { text.wipe() }
        let count = Glibc.read(descriptor, &text, text.count)
        guard count >= 0 else { throw unusable(path) }
        let line = text.prefix(count).prefix { $0 != 0x0A }
        guard let bytes = Data(base64Encoded: Data(line)), bytes.count == VaultKey.size else {
            throw .keyFileDamaged(path: path)
        }
        return VaultKey(id: keyID, key: SymmetricKey(data: bytes))
    }

    /// Removes the file of a key.
    func remove(_ keyID: String) {
        unlink(path(of: keyID))
    }

    /// The names of the keys that have a file.
    var keyIDs: [String] {
        let names = (try? FileSystem.names(in: folder)) ?? []
        return names.filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(Self.suffix) }
            .map { String($0.dropFirst(Self.prefix.count).dropLast(Self.suffix.count)) }
    }

    private func check(_ descriptor: Int32, path: String) throws(VaultError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unusable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .keyFileDamaged(path: path) }
        guard status.st_uid == geteuid() else { throw .keyFileOfAnother(path: path) }
        let mode = status.st_mode & 0o777
        guard mode & 0o077 == 0 else { throw .keyFileOpen(path: path, mode: String(mode, radix: 8)) }
    }

    private func unusable(_ path: String) -> VaultError {
        .keyFileUnusable(path: path, reason: SystemFailure.latest().reason)
    }
}

extension [UInt8] {
    /// Overwrites the bytes, so that a key does not stay in memory.
    fileprivate mutating func wipe() {
        withUnsafeMutableBytes { bytes in
            if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
        }
    }
}
