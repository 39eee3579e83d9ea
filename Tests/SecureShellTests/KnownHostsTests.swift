// Known hosts files: what their lines mean, against ssh-keygen where it has a word to say.

import Foundation
import TestFiles
import Testing

@testable import SecureShell

@Suite struct KnownHostsTests {
    /// Keys that ssh-keygen made once for all tests.
    private struct Keys {
        let folder: TemporaryFolder
        let first: SSHPublicKey
        let second: SSHPublicKey
        let rsa: SSHPublicKey

        static let shared = Result { try Keys() }

        init() throws {
            let folder = try TemporaryFolder()
            func key(_ name: String, _ type: String) throws -> SSHPublicKey {
                let path = folder.file(name)
                let made = try Program.run("ssh-keygen", ["-q", "-t", type, "-N", "", "-f", path])
                #expect(made.status == 0)
                let fields = try String(contentsOfFile: path + ".pub", encoding: .utf8)
                    .split(separator: " ")
                return try #require(SSHPublicKey(base64: fields[1]))
            }
            self.folder = folder
            first = try key("first", "ed25519")
            second = try key("second", "ed25519")
            rsa = try key("rsa", "rsa")
        }
    }

    private let folder: TemporaryFolder
    private let keys: Keys
    private var first: SSHPublicKey { keys.first }
    private var second: SSHPublicKey { keys.second }
    private var rsa: SSHPublicKey { keys.rsa }

    init() throws {
        folder = try TemporaryFolder()
        keys = try Keys.shared.get()
    }

    @Test(
        "The names of a line are those of sshd(8)",
        arguments: [
            ("host", "host", true), ("host", "Host", true), ("host", "hosts", false),
            ("other,host", "host", true), ("*.example.org", "a.example.org", true),
            ("*.example.org", "example.org", false), ("h?st", "host", true), ("h?st", "hst", false),
            ("*,!host", "host", false), ("*,!host", "other", true), ("h*o*t", "h12o34t", true),
            ("h*o*t", "h12o34", false), ("[host]:2222", "[host]:2222", true), ("host", "[host]:2222", false),
            ("", "host", false), ("|1|x|y", "host", false), ("*", "host", true), ("**", "", true),
        ])
    func names(hosts: String, name: String, matches: Bool) {
        #expect(KnownHostsFile.matches(name.lowercased(), hosts: hosts[...]) == matches)
    }

    @Test("Names hashed by ssh-keygen are found, and no others")
    func hashed() throws {
        let line = "[server.example.org]:2222 \(first.algorithm) \(first.base64)\n"
        let path = try folder.write(line + "server \(rsa.algorithm) \(rsa.base64)\n", to: "known")
        #expect(try Program.run("ssh-keygen", ["-H", "-f", path]).status == 0)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.hasPrefix("|1|") && !text.contains("server"))
        let file = KnownHostsFile(path: path, text: text)
        let found = file.keys(of: KnownHosts.name(host: "Server.example.org", port: 2222))
        #expect(found.map(\.key) == [first])
        #expect(found.map(\.line) == [1])
        #expect(file.keys(of: "server").map(\.key) == [rsa])
        #expect(file.keys(of: "server.example.org").isEmpty)
    }

    @Test("The fingerprint is that of ssh-keygen")
    func fingerprint() throws {
        let listed = try Program.run("ssh-keygen", ["-l", "-f", keys.folder.file("first.pub")]).text
        #expect(listed.contains(" \(first.fingerprint) "))
    }

    @Test("A host may have several keys; comments, authorities and lines that are none are passed over")
    func lines() throws {
        let text = """
            # a comment
            \r
            host ssh-ed25519
            host ssh-ed25519 notbase64!
            @cert-authority host \(second.algorithm) \(second.base64)
            host  \(first.algorithm)\t\(first.base64) a comment\r
            host \(rsa.algorithm) \(rsa.base64)
            @revoked * \(second.algorithm) \(second.base64)
            """
        let keys = KnownHostsFile(path: "f", text: text).keys(of: "host")
        #expect(keys.map(\.key) == [first, rsa, second])
        #expect(keys.map(\.isRevoked) == [false, false, true])
        #expect(keys.map(\.line) == [6, 7, 8])
    }

    @Test("Known keys are trusted, others unknown, changed or revoked")
    func verdicts() throws {
        func known(_ key: SSHPublicKey, revoked: Bool = false, line: Int = 1) -> KnownHostKey {
            KnownHostKey(key: key, isRevoked: revoked, file: "f", line: line)
        }
        try KnownHosts.check(first, against: [known(second), known(first)])
        #expect(throws: SSHError.hostKeyUnknown(first)) { try KnownHosts.check(first, against: []) }
        #expect(throws: SSHError.hostKeyChanged(first, known: known(second, line: 2))) {
            try KnownHosts.check(first, against: [known(rsa), known(second, line: 2)])
        }
        // A key of another kind than the known one could be that of a server in the middle.
        #expect(throws: SSHError.hostKeyChanged(first, known: known(rsa))) {
            try KnownHosts.check(first, against: [known(rsa)])
        }
        #expect(throws: SSHError.hostKeyRevoked(first, by: known(first, revoked: true))) {
            try KnownHosts.check(first, against: [known(first), known(first, revoked: true)])
        }
    }

    @Test("A key is added at the end of the own file, which only its owner can read, and OpenSSH finds it")
    func adding() throws {
        let path = folder.file("made/known_hosts")
        let hosts = KnownHosts(ownFile: path, otherFiles: [folder.file("missing")])
        try hosts.add(first, host: "Host", port: 22)
        try Data("other ssh-rsa AAAA".utf8).append(to: path)
        try hosts.add(rsa, host: "host", port: 2222)
        #expect(hosts.keys(host: "host", port: 22).map(\.key) == [first])
        #expect(hosts.keys(host: "HOST", port: 2222).map(\.key) == [rsa])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let found = try Program.run("ssh-keygen", ["-F", "[host]:2222", "-f", path])
        #expect(found.text.contains(rsa.base64))
    }

    @Test("A server is asked first for a key of a kind that is known")
    func algorithms() {
        #expect(SSHSession.hostKeyAlgorithms([]).hasPrefix("ssh-ed25519,"))
        #expect(
            SSHSession.hostKeyAlgorithms(["ssh-rsa"]).hasPrefix("rsa-sha2-512,rsa-sha2-256,ssh-ed25519,"))
    }
}

extension Data {
    fileprivate func append(to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: self)
        try file.close()
    }
}
