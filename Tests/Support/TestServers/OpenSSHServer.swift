// Debian's OpenSSH server, run for tests on a free port of this machine.

import Foundation
import TestFiles

/// A server of SFTP, ended with its last reference or with the process of the tests.
public final class OpenSSHServer: Sendable {
    /// The port on 127.0.0.1.
    public let port: Int
    /// Who can sign in.
    public let user: OpenSSHUser
    /// The folder in which the user is after signing in, and may write.
    public let home: String

    private let folder: TemporaryFolder
    private let process = Locked<ChildProcess?>(nil)

    /// Starts a server.
    ///
    /// - Parameter settings: lines for its `sshd_config`, which hold before the others.
    /// - Parameter sftp: how it serves SFTP; nil for not at all.
    public init(settings: [String] = [], sftp: String? = "internal-sftp") throws {
        user = try OpenSSHUser.shared()
        folder = try TemporaryFolder()
        home = folder.file("home")
        port = try freePort()
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: false)
        try user.own(home)
        try keygen(["-t", "ed25519", "-N", "", "-f", folder.file("host_ed25519")])
        let lines =
            settings + [
                "ListenAddress 127.0.0.1", "Port \(port)", "HostKey \(folder.file("host_ed25519"))",
                "PidFile none", "StrictModes no", "UsePAM no", "PermitRootLogin prohibit-password",
                "PasswordAuthentication \(user.password == nil ? "no" : "yes")",
                "AuthorizedKeysFile \(folder.file("authorized_keys"))", "MaxStartups 100",
                "LoginGraceTime 20",
            ] + (sftp.map { ["Subsystem sftp \($0) -d \(home)"] } ?? [])
        try folder.write(lines.joined(separator: "\n") + "\n", to: "sshd_config")
        try folder.write("", to: "authorized_keys")
        let key = try String(contentsOfFile: folder.file("host_ed25519.pub"), encoding: .utf8)
        try folder.write("[127.0.0.1]:\(port) \(key)", to: "known_hosts")
        try start()
    }

    deinit { stop() }

    /// Starts the server again after `stop`, on the same port and with the same keys.
    public func start() throws {
        if geteuid() == 0 {
            try FileManager.default.createDirectory(
                atPath: "/run/sshd", withIntermediateDirectories: true)
        }
        // A shell ends the server when the process of the tests is gone, however that ended.
        let watched =
            "/usr/sbin/sshd -D -f \"$0\" -E \"$1\" & server=$!; trap 'kill $server; wait $server; exit' TERM;"
            + " while kill -0 $2 && kill -0 $server; do sleep 0.2; done 2>/dev/null; kill $server"
        let child = try ChildProcess([
            "/bin/sh", "-c", watched, folder.file("sshd_config"), folder.file("log"), "\(getpid())",
        ])
        process.set(child)
        let deadline = Date(timeIntervalSinceNow: 10)
        while !answers(port) {
            guard Date() < deadline else { throw StartFailure(log: log) }
            usleep(5_000)
        }
    }

    /// Ends the server and all its sessions.
    public func stop() {
        guard let child = process.take() else { return }
        let sessions = sessions(below: child)
        child.send(SIGTERM)
        child.wait()
        for session in sessions { kill(session, SIGKILL) }
    }

    /// Ends all sessions, as if their connections had been cut; the server goes on.
    public func cut() {
        signalSessions(SIGKILL)
    }

    /// Stops all sessions where they are, as a network does that loses everything.
    public func freeze() { signalSessions(SIGSTOP) }

    /// Lets sessions go on.
    public func thaw() { signalSessions(SIGCONT) }

    private func signalSessions(_ signal: Int32) {
        guard let child = process.get() else { return }
        for session in sessions(below: child) { kill(session, signal) }
    }

    /// What the server has written down.
    public var log: String { (try? String(contentsOfFile: folder.file("log"), encoding: .utf8)) ?? "" }

    /// A new key with which the user can sign in: the text of its private half.
    ///
    /// - Parameter type: as for `ssh-keygen -t`.
    /// - Parameter options: further ones for `ssh-keygen`, like `-m PEM`.
    /// - Parameter isAuthorized: false for a key that the server does not know.
    public func makeKey(
        _ type: String, _ options: [String] = [], passphrase: String = "", isAuthorized: Bool = true
    ) throws -> (path: String, text: String) {
        let path = folder.file("key-\(UUID().uuidString)")
        try keygen(["-t", type, "-N", passphrase, "-f", path] + options)
        if isAuthorized {
            let line = try String(contentsOfFile: path + ".pub", encoding: .utf8)
            // Added, not written anew: the server may be reading it for another test.
            let file = open(folder.file("authorized_keys"), O_WRONLY | O_APPEND)
            defer { close(file) }
            let bytes = Array(line.utf8)
            guard write(file, bytes, bytes.count) == bytes.count else { throw StartFailure(log: line) }
        }
        return (path, try String(contentsOfFile: path, encoding: .utf8))
    }

    /// A known hosts file that holds the server's key.
    public var knownHostsFile: String { folder.file("known_hosts") }

    /// The fingerprint of the server's key, by `ssh-keygen`.
    public func fingerprint() throws -> String {
        let listed = try Program.run("ssh-keygen", ["-l", "-f", folder.file("host_ed25519.pub")])
        return listed.text.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    }

    /// Runs commands in OpenSSH's own `sftp`, as the user, with a key.
    public func sftp(_ commands: String, key path: String) throws -> Program {
        try Program.run(
            "sftp",
            [
                "-q", "-P", "\(port)", "-i", path, "-o", "IdentitiesOnly=yes", "-o",
                "UserKnownHostsFile=\(knownHostsFile)", "-b", "-", "\(user.name)@127.0.0.1",
            ], input: Array(commands.utf8))
    }

    private func sessions(below child: ChildProcess) -> [pid_t] {
        var found: [pid_t] = []
        var parents = children(of: child.id)
        while !parents.isEmpty {
            parents = parents.flatMap(children)
            found += parents
        }
        return found
    }

    private func children(of parent: pid_t) -> [pid_t] {
        let listed = try? Program.run("pgrep", ["-P", "\(parent)"])
        return listed?.text.split(separator: "\n").compactMap { pid_t($0) } ?? []
    }

    private struct StartFailure: Error, CustomStringConvertible {
        let log: String
        var description: String { "sshd does not start: \(log)" }
    }
}

private func keygen(_ arguments: [String]) throws {
    let made = try Program.run("ssh-keygen", ["-q"] + arguments)
    guard made.status == 0 else { throw KeyFailure(description: made.errors) }
}

private struct KeyFailure: Error, CustomStringConvertible {
    let description: String
}

/// A port of 127.0.0.1 that nobody uses now.
private func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
        }
    }
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EADDRINUSE) }
    return Int(UInt16(bigEndian: address.sin_port))
}

/// Whether something takes connections on a port of 127.0.0.1.
private func answers(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(port: UInt16(port))
    return withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
}

private func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
}

/// A value that several threads change.
private final class Locked<Value: Sendable>: @unchecked Sendable {
    // The lock guards the value.
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) { self.value = value }

    func get() -> Value { lock.withLock { value } }
    func set(_ new: Value) { lock.withLock { value = new } }
}

extension Locked where Value == ChildProcess? {
    fileprivate func take() -> ChildProcess? {
        lock.withLock {
            defer { value = nil }
            return value
        }
    }
}
