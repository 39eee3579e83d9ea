// Where an SFTP server is, who signs in and how, and where keys begin.

import Secrets
import SecureShell

/// A server of SFTP and a user on it.
public struct SFTPConfiguration: Hashable, Sendable {
    /// The server, the user and how they sign in.
    public var server: SSHConfiguration
    /// The folder below which keys are paths: absolute, or relative to the folder that the user is in after
    /// signing in; empty for that folder itself.
    public var rootFolder: String
    /// The most connections at the same time.
    public var connections: Int
    /// How often a connection that was cut is made again before a call fails.
    public var reconnections: Int
    /// Whether to wait, where the server can, until a file is on its disk before it gets its name.
    public var synchronizes: Bool

    /// A server of SFTP and a user on it.
    public init(
        server: SSHConfiguration, rootFolder: String = "", connections: Int = 4, reconnections: Int = 12,
        synchronizes: Bool = true
    ) {
        self.server = server
        self.rootFolder = rootFolder
        self.connections = max(1, connections)
        self.reconnections = reconnections
        self.synchronizes = synchronizes
    }

    /// The root folder for keys that begin with the folder path of a destination: a path that begins with a
    /// slash counts from the server's root, any other from the folder that the user is in.
    public static func rootFolder(forFolderPath path: String) -> String {
        path.hasPrefix("/") ? "/" : ""
    }

    /// The server and the root as a person would name them.
    var location: String {
        // What does not begin at the server's root begins in the user's folder, as in other programs' URLs.
        let root = rootFolder.hasPrefix("/") ? rootFolder : rootFolder.isEmpty ? "/~" : "/~/" + rootFolder
        let name = server.host.contains(":") ? "[\(server.host)]" : server.host
        let port = server.port == 22 ? "" : ":\(server.port)"
        return "sftp://\(server.username)@\(name)\(port)\(root)"
    }

    /// The path on the server of what is called `key`; that of the root folder for none.
    func path(_ key: some StringProtocol) -> String {
        if key.isEmpty { return rootFolder.isEmpty ? "." : rootFolder }
        if rootFolder.isEmpty { return String(key) }
        return rootFolder.hasSuffix("/") ? rootFolder + key : "\(rootFolder)/\(key)"
    }
}
