// The test of a destination before exports rely on it: what is tried, in which order, and what came of it.
// Who does the trying is the platform; the screens and the commands show these values as they come.
import Languages

/// A destination as a form describes it, before it is made.
public struct DestinationDraft: Sendable, Hashable {
    /// The credentials that a destination uses.
    public enum Account: Sendable, Hashable {
        /// An account that exists.
        case existing(Identifier<BaseConnection>)
        /// An account to be made with the destination; no authentication where the platform provides the
        /// storage.
        case new(BaseConnection.Draft)
        /// An account that exists, with what was changed of it: secrets that are left out stay.
        case changed(Identifier<BaseConnection>, BaseConnection.Draft)
    }

    /// How a person recognises the destination.
    public var name: String
    /// For colleagues; empty if there is none.
    public var description: String
    /// The kind of destination.
    public var connectionSpecID: Identifier<ConnectionSpec>
    /// The credentials.
    public var account: Account
    /// Location and file options, as the target spec names them.
    public var parameters: [String: JSONValue]

    /// Describes a destination.
    public init(
        name: String, description: String = "", connectionSpecID: Identifier<ConnectionSpec>,
        account: Account, parameters: [String: JSONValue]
    ) {
        self.name = name
        self.description = description
        self.connectionSpecID = connectionSpecID
        self.account = account
        self.parameters = parameters
    }
}

/// What a person allows a test to do.
public struct DestinationTestConsent: Sendable, Hashable {
    /// Whether a small file may be written, read back and deleted below the destination's folder.
    public var writesProbe: Bool
    /// The fingerprint of the server's key that a person has confirmed; it is remembered from then on.
    public var confirmedFingerprint: String?

    /// Says what a test may do; nothing but looking unless said otherwise.
    public init(writesProbe: Bool = false, confirmedFingerprint: String? = nil) {
        self.writesProbe = writesProbe
        self.confirmedFingerprint = confirmedFingerprint
    }
}

/// One step of a test.
///
/// They are taken in this order, and each only if those before it passed.
public enum DestinationTestStep: String, Sendable, Hashable, CaseIterable {
    /// The name of the server becomes an address.
    case resolve
    /// The server takes a connection.
    case connect
    /// The server is who it says: its certificate, or its host key, is trusted.
    case identify
    /// The credentials are accepted.
    case authenticate
    /// The folder can be listed.
    case list
    /// A probe can be written below the folder.
    case write
    /// The probe is read back as it was written.
    case readBack
    /// The probe can be deleted.
    case delete

    /// The step in words, as a thing to do.
    public var text: Text {
        switch self {
        case .resolve: Text("Find the server")
        case .connect: Text("Connect to it")
        case .identify: Text("Make sure it is the right one")
        case .authenticate: Text("Sign in")
        case .list: Text("List the folder")
        case .write: Text("Write a small file")
        case .readBack: Text("Read it back")
        case .delete: Text("Delete it again")
        }
    }

    /// The same in English.
    public var title: String { text.english }
}

/// What came of one step of a test.
public struct DestinationTestReport: Sendable, Hashable {
    /// What came of a step.
    public enum Outcome: Sendable, Hashable {
        /// It is being tried.
        case running
        /// It went well; with what was found, where that tells a person something.
        case passed(Text?)
        /// It failed: the sentence that says what to change, and the key of the field that it is about.
        case failed(reason: Text, field: String?)
        /// A server is met for the first time: a person has to compare its key's fingerprint.
        case unknownHostKey(HostKey)
        /// It was not tried.
        case skipped(because: Text)
    }

    /// The step.
    public var step: DestinationTestStep
    /// What came of it.
    public var outcome: Outcome

    /// Says what came of a step.
    public init(step: DestinationTestStep, outcome: Outcome) {
        self.step = step
        self.outcome = outcome
    }
}

/// The key by which an SSH server proves who it is.
public struct HostKey: Sendable, Hashable {
    /// The host and port, as `known_hosts` writes them: `[host]:port` unless the port is 22.
    public var host: String
    /// The kind of key, like `ssh-ed25519`.
    public var algorithm: String
    /// `SHA256:` and the hash in base64 without padding, as OpenSSH shows it.
    public var fingerprint: String

    /// Describes a key.
    public init(host: String, algorithm: String, fingerprint: String) {
        self.host = host
        self.algorithm = algorithm
        self.fingerprint = fingerprint
    }
}
