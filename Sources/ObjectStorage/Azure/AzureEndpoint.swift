// Where a storage account answers, and how its URLs are made. It knows no credentials.

import Transfer

/// The address of one service of a storage account.
struct AzureEndpoint: Hashable, Sendable {
    /// Scheme, host and port.
    var origin: HTTPOrigin
    /// The account's name.
    var account: String
    /// Whether the account is the first part of each path, as behind a bare address, and not of the host.
    var isPathStyle = false

    /// The path of something in a container, encoded as it is sent.
    func path(container: String, name: String?) -> String {
        let account = isPathStyle ? "/" + PercentEncoding.encode(self.account) : ""
        let rest = name.map { "/" + PercentEncoding.path($0) } ?? ""
        return "\(account)/\(PercentEncoding.encode(container))\(rest)"
    }

    /// The path of the account itself.
    var accountPath: String { (isPathStyle ? "/" + PercentEncoding.encode(account) : "") + "/" }

    /// Scheme, host, and the account where it is not in the host's name.
    var description: String {
        "\(origin.scheme)://\(origin.authority)\(isPathStyle ? "/" + account : "")"
    }
}

extension AzureEndpoint {
    /// Takes the address out of a URL; the rest of its path is returned with it, decoded.
    ///
    /// The account is the first label of a host name (`account.blob.core.windows.net`). Where the host is an
    /// IP address or a name without such a label, it is the first part of the path.
    static func parse(_ url: AzureURL) -> (endpoint: AzureEndpoint, path: [String])? {
        var path = url.path
        let labels = url.origin.host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = url.origin.host.contains(":") || labels.allSatisfy { UInt8($0) != nil }
        if labels.count > 2, !isAddress, let label = labels.first {
            // The secondary location of an account is named after it.
            let account = label.hasSuffix("-secondary") ? label.dropLast("-secondary".count) : label
            return (AzureEndpoint(origin: url.origin, account: String(account)), path)
        }
        guard !path.isEmpty else { return nil }
        let account = path.removeFirst()
        return (AzureEndpoint(origin: url.origin, account: account, isPathStyle: true), path)
    }
}

/// A URL, taken apart as far as Azure's need it.
struct AzureURL: Hashable, Sendable {
    var scheme: String
    /// What stands before `@`, as the container does in `abfss://container@…`.
    var user: String?
    var origin: HTTPOrigin
    /// The parts of the path, decoded.
    var path: [String]
    /// The query as it stands, without `?`.
    var query: String

    /// Takes `text` apart; nil where it is no such URL.
    init?(_ text: String) {
        guard let colon = text.firstRange(of: "://") else { return nil }
        scheme = text[..<colon.lowerBound].lowercased()
        let rest = text[colon.upperBound...].prefix { $0 != "#" }
        let address = rest.prefix { $0 != "?" }
        query = String(rest[address.endIndex...].dropFirst())
        let authority = address.prefix { $0 != "/" }
        let names = address[authority.endIndex...].split(separator: "/").map { PercentEncoding.decode($0) }
        path = names.compactMap { $0 }
        let server = authority.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        user = server.count == 2 ? String(server[0]) : nil
        guard path.count == names.count, let host = server.last,
            let origin = Self.origin(
                of: host, scheme: scheme == "http" || scheme == "abfs" ? "http" : "https")
        else { return nil }
        self.origin = origin
    }

    private static func origin(of text: some StringProtocol, scheme: String) -> HTTPOrigin? {
        var host = String(text)
        var port: Int?
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
            guard let number = UInt16(host[host.index(after: colon)...]), number > 0 else { return nil }
            port = Int(number)
            host = String(host[..<colon])
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        let isName = host.utf8.allSatisfy {
            ($0 > 0x20 && $0 < 0x7F) && !"/\\@?#[]%\"<>^`{|}".utf8.contains($0)
        }
        return host.isEmpty || !isName ? nil : HTTPOrigin(scheme: scheme, host: host, port: port)
    }
}
