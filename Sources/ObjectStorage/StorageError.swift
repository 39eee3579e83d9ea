// What can go wrong in a storage, as facts. The sentences are in StorageError+Description.swift.
import Languages

/// Why a storage did not do what it was asked.
public enum StorageError: Error, Hashable {
    /// There is no such object, or no such folder, bucket or container.
    case notFound(StorageFailure)
    /// The storage refuses: the rights do not suffice.
    case denied(StorageFailure)
    /// Too many requests; try again, not before `after` if that is given.
    case throttled(StorageFailure, after: Duration?)
    /// It may work when tried again as it is.
    case transient(StorageFailure)
    /// It will fail again until somebody changes something.
    case permanent(StorageFailure)

    /// What was tried, on what, and why it failed.
    public var failure: StorageFailure {
        switch self {
        case .notFound(let failure), .denied(let failure), .throttled(let failure, _),
            .transient(let failure), .permanent(let failure):
            failure
        }
    }

    /// Whether the same call may succeed when it is repeated.
    public var isRetryable: Bool {
        switch self {
        case .throttled, .transient: true
        case .notFound, .denied, .permanent: false
        }
    }
}

/// What was tried in a storage, on what, and why it failed.
public struct StorageFailure: Hashable, Sendable {
    /// What a storage can be asked to do.
    public enum Action: Hashable, Sendable {
        case put, list, read, stat, delete, abort
        /// Reaching it at all: finding it, connecting, signing in.
        case reach
        /// Telling which buckets or containers there are besides.
        case listContainers
    }

    /// Why it was not done.
    public enum Reason: Hashable, Sendable {
        /// There is no such object.
        case noSuchObject
        /// The storage's own folder, bucket or container is not there.
        case noSuchLocation
        /// The rights do not suffice.
        case noPermission
        /// The storage can only be read.
        case readOnly
        /// There is no room left, or a quota is used up.
        case noSpace
        /// The object would be larger than the storage, or its limit for the process, allows.
        case tooLarge
        /// A component of the key, or the key, is longer than the storage allows.
        case nameTooLong
        /// A component of the key is an object, where a folder would have to be.
        case notAFolder
        /// The key is a folder, where an object would have to be.
        case isAFolder
        /// A component of the key is a symbolic link, which could lead out of the storage.
        case symbolicLink
        /// A component of the key has the form that the storage keeps for unfinished puts.
        case reservedName
        /// There is an object already, and the put was only for an absent one.
        case alreadyExists
        /// The body was not as long as had been said, in bytes.
        case wrongLength(expected: Int64, found: Int64)
        /// The storage changed under the call, as when its folders are moved.
        case changedMeanwhile
        /// The service does not know the account, access key or user that is named.
        case unknownAccount(String)
        /// The account is known, but its secret is another.
        case wrongSecret
        /// A signature, token or password has run out; what it was, in words, with its time where known.
        case expired(Text)
        /// The bucket lies in another region.
        case wrongRegion(configured: String, actual: String?)
        /// This machine's clock differs from the server's too much for signatures to hold; by how much,
        /// where the server said.
        case clockOff(by: Duration?)
        /// One right is missing, by its name in the service.
        case missingPermission(String)
        /// The shared access signature does not have a right, by its name in the service.
        case signatureWithout(String)
        /// The key that objects are to be encrypted with cannot be used, in the words of the server.
        case encryptionKey(String)
        /// The name of the server has no address.
        case nameNotResolved(host: String)
        /// The server takes no connection, in the words of the network.
        case unreachable(host: String, words: Text)
        /// The server's certificate is not trusted, and why.
        case notTrusted(host: String, words: Text)
        /// The server's host key is not known yet.
        case hostKeyUnknown(ServerKey)
        /// The server's host key is another than the known one: both fingerprints.
        case hostKeyChanged(ServerKey, known: String)
        /// The server's host key has been revoked, by a line of a known hosts file.
        case hostKeyRevoked(ServerKey, by: String)
        /// The server does not let the user in with this key.
        case keyRefused(user: String, fingerprint: String)
        /// The private key cannot be used; why, and what to do about it.
        case privateKey(Text)
        /// The passphrase of the private key is missing or wrong; what to do about it.
        case keyPassphrase(Text)
        /// The connection ended in the middle, in the words of the network.
        case interrupted(Text)
        /// Nothing came for too long.
        case timedOut(after: Duration)
        /// What was stored or read is not what was sent.
        case wrongChecksum
        /// Something else, in the words of the system or the server.
        case other(Text)
    }

    /// The key by which an SSH server proves who it is.
    public struct ServerKey: Hashable, Sendable {
        /// The host and port, as `known_hosts` writes them.
        public var host: String
        /// The kind of key, like `ssh-ed25519`.
        public var algorithm: String
        /// `SHA256:` and the hash in base64 without padding.
        public var fingerprint: String

        /// Describes a key.
        public init(host: String, algorithm: String, fingerprint: String) {
            self.host = host
            self.algorithm = algorithm
            self.fingerprint = fingerprint
        }
    }

    /// What was tried.
    public var action: Action
    /// Where: a folder, a host, a bucket.
    public var location: String
    /// On which object, or which prefix; nil when the whole location is meant.
    public var key: String?
    /// Why it failed.
    public var reason: Reason
    /// The server's own answer, like `403 AccessDenied, request 4F2A…`; nil where none came.
    public var answer: String?

    /// What was tried in a storage, on what, and why it failed.
    public init(action: Action, location: String, key: String?, reason: Reason, answer: String? = nil) {
        self.action = action
        self.location = location
        self.key = key
        self.reason = reason
        self.answer = answer
    }
}
