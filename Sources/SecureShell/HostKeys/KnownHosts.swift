// Which servers are known, and by which keys: the files of the user and the system, which are only read, and
// one of our own.

import FoundationEssentials
import Glibc

/// The known hosts files.
public struct KnownHosts: Hashable, Sendable {
    /// The file that confirmed keys are written to, made when the first one is.
    public var ownFile: String
    /// Files that are read besides; those that are not there hold nothing.
    public var otherFiles: [String]

    /// Known hosts files.
    public init(ownFile: String, otherFiles: [String]) {
        self.ownFile = ownFile
        self.otherFiles = otherFiles
    }

    /// The files that OpenSSH reads: the user's and the system's.
    public static var filesOfOpenSSH: [String] {
        [fileOfUser, "\(fileOfUser)2", "/etc/ssh/ssh_known_hosts"]
    }

    /// The file that OpenSSH writes the keys to that the user has confirmed.
    public static var fileOfUser: String {
        "\(FileManager.default.homeDirectoryForCurrentUser.path)/.ssh/known_hosts"
    }

    /// How known hosts files call a server: its name, and its port if that is not 22.
    public static func name(host: String, port: Int) -> String {
        KnownHostsFile.name(host: host, port: port)
    }

    /// All keys that are written down for a server.
    func keys(host: String, port: Int) -> [KnownHostKey] {
        ([ownFile] + otherFiles).flatMap { path -> [KnownHostKey] in
            guard let content = FileManager.default.contents(atPath: path) else { return [] }
            return KnownHostsFile(path: path, text: String(decoding: content, as: UTF8.self))
                .keys(of: Self.name(host: host, port: port))
        }
    }

    /// Throws unless `key` is one of the `known` ones, and not revoked.
    ///
    /// A key of another kind than all known ones is a changed one too: a server in the middle could offer
    /// just that, to be taken for a new one.
    static func check(_ key: SSHPublicKey, against known: [KnownHostKey]) throws(SSHError) {
        if let revoked = known.first(where: { $0.isRevoked && $0.key == key }) {
            throw .hostKeyRevoked(key, by: revoked)
        }
        let valid = known.filter { !$0.isRevoked }
        if valid.contains(where: { $0.key == key }) { return }
        let sameKind = valid.first { $0.key.algorithm == key.algorithm }
        guard let other = sameKind ?? valid.first else { throw .hostKeyUnknown(key) }
        throw .hostKeyChanged(key, known: other)
    }

    /// Writes down that `key` is the server's, at the end of the own file; throws the system's error number.
    public func add(_ key: SSHPublicKey, host: String, port: Int) throws(SystemErrorNumber) {
        let folder = ownFile.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(ownFile[..<$0]) } ?? "."
        if !folder.isEmpty && mkdir(folder, 0o700) != 0 && errno != EEXIST { throw SystemErrorNumber(errno) }
        // One write at the end of the file: another process that adds a key at the same time does not
        // lose its own, and a reader sees the line whole.
        let descriptor = open(ownFile, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemErrorNumber(errno) }
        defer { close(descriptor) }
        var line = "\(Self.name(host: host, port: port)) \(key.algorithm) \(key.base64)\n"
        var last: UInt8 = 0
        let end = lseek(descriptor, 0, SEEK_END)
        if end > 0, pread(descriptor, &last, 1, end - 1) == 1, last != UInt8(ascii: "\n") {
            line = "\n" + line
        }
        let bytes = Array(line.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw SystemErrorNumber(errno)
        }
    }
}

/// An error number of the system, as `errno` has it.
public struct SystemErrorNumber: Error, Hashable {
    /// The number.
    public let code: Int32

    /// What it means, in the words of the system.
    public var words: String { String(cString: strerror(code)) }

    init(_ code: Int32) { self.code = code }
}
