// Why a server does not serve, as facts and as a sentence.

/// Why a server cannot be started.
public enum ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sandbox has a name that no request could carry.
    case badSandboxName(String)
    /// Two sandboxes have the same name.
    case sandboxTwice(String)
    /// There is no sandbox.
    case noSandbox
    /// The address cannot be listened on: which, and why.
    case cannotListen(address: String, reason: String)
    /// Others could reach the server, and what they send could be read on the way.
    case unprotected(host: String)
    /// A certificate or key cannot be used: the file, and why.
    case certificateUnusable(path: String, reason: String)
    /// The file that says who may call cannot be used: which, and why.
    case accessUnusable(path: String, reason: String)

    /// The reason in one sentence.
    public var description: String {
        switch self {
        case .badSandboxName(let name):
            "“\(name)” cannot be the name of a sandbox: use lowercase letters, digits and hyphens, at most 64."
        case .sandboxTwice(let name): "There are two sandboxes called “\(name)”: give each a name of its own."
        case .noSandbox: "There is no sandbox to serve."
        case .cannotListen(let address, let reason):
            "Cannot listen on \(address): \(reason). Choose another --host or --port."
        case .unprotected(let host):
            "\(host) can be reached from other machines, and without TLS tokens and credentials could be read on the way: give --certificate and --key, or listen on 127.0.0.1."
        case .certificateUnusable(let path, let reason):
            "Cannot use \(path) for TLS: \(reason). It has to be a file in PEM."
        case .accessUnusable(let path, let reason):
            "Cannot use \(path), which says who may call: \(reason)."
        }
    }
}
