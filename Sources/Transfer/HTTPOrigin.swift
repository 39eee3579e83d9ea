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
    /// - Parameters:
    ///   - scheme: `https`, or `http`.
    ///   - host: a name or an address.
    ///   - port: nil for the scheme's own, 443 or 80.
    public init(scheme: String = "https", host: String, port: Int? = nil) {
        self.scheme = scheme
        self.host = host
        self.port = port ?? Self.defaultPort(of: scheme)
    }

    /// Reads host and port from the authority of a request; nil when it is none: a user's name is none.
    public init?(scheme: String, authority: String) {
        guard scheme == "http" || scheme == "https" else { return nil }
        var host = authority[...]
        var port: Int?
        let end = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[end...].lastIndex(of: ":") {
            let digits = authority[authority.index(after: colon)...]
            guard let number = UInt16(digits), digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
                return nil
            }
            port = Int(number)
            host = authority[..<colon]
        }
        if host.first == "[", host.last == "]" {
            host = host.dropFirst().dropLast()
            guard host.utf8.contains(UInt8(ascii: ":")) else { return nil }
        } else if host.utf8.contains(UInt8(ascii: ":")) {
            return nil
        }
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.init(scheme: scheme, host: String(host), port: port)
    }

    /// Host and port as a request's authority has them: the scheme's own port is left out.
    public var authority: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port == Self.defaultPort(of: scheme) ? name : "\(name):\(port)"
    }

    /// The URL without a path.
    var url: String { "\(scheme)://\(authority)" }

    private static func defaultPort(of scheme: String) -> Int { scheme == "http" ? 80 : 443 }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case ...0x20, 0x7F, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"),
            UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "]"):
            false
        default: true
        }
    }
}
