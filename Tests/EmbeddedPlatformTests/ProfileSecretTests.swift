// The secrets of profiles in the vault: sealed, renamed, renewed and removed with everything else that it keeps.
import ExportDomain
import Foundation
import Secrets
import Testing

@testable import EmbeddedPlatform

@Suite("Secrets of profiles")
struct ProfileSecretTests {
    private let folder: TemporaryFolder
    private static let text = "p8e-the-secret-of-a-client"

    init() throws { folder = try TemporaryFolder() }

    private func vault(passphrase: String? = nil) throws -> Vault {
        var configuration = EmbeddedPlatform.Configuration(
            environment: [:], passphrase: { _ in passphrase.map { Secret($0) } })
        configuration.keyDerivationRounds = 1 << 10
        let home = try Home(path: folder.path + "/home", environment: [:])
        return try EmbeddedPlatform(home: home, configuration: configuration).vault
    }

    private func secrets(_ profile: String, _ vault: Vault) async throws -> [String: String] {
        try await vault.secrets(ofProfile: profile).mapValues { $0.reveal() }
    }

    @Test("They are read again by another process, and stand in no file as they are")
    func kept() async throws {
        try await vault().reset(profile: "acme", to: Secret(Self.text), field: "clientSecret")
        #expect(try await secrets("acme", try vault()) == ["clientSecret": Self.text])
        #expect(try await vault().fieldsSet(ofProfile: "acme") == ["clientSecret"])
        for name in folder.files(below: "home") {
            let bytes = FileManager.default.contents(atPath: folder.path + "/home/" + name) ?? Data()
            #expect(bytes.range(of: Data(Self.text.utf8)) == nil, Comment(rawValue: name))
        }
    }

    @Test("A token is kept only beside the secret that it was got for, and goes with it")
    func tokens() async throws {
        let vault = try vault()
        try await vault.reset(profile: "acme", to: Secret(Self.text), field: "clientSecret")
        for (secret, isKept) in [("another", false), (Self.text, true)] {
            try await vault.keep(
                Secret("token"), ofProfile: "acme", field: "accessToken",
                onlyAs: ("clientSecret", Secret(secret)))
            #expect((try await secrets("acme", vault)["accessToken"] != nil) == isKept)
        }
        try await vault.reset(profile: "acme", to: Secret("new"), field: "clientSecret")
        #expect(try await secrets("acme", vault) == ["clientSecret": "new"])
    }

    @Test("They go with a new name, and end with their profile")
    func renamed() async throws {
        let vault = try vault()
        try await vault.reset(profile: "acme", to: Secret(Self.text), field: "clientSecret")
        try await vault.rename(profile: "acme", to: "globex")
        #expect(try await secrets("acme", vault) == [:])
        #expect(try await secrets("globex", vault) == ["clientSecret": Self.text])
        try await vault.forget(profile: "globex")
        #expect(try await secrets("globex", vault) == [:])
    }

    @Test("The credentials of a profile's accounts go with its name, and end with it")
    func accounts() async throws {
        let vault = try vault()
        let account: Identifier<BaseConnection> = "b1f00000-0000-4000-8000-000000000001"
        let authentication = BaseConnection.Authentication(
            specName: "Access Key", answers: ["s3SecretKey": .secret(Secret(Self.text))])
        try await vault.remoteCredentials(ofProfile: "acme").keep(authentication, of: account)
        try await vault.rename(profile: "acme", to: "globex")
        #expect(try await vault.remoteCredentials(ofProfile: "acme").credentials(of: account) == nil)
        let kept = try await vault.remoteCredentials(ofProfile: "globex").credentials(of: account)
        #expect(kept?.answers["s3SecretKey"] == .secret(Secret(Self.text)))
        try await vault.forget(profile: "globex")
        #expect(try await vault.remoteCredentials(ofProfile: "globex").credentials(of: account) == nil)
    }

    @Test("Another key of the vault opens them; a reset removes them")
    func rotated() async throws {
        let vault = try vault(passphrase: "a passphrase")
        try await vault.reset(profile: "acme", to: Secret(Self.text), field: "clientSecret")
        #expect(try await vault.rotate(to: .keyFile) == 1)
        #expect(try await secrets("acme", try self.vault()) == ["clientSecret": Self.text])
        #expect(try await vault.rotate(to: .passphrase(Secret("another"))) == 1)
        await #expect(throws: VaultError.locked) { try await secrets("acme", try self.vault()) }
        // Whether there is one, needs no key.
        #expect(try await self.vault().fieldsSet(ofProfile: "acme") == ["clientSecret"])
        #expect(try await vault.reset() == 1)
        #expect(try await secrets("acme", try self.vault()) == [:])
    }
}
