// Where an SSH server is, who signs in and how.

import Secrets

/// How a user proves who they are.
public enum SSHAuthentication: Hashable, Sendable {
    /// By password, also where the server asks for it by keyboard-interactive.
    case password(Secret)
    /// By a private key: the text of its file in OpenSSH's format or as PEM (PKCS#1, PKCS#8, SEC 1), or that
    /// file in base64.
    case privateKey(Secret, passphrase: Secret?)
    /// By a key of the ssh-agent with this socket, which `SSH_AUTH_SOCK` names; nil where it is not set.
    case agent(socket: String?)
}

/// A server and how to sign in.
public struct SSHConfiguration: Hashable, Sendable {
    /// A name or an address.
    public var host: String
    /// The port.
    public var port: Int
    /// The user on the server.
    public var username: String
    /// How the user proves who they are.
    public var authentication: SSHAuthentication
    /// What is known of servers' keys.
    public var knownHosts: KnownHosts
    /// How long each step of connecting may take.
    public var connectTimeout: Duration
    /// How long nothing may come from the server, not even an answer to a sign of life.
    public var stallTimeout: Duration
    /// How long a connection that nobody uses is kept.
    public var idleLimit: Duration

    /// A server and how to sign in.
    public init(
        host: String, port: Int = 22, username: String, authentication: SSHAuthentication,
        knownHosts: KnownHosts, connectTimeout: Duration = .seconds(20),
        stallTimeout: Duration = .seconds(60), idleLimit: Duration = .seconds(60)
    ) {
        self.host = host
        self.port = port
        self.username = username
        self.authentication = authentication
        self.knownHosts = knownHosts
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.idleLimit = idleLimit
    }

    /// The server as known hosts files call it.
    public var hostName: String { KnownHosts.name(host: host, port: port) }
}
