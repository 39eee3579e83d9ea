// What the answers of an SSH server mean for a storage.

import Languages
import SecureShell

/// What happens in a storage, for its errors: where, what, and on which object.
struct SFTPOperation: Sendable {
    let location: String
    let server: SSHConfiguration
    let action: StorageFailure.Action
    let key: String?

    func failure(_ reason: StorageFailure.Reason, answer: String? = nil) -> StorageFailure {
        StorageFailure(action: action, location: location, key: key, reason: reason, answer: answer)
    }

    /// The error of a storage for one of SSH or SFTP; others stay as they are.
    ///
    /// - Parameter path: what the request was on, for rights that are missing.
    func translate(_ error: any Error, on path: String? = nil) -> any Error {
        switch error {
        case let error as SSHError: storageError(error)
        case let error as SFTPStatus: storageError(error, on: path)
        case is SFTPLink: StorageError.permanent(failure(.symbolicLink))
        default: error
        }
    }

    /// Does `work`, with the errors of SSH and SFTP told as the storage's.
    func translating<Result>(
        on path: String? = nil, isolation: isolated (any Actor)? = #isolation,
        _ work: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await work()
        } catch {
            throw translate(error, on: path)
        }
    }
}

extension SFTPOperation {
    private func storageError(_ status: SFTPStatus, on path: String?) -> StorageError {
        switch status.code {
        case .noSuchFile where action == .put: .transient(failure(.changedMeanwhile))
        case .noSuchFile: .notFound(failure(.noSuchObject))
        case .permissionDenied:
            .denied(failure(.noPermission, answer: path.map { "user \(server.username), on \($0)" }))
        case .noSpace, .quotaExceeded: .permanent(failure(.noSpace))
        case .readOnly: .permanent(failure(.readOnly))
        case .alreadyExists: .permanent(failure(.alreadyExists))
        case .noConnection, .connectionLost: .transient(failure(.interrupted(.verbatim(words(of: status)))))
        case .unsupported:
            .permanent(failure(.other(Text("the server does not know how to do it: \(words(of: status))"))))
        case .ok, .endOfFile, .failure, .badMessage, .other:
            .permanent(failure(.other(Text("the server answers “\(words(of: status))”"))))
        }
    }

    private func words(of status: SFTPStatus) -> String {
        status.message.isEmpty ? "\(status.code)" : status.message
    }

    private func storageError(_ error: SSHError) -> StorageError {
        let failure = failure(reason(of: error))
        // A name without an address is most likely a typing error while somebody is setting the storage up.
        if case .nameNotResolved = error, action == .reach { return .permanent(failure) }
        if error.isTransient { return .transient(failure) }
        return switch error {
        case .passwordRefused, .keyRefused, .agent, .methodNotOffered, .furtherMethodNeeded:
            .denied(failure)
        default: .permanent(failure)
        }
    }

    private func reason(of error: SSHError) -> StorageFailure.Reason {
        let host = server.host
        return switch error {
        case .nameNotResolved: .nameNotResolved(host: host)
        case .unreachable(let words): .unreachable(host: "\(host):\(server.port)", words: .verbatim(words))
        case .timedOut(let time):
            .unreachable(
                host: "\(host):\(server.port)", words: Text("no answer in \(time.components.seconds) s"))
        case .libraryMissing(let words):
            .other(
                Text("libssh cannot be loaded (\(words)); install it, with apt install libssh-4"))
        case .handshakeFailed(let words):
            .other(
                Text(
                    "\(host) does not speak SSH as this program does (\(words)). Check host and port; a very old server may have to be updated"
                ))
        case .hostKeyUnknown(let key): .hostKeyUnknown(serverKey(key))
        case .hostKeyChanged(let key, let known):
            .hostKeyChanged(
                serverKey(key), known: "\(known.key.fingerprint) (\(known.file), line \(known.line))")
        case .hostKeyRevoked(let key, let line):
            .hostKeyRevoked(serverKey(key), by: "\(line.file), line \(line.line)")
        case .passwordRefused: .wrongSecret
        case .keyRefused(let key): .keyRefused(user: server.username, fingerprint: key.fingerprint)
        case .agent(let fault): .other(sentence(fault))
        case .methodNotOffered(let method, let offered):
            .other(
                Text(
                    "the server does not let this user sign in by \(method), only by \(Self.list(offered)). Choose another way to sign in, or have it allowed there"
                ))
        case .furtherMethodNeeded(let offered):
            .other(
                Text(
                    "the server accepts this, and wants \(Self.list(offered)) besides. Ask its administrator for a user who signs in one way only"
                ))
        case .privateKey(let fault) where fault == .passphraseMissing || fault == .passphraseWrong:
            .keyPassphrase(Self.sentence(fault))
        case .privateKey(let fault): .privateKey(Self.sentence(fault))
        case .noSFTP(let words):
            .other(
                Text(
                    "the server lets the user in, but offers no SFTP (\(words)). Ask its administrator to allow it"
                ))
        case .interrupted(let words): .interrupted(words)
        case .stalled(let time): .timedOut(after: time)
        case .invalidAnswer(let words): .other(Text("\(host) does not keep to SFTP: \(words)"))
        }
    }

    private func serverKey(_ key: SSHPublicKey) -> StorageFailure.ServerKey {
        StorageFailure.ServerKey(
            host: server.hostName, algorithm: key.algorithm, fingerprint: key.fingerprint)
    }

    private static func list(_ methods: [String]) -> Text {
        methods.isEmpty ? Text("nothing that is known here") : .any(of: methods.map(Text.verbatim))
    }

    private func sentence(_ fault: AgentFault) -> Text {
        switch fault {
        case .notRunning:
            Text(
                "no ssh-agent is running here (SSH_AUTH_SOCK is not set). Start one and add the key with ssh-add, or choose another way to sign in"
            )
        case .silent(let socket, let words):
            Text(
                "no ssh-agent answers at \(socket), which SSH_AUTH_SOCK names (\(words)). Start one and add the key with ssh-add, or choose another way to sign in"
            )
        case .empty:
            Text("the ssh-agent holds no key. Add the key with ssh-add, or choose another way to sign in")
        case .refused:
            Text(
                "the server lets \(server.username) in with none of the keys that the ssh-agent holds. Add the right one with ssh-add, or have its public half added to the user's authorized_keys on the server"
            )
        }
    }

    private static func sentence(_ fault: PrivateKeyFault) -> Text {
        switch fault {
        case .passphraseMissing: Text("the private key is encrypted: enter its passphrase")
        case .passphraseWrong: Text("the passphrase does not open the private key: enter it again")
        case .isPublic: Text("this is the public key: give the private one, the file without “.pub”")
        case .isPuTTY:
            Text("the key is in PuTTY's format: convert it in PuTTYgen by Conversions, Export OpenSSH key")
        case .unreadable:
            Text(
                "this is no private key: give the text of its file, from “-----BEGIN” to the end of the last line, or that file in Base64"
            )
        }
    }
}
