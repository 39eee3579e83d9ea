// Where a server is.

/// A server by scheme, host and port (RFC 6454).
public struct HTTPOrigin: Hashable, Sendable {
    /// `http` or `https`.
    public var scheme: String
    /// The name, or the address without brackets.
    public var host: String
    /// The port.
    public var port: Int

    /// Names a server.
    ///
    /// - Parameter port: nil for the scheme's own, 443 or 80.
    public init(scheme: String = "https", host: String, port: Int? = nil) {
        self.scheme = scheme
        self.host = host
        self.port = port ?? (scheme == "http" ? 80 : 443)
    }

    /// Host and port as a request's authority has them: the scheme's own port is left out.
    public var authority: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port == (scheme == "http" ? 80 : 443) ? name : "\(name):\(port)"
    }
}
