// What can go wrong between a client and an SSH server, as facts. The words for people are a storage's.
import Languages

/// Why a server was not reached, or a connection ended.
public enum SSHError: Error, Hashable {
    /// The name of the server has no address.
    case nameNotResolved(String)
    /// No address of the server takes a connection, in the words of the network.
    case unreachable(String)
    /// There is no libssh, in the words of the C library.
    case libraryMissing(String)
    /// The server did not answer in time while the connection was made.
    case timedOut(Duration)
    /// Both sides have no algorithm in common, or what answers does not speak SSH.
    case handshakeFailed(String)
    /// No known hosts file has a key of this server.
    case hostKeyUnknown(SSHPublicKey)
    /// The known hosts files have other keys of this server.
    case hostKeyChanged(SSHPublicKey, known: KnownHostKey)
    /// The key has been revoked.
    case hostKeyRevoked(SSHPublicKey, by: KnownHostKey)
    /// The server refuses user and password.
    case passwordRefused
    /// The server refuses a key for this user.
    case keyRefused(SSHPublicKey)
    /// The ssh-agent cannot sign the user in.
    case agent(AgentFault)
    /// The server does not offer what is to be used; what it does offer, in SSH's words.
    case methodNotOffered(String, offered: [String])
    /// The server accepts the credential, and wants another besides; which, in SSH's words.
    case furtherMethodNeeded([String])
    /// The private key cannot be used.
    case privateKey(PrivateKeyFault)
    /// The user is signed in, but the server offers no SFTP.
    case noSFTP(Text)
    /// The connection ended.
    case interrupted(Text)
    /// Nothing came for too long.
    case stalled(Duration)
    /// The server sent what it must not.
    case invalidAnswer(Text)

    /// Whether a new connection may do better.
    public var isTransient: Bool {
        switch self {
        case .nameNotResolved, .unreachable, .timedOut, .interrupted, .stalled: true
        default: false
        }
    }
}

/// Why an ssh-agent cannot sign a user in.
public enum AgentFault: Hashable, Sendable {
    /// Nothing says where there is one.
    case notRunning
    /// Nobody answers at its socket, in the words of the system.
    case silent(socket: String, String)
    /// It holds no key.
    case empty
    /// The server accepts none of its keys for this user.
    case refused
}

/// Why a private key cannot be used.
public enum PrivateKeyFault: Hashable, Sendable {
    /// It is encrypted, and no passphrase was given.
    case passphraseMissing
    /// The passphrase does not open it.
    case passphraseWrong
    /// It is the public half.
    case isPublic
    /// It is in PuTTY's own format.
    case isPuTTY
    /// It is no private key that can be read.
    case unreadable
}
