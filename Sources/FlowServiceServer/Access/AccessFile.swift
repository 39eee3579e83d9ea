// The file in the home folder that says who may call: for its owner only, replaced as a whole.
import ExportDomain
import FlowServiceAPI
import Glibc
import Hexadecimal

extension ServerAccess {
    private static let noun = "list of callers"
    private static let longestFile = 16 << 10

    /// Reads who may call; nil where the file is not there.
    ///
    /// - Throws: `ServerError.accessUnusable`, also where others could have written it.
    public static func read(from path: String) throws(ServerError) -> ServerAccess? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw .accessUnusable(path: path, reason: reasonOfFailure())
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .accessUnusable(path: path, reason: "it is not a file")
        }
        guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw .accessUnusable(path: path, reason: "it may be used by others than you; chmod 600 it")
        }
        var bytes = [UInt8](repeating: 0, count: longestFile)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw .accessUnusable(path: path, reason: reasonOfFailure()) }
        guard let access = ServerAccess(reading: Array(bytes.prefix(count))) else {
            throw .accessUnusable(
                path: path, reason: "it is damaged; remove it, and new credentials are made at the next start"
            )
        }
        return access
    }

    /// Writes who may call, in place of what the file said.
    ///
    /// - Throws: `ServerError.accessUnusable`.
    public func write(to path: String) throws(ServerError) {
        let new = path + ".new"
        unlink(new)
        let file = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .accessUnusable(path: path, reason: Self.reasonOfFailure()) }
        defer { close(file) }
        guard let bytes = try? json.body(of: Self.noun),
            // The mask of the process may have taken rights away, but never gives any.
            fchmod(file, 0o600) == 0, Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0,
            rename(new, path) == 0
        else {
            let reason = Self.reasonOfFailure()
            unlink(new)
            throw .accessUnusable(path: path, reason: reason)
        }
    }

    private var json: JSONValue {
        .object([
            "organizationID": .string(organizationID), "clientID": .string(clientID),
            "tokenSHA256": .string(tokenDigest.hexadecimal),
            "clientSecretSHA256": .string(clientSecretDigest.hexadecimal),
        ])
    }

    private init?(reading bytes: [UInt8]) {
        guard case .object(let members)? = try? JSONValue(reading: bytes, as: Self.noun),
            let organizationID = members["organizationID"]?.text, let clientID = members["clientID"]?.text,
            let token = members["tokenSHA256"]?.text.flatMap([UInt8].init(hexadecimal:)), token.count == 32,
            let secret = members["clientSecretSHA256"]?.text.flatMap([UInt8].init(hexadecimal:)),
            secret.count == 32, !organizationID.isEmpty, !clientID.isEmpty
        else { return nil }
        self.init(
            organizationID: organizationID, clientID: clientID, tokenDigest: token, clientSecretDigest: secret
        )
    }

    private static func reasonOfFailure() -> String {
        let words = String(cString: strerror(errno))
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}
