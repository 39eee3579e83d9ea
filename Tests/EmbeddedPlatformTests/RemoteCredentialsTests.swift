// The credentials that were given for accounts of distant platforms, in the vault.
import ExportDomain
import Foundation
import GRDB
import Languages
import Secrets
import Testing

@testable import EmbeddedPlatform

@Suite("Credentials of distant platforms in the vault")
struct RemoteCredentialsTests {
    private static let secret = "NotARealSecretOfTests"
    private static let given = BaseConnection.Authentication(
        specName: "Access Key",
        answers: [
            "s3AccessKey": .value("AKIA1"), "port": .value(.integer(22)),
            "s3SecretKey": .secret(Secret(secret)),
        ])

    @Test("They are read as they were given, by profile and account, and are in no file in plain text")
    func keeps() async throws {
        let test = try TestPlatform()
        let prod = test.platform.vault.remoteCredentials(ofProfile: "prod")
        let dev = test.platform.vault.remoteCredentials(ofProfile: "dev")
        try await prod.keep(Self.given, of: "a")
        #expect(try await prod.credentials(of: "a") == Self.given)
        #expect(try await prod.credentials(of: "b") == nil)
        #expect(try await dev.credentials(of: "a") == nil)
        for file in test.folder.files(below: "home") {
            let content = try Data(contentsOf: URL(fileURLWithPath: "\(test.folder.path)/home/\(file)"))
            #expect(content.range(of: Data(Self.secret.utf8)) == nil, "\(file)")
        }
        try await prod.forget("a")
        #expect(try await prod.credentials(of: "a") == nil)
    }

    @Test("They outlive another key of the vault, and go with a reset")
    func rotation() async throws {
        let test = try TestPlatform()
        let store = test.platform.vault.remoteCredentials(ofProfile: "prod")
        try await store.keep(Self.given, of: "a")
        #expect(try await test.platform.vault.rotate(to: .passphrase(Secret("open sesame"))) == 1)
        #expect(try await store.credentials(of: "a") == Self.given)
        let other = try TestPlatform(folder: test.folder)
        let locked = other.platform.vault.remoteCredentials(ofProfile: "prod")
        await #expect(throws: VaultError.locked) { _ = try await locked.credentials(of: "a") }
        #expect(try await locked.credentials(of: "b") == nil)
        #expect(try await test.platform.vault.reset() == 1)
        #expect(try await store.credentials(of: "a") == nil)
    }

    @Test("Those of one account cannot be passed for those of another")
    func sealedFor() async throws {
        let test = try TestPlatform()
        let store = test.platform.vault.remoteCredentials(ofProfile: "prod")
        try await store.keep(Self.given, of: "a")
        try await test.platform.store.write(Text("swap")) { db in
            try db.execute(sql: "UPDATE remoteCredentials SET accountID = 'b'")
        }
        await #expect(throws: VaultError.remoteCredentialsDamaged(account: "b", profile: "prod")) {
            _ = try await store.credentials(of: "b")
        }
    }

    @Test("A change keeps the secrets that it leaves out, and forgets those that it takes away")
    func changes() async throws {
        let test = try TestPlatform()
        let store = test.platform.vault.remoteCredentials(ofProfile: "prod")
        var change = Self.given
        change.answers["s3SecretKey"] = nil
        try await store.note(change, of: "a")
        #expect(try await store.credentials(of: "a") == nil)
        try await store.note(Self.given, of: "a")
        change.answers["s3AccessKey"] = .value("AKIA2")
        try await store.note(change, of: "a")
        let kept = try #require(try await store.credentials(of: "a"))
        #expect(kept.answers["s3AccessKey"] == .value("AKIA2"))
        #expect(kept.answers["s3SecretKey"] == Self.given.answers["s3SecretKey"])
        try await store.note(
            BaseConnection.Authentication(
                specName: "Assumed Role", answers: ["s3Role": .secret(Secret("arn"))]),
            of: "a")
        #expect(try await store.credentials(of: "a")?.answers.count == 1)
        try await store.note(nil, of: "a")
        #expect(try await store.credentials(of: "a") == nil)
    }
}
