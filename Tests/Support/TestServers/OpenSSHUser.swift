// The user who signs in at OpenSSH's server in tests. Where tests run as root it is one of its own, since root
// may write everywhere and only root's server can check passwords.

import Foundation
import TestFiles

/// A user of this system.
public struct OpenSSHUser: Sendable {
    /// The name.
    public let name: String
    /// The password; nil where the server cannot check any, as one that does not run as root.
    public let password: String?
    private let id: uid_t
    private let group: gid_t

    /// The user: made the first time, where tests run as root.
    static func shared() throws -> OpenSSHUser {
        guard geteuid() == 0 else {
            return OpenSSHUser(name: NSUserName(), password: nil, id: geteuid(), group: getegid())
        }
        let name = "sluice-sftp-test"
        let password = "s3cret: of a test"
        // Several processes of tests may get here at once.
        let lock = open("/tmp/sluice-sftp-test.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0, errno == EINTR {}
        if getpwnam(name) == nil {
            try run(
                "useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name])
            try run("chpasswd", [], input: "\(name):\(password)\n")
        }
        guard let entry = getpwnam(name)?.pointee else { throw Failure(description: "no user \(name)") }
        return OpenSSHUser(name: name, password: password, id: entry.pw_uid, group: entry.pw_gid)
    }

    /// Gives the user a file or folder.
    public func own(_ path: String) throws {
        guard chown(path, id, group) == 0 else {
            throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
    }

    private static func run(_ program: String, _ arguments: [String], input: String = "") throws {
        let done = try Program.run(program, arguments, input: Array(input.utf8))
        guard done.status == 0 else { throw Failure(description: "\(program): \(done.errors)") }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
