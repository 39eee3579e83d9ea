// Signing in: by password, by a private key, by an agent.

import CLibSSH
import Glibc
import Languages
import Secrets

extension SSHSession {
    /// Signs the user in.
    func authenticate(_ authentication: SSHAuthentication) throws {
        // The server says which methods it takes only when it has refused one.
        if try signingIn({ ssh_userauth_none(pointer, nil) }) == SSH_AUTH_SUCCESS { return }
        switch authentication {
        case .password(let password): try signIn(password: password)
        case .privateKey(let text, let passphrase):
            try signIn(privateKey: text, passphrase: passphrase)
        case .agent(let socket): try signIn(agent: SSHAgent(socket: socket))
        }
    }

    private func signingIn(_ call: () -> Int32) throws -> ssh_auth_e {
        let result = ssh_auth_e(
            rawValue: try waitingForServer(again: Int32(SSH_AUTH_AGAIN.rawValue), call))
        if result == SSH_AUTH_ERROR { throw SSHError.interrupted(.verbatim(words)) }
        return result
    }

    private struct Method {
        let name: String
        let bit: Int32

        static let all = [
            Method(name: "password", bit: Int32(SSH_AUTH_METHOD_PASSWORD)),
            Method(name: "publickey", bit: Int32(SSH_AUTH_METHOD_PUBLICKEY)),
            Method(name: "hostbased", bit: Int32(SSH_AUTH_METHOD_HOSTBASED)),
            Method(name: "keyboard-interactive", bit: Int32(SSH_AUTH_METHOD_INTERACTIVE)),
            Method(name: "gssapi-with-mic", bit: Int32(SSH_AUTH_METHOD_GSSAPI_MIC)),
        ]
    }

    /// The methods that the server takes, by their names in RFC 4252.
    private var offered: [String] {
        let bits = ssh_userauth_list(pointer, nil)
        return Method.all.filter { (method: Method) in bits & method.bit != 0 }.map { $0.name }
    }

    private func check(_ result: ssh_auth_e, refusal: SSHError) throws {
        switch result {
        case SSH_AUTH_SUCCESS: return
        case SSH_AUTH_PARTIAL: throw SSHError.furtherMethodNeeded(offered)
        default: throw refusal
        }
    }

    private func signIn(password: Secret) throws {
        let offered = offered
        let byPassword = offered.contains("password")
        let byKeyboard = offered.contains("keyboard-interactive")
        guard byPassword || byKeyboard else {
            throw SSHError.methodNotOffered("password", offered: offered)
        }
        var result = SSH_AUTH_DENIED
        if byPassword {
            result = try password.withCString { text in
                try signingIn { ssh_userauth_password(pointer, nil, text) }
            }
        }
        if result == SSH_AUTH_DENIED && byKeyboard {
            result = try signInByKeyboard(password)
        }
        try check(result, refusal: .passwordRefused)
    }

    /// Gives the password to every question whose answer is not to be shown.
    private func signInByKeyboard(_ password: Secret) throws -> ssh_auth_e {
        // A server may ask in several rounds; one that never ends is refused.
        for _ in 0..<8 {
            let result = try signingIn { ssh_userauth_kbdint(pointer, nil, nil) }
            guard result == SSH_AUTH_INFO else { return result }
            for index in 0..<max(0, ssh_userauth_kbdint_getnprompts(pointer)) {
                var isShown: CChar = 0
                _ = ssh_userauth_kbdint_getprompt(pointer, UInt32(index), &isShown)
                if isShown == 0 {
                    _ = password.withCString { ssh_userauth_kbdint_setanswer(pointer, UInt32(index), $0) }
                } else {
                    ssh_userauth_kbdint_setanswer(pointer, UInt32(index), "")
                }
            }
        }
        return SSH_AUTH_DENIED
    }

    private func signIn(privateKey: Secret, passphrase: Secret?) throws {
        let key = try SSHPrivateKey(privateKey, passphrase: passphrase)
        guard offered.contains("publickey") else {
            throw SSHError.methodNotOffered("publickey", offered: offered)
        }
        let result = try signingIn { ssh_userauth_publickey(pointer, nil, key.pointer) }
        try check(result, refusal: .keyRefused(try key.publicKey()))
    }

    private func signIn(agent: SSHAgent) throws {
        try agent.check(waiting, timeout: timeout)
        guard offered.contains("publickey") else {
            throw SSHError.methodNotOffered("publickey", offered: offered)
        }
        set(SSH_OPTIONS_IDENTITY_AGENT, agent.socket)
        let result = try signingIn { ssh_userauth_agent(pointer, nil) }
        try check(result, refusal: .agent(.refused))
    }
}

/// A private key that libssh has read, wiped with its last reference.
final class SSHPrivateKey {
    let pointer: ssh_key

    /// Reads a key; throws `SSHError.privateKey`.
    init(_ text: Secret, passphrase: Secret?) throws(SSHError) {
        let text = try PrivateKeyText(text.reveal())
        let passphrase = passphrase.flatMap { $0.isEmpty ? nil : $0 }
        if text.isEncrypted && passphrase == nil { throw .privateKey(.passphraseMissing) }
        var key: ssh_key?
        // An empty passphrase, not none: OpenSSL would ask for one on the terminal.
        let result = Secret(text.pem).withCString { pem in
            (passphrase ?? Secret("")).withCString { ssh_pki_import_privkey_base64(pem, $0, nil, nil, &key) }
        }
        guard result == SSH_OK, let key else {
            throw .privateKey(text.isEncrypted ? .passphraseWrong : .unreadable)
        }
        pointer = key
    }

    deinit { ssh_key_free(pointer) }

    /// The public half.
    func publicKey() throws(SSHError) -> SSHPublicKey { try SSHPublicKey(pointer) }
}

extension Secret {
    /// Lends the text to C, in memory that is wiped afterwards.
    fileprivate func withCString<Result>(
        _ body: (UnsafePointer<CChar>) throws -> Result
    ) rethrows -> Result {
        let text = Array(reveal().utf8CString)
        return try withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count) { buffer in
            _ = buffer.initialize(from: text)
            defer { buffer.baseAddress.map { explicit_bzero($0, buffer.count) } }
            guard let start = buffer.baseAddress else { return try "".withCString(body) }
            return try body(start)
        }
    }
}
