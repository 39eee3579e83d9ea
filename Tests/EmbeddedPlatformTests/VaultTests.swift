import ExportDomain
import Foundation
import GRDB
import Secrets
import Testing

@testable import DestinationStorages
@testable import EmbeddedPlatform

@Suite("The vault")
struct VaultTests {
    private let folder: TemporaryFolder
    private static let secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

    init() throws { folder = try TemporaryFolder() }

    private func open(passphrase: String? = nil) throws -> EmbeddedPlatform {
        var configuration = EmbeddedPlatform.Configuration(
            environment: [:], passphrase: { _ in passphrase.map { Secret($0) } })
        configuration.keyDerivationRounds = 1 << 10
        return try EmbeddedPlatform(home: try home, configuration: configuration)
    }

    private var home: Home { get throws { try Home(path: folder.path + "/home", environment: [:]) } }

    private func addAccount(
        _ platform: EmbeddedPlatform, secretKey: String = secretKey
    ) async throws -> BaseConnection {
        let answers: FormAnswers = [
            "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"), "s3SecretKey": .secret(Secret(secretKey)),
        ]
        return try await platform.createConnection(
            BaseConnection.Draft(
                name: "Amazon",
                authentication: BaseConnection.Authentication(specName: "Access Key", answers: answers)),
            spec: AmazonS3().id)
    }

    private func secretKey(of account: BaseConnection, on platform: EmbeddedPlatform) async throws -> String?
    {
        try await platform.vault.secrets(of: account.id, named: "Amazon")["s3SecretKey"]?.reveal()
    }

    private func keyFiles() -> [String] {
        folder.files(below: "home").filter { $0.hasSuffix(".key") }
    }

    @Test("The first secret makes a key file that only its owner can read")
    func makesKeyFile() async throws {
        let platform = try open()
        #expect(try await platform.vault.state() == .empty)
        #expect(keyFiles().isEmpty)
        let account = try await addAccount(platform)
        let path = try #require(keyFiles().first).withHome(folder)
        #expect(try await platform.vault.state() == .keyFile(path: path))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try await secretKey(of: account, on: try open()) == Self.secretKey)
    }

    @Test("A key file that others can read is refused, with the way out", arguments: [0o640, 0o604, 0o620])
    func refusesOpenKeyFile(mode: Int) async throws {
        let account = try await addAccount(try open())
        let path = try #require(keyFiles().first).withHome(folder)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let platform = try open()
        let error = await #expect(throws: VaultError.self) {
            _ = try await secretKey(of: account, on: platform)
        }
        #expect(error == .keyFileOpen(path: path, mode: String(mode, radix: 8)))
        #expect(error?.description.contains("chmod 600 \(path)") == true)
        // What needs no secret still works.
        #expect(try await platform.connections(PageRequest()).items == [account])
    }

    @Test("A key file that is missing, damaged or another vault's is told apart")
    func refusesWrongKeyFile() async throws {
        let account = try await addAccount(try open())
        let path = try #require(keyFiles().first).withHome(folder)
        let good = try Data(contentsOf: URL(fileURLWithPath: path))
        for content in [Data("short\n".utf8), Data(), Data(Data(count: 32).base64EncodedString().utf8)] {
            try content.write(to: URL(fileURLWithPath: path))
            await #expect(throws: VaultError.keyFileDamaged(path: path)) {
                _ = try await secretKey(of: account, on: try open())
            }
        }
        try FileManager.default.removeItem(atPath: path)
        await #expect(throws: VaultError.keyFileMissing(path: path)) {
            _ = try await secretKey(of: account, on: try open())
        }
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/null")
        await #expect(throws: VaultError.self) { _ = try await secretKey(of: account, on: try open()) }
        try FileManager.default.removeItem(atPath: path)
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: good, attributes: [.posixPermissions: 0o600]))
        #expect(try await secretKey(of: account, on: try open()) == Self.secretKey)
    }

    @Test("A passphrase unlocks it; a wrong one is told at once, and none says what to do")
    func passphrases() async throws {
        let account = try await addAccount(try open(passphrase: "correct horse"))
        #expect(keyFiles().isEmpty)
        #expect(try await secretKey(of: account, on: try open(passphrase: "correct horse")) == Self.secretKey)
        await #expect(throws: VaultError.wrongPassphrase) {
            _ = try await secretKey(of: account, on: try open(passphrase: "wrong horse"))
        }
        let locked = try open()
        #expect(try await locked.vault.state() == .passphrase(isUnlocked: false))
        let error = await #expect(throws: VaultError.self) {
            _ = try await secretKey(of: account, on: locked)
        }
        #expect(error?.description.contains("SLUICE_PASSPHRASE_FILE") == true)
        #expect(try await locked.connections(PageRequest()).items == [account])
        await #expect(throws: FlowServiceError.self) { try await addAccount(locked) }
        await #expect(throws: VaultError.wrongPassphrase) {
            try await locked.vault.unlock(passphrase: Secret("wrong"))
        }
        try await locked.vault.unlock(passphrase: Secret("correct horse"))
        #expect(try await locked.vault.state() == .passphrase(isUnlocked: true))
        #expect(try await secretKey(of: account, on: locked) == Self.secretKey)
    }

    @Test("Keys are rotated between passphrase and key file, and nobody who has it open loses it")
    func rotates() async throws {
        let platform = try open(passphrase: "second")
        try await platform.vault.rotate(to: .keyFile)
        let account = try await addAccount(platform)
        let first = keyFiles()
        let other = try open(passphrase: "second")
        #expect(try await secretKey(of: account, on: other) == Self.secretKey)
        #expect(try await platform.vault.rotate(to: .keyFile) == 1)
        #expect(keyFiles().count == 1 && keyFiles() != first)
        #expect(try await secretKey(of: account, on: other) == Self.secretKey)
        #expect(try await platform.vault.rotate(to: .passphrase(Secret("second"))) == 1)
        #expect(keyFiles().isEmpty)
        #expect(try await secretKey(of: account, on: other) == Self.secretKey)
        await #expect(throws: VaultError.emptyPassphrase) {
            try await platform.vault.rotate(to: .passphrase(Secret("")))
        }
        let stranger = try open()
        await #expect(throws: VaultError.locked) { try await stranger.vault.rotate(to: .keyFile) }
        #expect(keyFiles().isEmpty)
        #expect(try await platform.vault.rotate(to: .passphrase(Secret("third"))) == 1)
        await #expect(throws: VaultError.wrongPassphrase) { _ = try await secretKey(of: account, on: other) }
        #expect(try await secretKey(of: account, on: try open(passphrase: "third")) == Self.secretKey)
    }

    @Test(
        "A rotation that is cut off before it is committed leaves the old key, and its file is cleared away")
    func isCrashSafe() async throws {
        let platform = try open()
        let account = try await addAccount(platform)
        let before = keyFiles()
        // What a process that was killed between the file and the transaction leaves behind.
        try KeyFile(folder: try home.path).write(VaultKey.random())
        #expect(keyFiles().count == 2)
        #expect(try await secretKey(of: account, on: try open()) == Self.secretKey)
        try await platform.vault.rotate(to: .keyFile)
        #expect(keyFiles().count == 1 && keyFiles() != before)
        #expect(try await secretKey(of: account, on: try open()) == Self.secretKey)
    }

    @Test("A rotation whose transaction fails changes nothing")
    func failsWhole() async throws {
        let platform = try open()
        let first = try await addAccount(platform)
        let second = try await addAccount(platform, secretKey: String(Self.secretKey.reversed()))
        let before = keyFiles()
        let database = try DatabaseQueue(path: try home.database)
        try await database.write { db in
            try db.execute(
                sql: "UPDATE secret SET sealed = zeroblob(40) WHERE accountID = ?", arguments: [second.id])
        }
        await #expect(throws: VaultError.secretDamaged(account: "Amazon", field: "s3SecretKey")) {
            try await platform.vault.rotate(to: .keyFile)
        }
        #expect(keyFiles() == before)
        #expect(try await secretKey(of: first, on: try open()) == Self.secretKey)
        #expect(try await platform.vault.reset() == 2)
        #expect(try await platform.vault.state() == .empty)
        #expect(keyFiles().isEmpty)
        #expect(try await platform.connection(first.id).draft.authentication?.storedSecrets == [])
    }

    @Test("A secret that was moved to another account, or changed, does not open")
    func isBoundToItsPlace() async throws {
        let key = VaultKey.random()
        let sealed = try key.seal(Secret("hush"), of: "a", field: "f")
        #expect(key.open(sealed, of: "a", field: "f")?.reveal() == "hush")
        #expect(key.open(sealed, of: "b", field: "f") == nil)
        #expect(key.open(sealed, of: "a", field: "g") == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(key.open(changed, of: "a", field: "f") == nil)
        }
        #expect(try key.seal(Secret("hush"), of: "a", field: "f") != sealed)
        #expect(VaultKey.random().open(sealed, of: "a", field: "f") == nil)
    }

    @Test("Its keys cost an attacker memory and time")
    func isCostly() {
        #expect(KeyDerivation.defaultRounds >= 1 << 15)
        let derivation = KeyDerivation(rounds: KeyDerivation.defaultRounds)
        #expect(derivation.salt.count >= 16 && derivation.salt != KeyDerivation(rounds: 2).salt)
    }

    @Test("No secret is in any file of the home in plain text, whatever is done with it")
    func hidesSecrets() async throws {
        let platform = try open(passphrase: "correct horse battery staple")
        let account = try await addAccount(platform)
        let answers: FormAnswers = [
            "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"),
            "s3SecretKey": .secret(Secret(String(Self.secretKey.reversed()))),
        ]
        _ = try await platform.updateConnection(
            account.id,
            to: BaseConnection.Draft(
                name: "Amazon",
                authentication: BaseConnection.Authentication(specName: "Access Key", answers: answers)),
            etag: account.revision.etag)
        for protection in [Vault.Protection.keyFile, .passphrase(Secret("correct horse battery staple"))] {
            try await platform.vault.rotate(to: protection)
            try expectHidden(
                [Self.secretKey, String(Self.secretKey.reversed()), "correct horse battery staple"])
        }
        let second = try await addAccount(platform)
        try expectHidden([Self.secretKey])
        try await platform.deleteConnection(second.id)
        try expectHidden([Self.secretKey])
    }

    private func expectHidden(_ secrets: [String]) throws {
        let files = folder.files(below: "home")
        #expect(files.contains("sluice.sqlite") && files.contains("sluice.sqlite-wal"))
        for file in files {
            let content = try Data(contentsOf: URL(fileURLWithPath: file.withHome(folder)))
            for secret in secrets {
                for form in [secret, Data(secret.utf8).base64EncodedString()] {
                    #expect(content.range(of: Data(form.utf8)) == nil, "\(file)")
                }
            }
        }
    }
}

extension String {
    fileprivate func withHome(_ folder: TemporaryFolder) -> String { "\(folder.path)/home/\(self)" }
}
