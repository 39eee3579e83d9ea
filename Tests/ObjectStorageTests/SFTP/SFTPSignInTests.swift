// Signing in at a server of SFTP: what is accepted, and what a person is told where it is not.

import Foundation
import Languages
import ObjectStorage
import Secrets
import SecureShell
import TestFiles
import TestServers
import Testing

@Suite struct SFTPSignInTests {
    private let test: SFTPTestServer

    init() throws { test = try SFTPTestServer.shared.get() }

    private func signIn(
        _ authentication: SSHAuthentication, user: String? = nil
    ) async throws {
        let configuration = try test.configuration(user: user, authentication: authentication)
        try await SFTPStorage(configuration).reach(.authenticate)
    }

    private func refusal(
        of authentication: SSHAuthentication, user: String? = nil
    ) async -> (StorageFailure.Reason?, String) {
        let error = await #expect(throws: StorageError.self) {
            try await signIn(authentication, user: user)
        }
        return (error?.failure.reason, error.map { "\($0)" } ?? "")
    }

    @Test("The right password is let in; a wrong one, or an unknown user, is told so without the password")
    func passwords() async throws {
        let password = try #require(test.server.user.password, "only root's server can check passwords")
        try await signIn(.password(Secret(password)))
        for user in [test.server.user.name, "nobody-of-that-name"] {
            let (reason, sentence) = await refusal(of: .password(Secret("wrong pass")), user: user)
            #expect(reason == .wrongSecret)
            #expect(
                sentence
                    == "Cannot use sftp://\(user)@127.0.0.1:\(test.server.port)/~: the secret does not match the account. Enter the secret again, or make a new one."
            )
        }
    }

    @Test(
        "Keys of every kind are let in, in OpenSSH's format, as PEM, and in base64",
        arguments: [
            ["ed25519"], ["ecdsa", "-b", "384"], ["rsa", "-b", "2048"], ["rsa", "-b", "2048", "-m", "PEM"],
        ])
    func keys(kind: [String]) async throws {
        let key = try test.server.makeKey(kind[0], Array(kind.dropFirst()))
        try await signIn(.privateKey(Secret(key.text), passphrase: nil))
        let base64 = Data(key.text.utf8).base64EncodedString()
        try await signIn(.privateKey(Secret(base64), passphrase: nil))
    }

    @Test("An encrypted key needs its passphrase")
    func passphrases() async throws {
        let key = try test.server.makeKey("ed25519", passphrase: "open sesame")
        try await signIn(.privateKey(Secret(key.text), passphrase: Secret("open sesame")))
        let (_, missing) = await refusal(of: .privateKey(Secret(key.text), passphrase: nil))
        #expect(missing.hasSuffix(": the private key is encrypted: enter its passphrase."))
        let (_, wrong) = await refusal(of: .privateKey(Secret(key.text), passphrase: Secret("sesame")))
        #expect(wrong.hasSuffix(": the passphrase does not open the private key: enter it again."))
    }

    @Test("A key that the server does not know is named by its fingerprint")
    func unregisteredKey() async throws {
        let key = try test.server.makeKey("ed25519", isAuthorized: false)
        let listed = try Program.run("ssh-keygen", ["-l", "-f", key.path + ".pub"]).text
        let fingerprint = String(listed.split(separator: " ")[1])
        let (reason, _) = await refusal(of: .privateKey(Secret(key.text), passphrase: nil))
        #expect(reason == .keyRefused(user: test.server.user.name, fingerprint: fingerprint))
    }

    @Test("A password is also given where the server asks for it by keyboard-interactive")
    func keyboardInteractive() async throws {
        let password = try #require(test.server.user.password, "only root's server can check passwords")
        let other = try SFTPTestServer(settings: [
            "UsePAM yes", "PasswordAuthentication no", "KbdInteractiveAuthentication yes",
        ])
        let right = try other.configuration(authentication: .password(Secret(password)))
        try await SFTPStorage(right).reach(.authenticate)
        let wrong = try other.configuration(authentication: .password(Secret("wrong")))
        let error = await #expect(throws: StorageError.self) {
            try await SFTPStorage(wrong).reach(.authenticate)
        }
        #expect(error?.failure.reason == .wrongSecret)
    }

    @Test("A server that takes no passwords says what it takes")
    func methodNotOffered() async throws {
        let other = try SFTPTestServer(settings: [
            "PasswordAuthentication no", "KbdInteractiveAuthentication no",
        ])
        let configuration = try other.configuration(authentication: .password(Secret("any")))
        let error = await #expect(throws: StorageError.self) {
            try await SFTPStorage(configuration).reach(.authenticate)
        }
        #expect(error.map { "\($0)" }?.contains("by password, only by publickey") == true)
    }

    @Test("A server without SFTP is told as one")
    func noSubsystem() async throws {
        let other = try SFTPTestServer(sftp: nil)
        let error = await #expect(throws: StorageError.self) {
            try await SFTPStorage(other.configuration()).reach(.authenticate)
        }
        #expect(error.map { "\($0)" }?.contains("offers no SFTP") == true)
    }

    @Test("Each step towards a server that is not there fails for itself")
    func unreachable() async throws {
        var configuration = try test.configuration(port: 1)
        let storage = SFTPStorage(configuration)
        try await storage.reach(.resolve)
        let refused = await #expect(throws: StorageError.self) { try await storage.reach(.connect) }
        #expect(
            refused?.failure.reason
                == .unreachable(host: "127.0.0.1:1", words: .verbatim("Connection refused")))
        configuration.server.host = "no-such-host.invalid"
        let unnamed = SFTPStorage(configuration)
        let error = await #expect(throws: StorageError.self) { try await unnamed.reach(.resolve) }
        #expect(error?.failure.reason == .nameNotResolved(host: "no-such-host.invalid"))
        #expect(error?.isRetryable == false)
    }
}
