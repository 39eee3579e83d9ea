// What tests of SFTP have in common: the storage of a user on a server that the tests started.

import Foundation
import ObjectStorage
import Secrets
import SecureShell
import TestFiles
import TestServers

/// Servers and the storages on them.
struct SFTPTestServer: Sendable {
    let server: OpenSSHServer
    let key: (path: String, text: String)
    let folder: TemporaryFolder

    init(settings: [String] = [], sftp: String? = "internal-sftp") throws {
        server = try OpenSSHServer(settings: settings, sftp: sftp)
        key = try server.makeKey("ed25519")
        folder = try TemporaryFolder()
    }

    /// One server for tests that do not disturb it.
    static let shared = Result { try SFTPTestServer() }

    /// An empty storage of its own in the user's folder.
    func storage() throws -> SFTPStorage {
        let root = "\(server.home)/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
        try server.user.own(root)
        return try SFTPStorage(configuration(rootFolder: root))
    }

    func configuration(
        rootFolder: String = "", user: String? = nil, authentication: SSHAuthentication? = nil,
        port: Int? = nil, knownHosts: KnownHosts? = nil
    ) throws -> SFTPConfiguration {
        let knownHosts = knownHosts ?? KnownHosts(ownFile: server.knownHostsFile, otherFiles: [])
        return SFTPConfiguration(
            server: SSHConfiguration(
                host: "127.0.0.1", port: port ?? server.port, username: user ?? server.user.name,
                authentication: authentication ?? .privateKey(Secret(key.text), passphrase: nil),
                knownHosts: knownHosts),
            rootFolder: rootFolder)
    }

    /// The file system's path of what a storage calls `key`.
    func path(_ storage: SFTPStorage, _ key: String) -> String {
        let root = storage.location.split(separator: "/", maxSplits: 2).dropFirst(2).joined()
        return "/" + root + "/" + key
    }

    /// Temporary files that are left in a storage.
    func leftovers(in storage: SFTPStorage) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path(storage, ""))
            .filter { $0.hasSuffix(".tmp") && $0.contains("/.") }
    }
}

/// `count` bytes in which a piece that is missing, doubled or moved shows.
func bytes(_ count: Int) -> [UInt8] {
    // As many as a prime number, so that no size of a piece is a multiple of it; each round has its number.
    let period = (0..<65_521).map { UInt8(truncatingIfNeeded: (UInt64($0) &* 0x9E37_79B9_7F4A_7C15) >> 40) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + period.count)
    for round in 0..<count / period.count + 1 {
        bytes += [UInt8(truncatingIfNeeded: round), UInt8(truncatingIfNeeded: round >> 8)]
        bytes += period.dropFirst(2)
    }
    return Array(bytes.prefix(count))
}
