// The key of a server: unknown, confirmed, changed, revoked.

import Foundation
import ObjectStorage
import Secrets
import SecureShell
import TestFiles
import TestServers
import Testing

@Suite struct SFTPHostKeyTests {
    private let test: SFTPTestServer
    private let folder: TemporaryFolder

    init() throws {
        test = try SFTPTestServer.shared.get()
        folder = try TemporaryFolder()
    }

    private func storage(own: String = "own", others: [String] = []) throws -> SFTPStorage {
        SFTPStorage(
            try test.configuration(
                authentication: .password(Secret("must not be sent")),
                knownHosts: KnownHosts(ownFile: folder.file(own), otherFiles: others)))
    }

    @Test("A key that is met first is shown and trusted only when it has been confirmed")
    func unknown() async throws {
        let storage = try storage()
        let fingerprint = try test.server.fingerprint()
        let key = StorageFailure.ServerKey(
            host: "[127.0.0.1]:\(test.server.port)", algorithm: "ssh-ed25519", fingerprint: fingerprint)
        for step in [ReachStep.identify, .authenticate] {
            let error = await #expect(throws: StorageError.self) { try await storage.reach(step) }
            #expect(error?.failure.reason == .hostKeyUnknown(key))
        }
        let other = await #expect(throws: StorageError.self) { try await storage.trust("SHA256:other") }
        #expect(
            other?.failure.reason
                == .hostKeyChanged(key, known: "SHA256:other, which was confirmed"))
        #expect(try folder.everything() == [])
        try await storage.trust(fingerprint)
        try await storage.reach(.identify)
        try await storage.trust(fingerprint)
        let written = try String(contentsOfFile: folder.file("own"), encoding: .utf8)
        #expect(written.split(separator: "\n").count == 1)
    }

    @Test("A changed key is refused before anything secret is sent, and names the line of the known one")
    func changed() async throws {
        let other = try test.server.makeKey("ed25519", isAuthorized: false)
        let line = try String(contentsOfFile: other.path + ".pub", encoding: .utf8)
        let path = try folder.write(
            "# servers\n[127.0.0.1]:\(test.server.port) \(line)", to: "known_hosts")
        let listed = try Program.run("ssh-keygen", ["-l", "-f", other.path + ".pub"]).text
        let known = listed.split(separator: " ")[1]
        let storage = try storage(others: [path])
        let error = await #expect(throws: StorageError.self) { try await storage.reach(.authenticate) }
        #expect(
            error?.failure.reason
                == .hostKeyChanged(
                    StorageFailure.ServerKey(
                        host: "[127.0.0.1]:\(test.server.port)", algorithm: "ssh-ed25519",
                        fingerprint: try test.server.fingerprint()),
                    known: "\(known) (\(path), line 2)"))
        await #expect(throws: StorageError.self) {
            try await storage.trust(test.server.fingerprint())
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("own")))
    }

    @Test("A revoked key is refused although it is known")
    func revoked() async throws {
        let known = try String(contentsOfFile: test.server.knownHostsFile, encoding: .utf8)
        let path = try folder.write(known + "@revoked \(known)", to: "known_hosts")
        let storage = try storage(others: [path])
        let error = await #expect(throws: StorageError.self) { try await storage.reach(.identify) }
        guard case .hostKeyRevoked(_, let line) = error?.failure.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(line == "\(path), line 2")
    }
}
