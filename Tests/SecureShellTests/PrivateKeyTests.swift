// Private keys in every form that people hand over, made by ssh-keygen and openssl.

import Foundation
import Secrets
import TestFiles
import Testing

@testable import SecureShell

@Suite struct PrivateKeyTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func make(_ options: [String], passphrase: String = "") throws -> (text: String, public: String) {
        let path = folder.file(UUID().uuidString)
        let made = try Program.run("ssh-keygen", ["-q", "-N", passphrase, "-f", path] + options)
        #expect(made.status == 0, "\(made.errors)")
        return (
            try String(contentsOfFile: path, encoding: .utf8),
            try String(contentsOfFile: path + ".pub", encoding: .utf8)
        )
    }

    @Test(
        "Every kind of key is read, in OpenSSH's format and as PEM, with a passphrase or without",
        arguments: [
            ["-t", "ed25519"], ["-t", "ecdsa", "-b", "256"], ["-t", "ecdsa", "-b", "521"],
            ["-t", "rsa", "-b", "2048"], ["-t", "rsa", "-b", "2048", "-m", "PEM"],
            ["-t", "ecdsa", "-m", "PEM"], ["-t", "rsa", "-b", "2048", "-m", "PKCS8"],
        ])
    func kinds(options: [String]) throws {
        for passphrase in ["", "a b\"ü"] {
            let key = try make(options, passphrase: passphrase)
            let base64 = Data(key.text.utf8).base64EncodedString(options: .lineLength76Characters)
            let dos = key.text.replacingOccurrences(of: "\n", with: "\r\n")
            for text in [key.text, base64, "\n  " + dos + "\n\n"] {
                let read = try SSHPrivateKey(Secret(text), passphrase: Secret(passphrase))
                #expect(try key.public.contains(read.publicKey().base64))
            }
            guard !passphrase.isEmpty else { continue }
            #expect(throws: SSHError.privateKey(.passphraseMissing)) {
                try SSHPrivateKey(Secret(key.text), passphrase: nil)
            }
            #expect(throws: SSHError.privateKey(.passphraseWrong)) {
                try SSHPrivateKey(Secret(key.text), passphrase: Secret("other"))
            }
        }
    }

    @Test("What is no private key is told for what it is")
    func others() throws {
        let key = try make(["-t", "ed25519"])
        let cut = key.text.split(separator: "\n").enumerated().filter { $0.offset != 2 }
            .map(\.element).joined(separator: "\n")
        let cases: [(String, PrivateKeyFault)] = [
            (key.public, .isPublic), ("PuTTY-User-Key-File-3: ssh-ed25519\n", .isPuTTY),
            ("", .unreadable), ("hunter2", .unreadable), (String(key.text.prefix(100)), .unreadable),
            (cut, .unreadable), ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", .unreadable),
        ]
        for (text, fault) in cases {
            #expect(throws: SSHError.privateKey(fault)) {
                try SSHPrivateKey(Secret(text), passphrase: nil)
            }
        }
    }
}
