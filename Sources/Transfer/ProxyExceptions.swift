// NO_PROXY: the hosts that are reached without a proxy. A pure rule; nothing is resolved.

import Glibc

/// A list of hosts, domains and networks, in the form of `NO_PROXY`.
///
/// Entries are parted by commas or spaces: `*` for all hosts; `example.com`, `.example.com` or
/// `*.example.com` for the host and all below it; an address; a network like `10.0.0.0/8` or `fd00::/8`. An
/// entry may end in `:port`, and then counts for that port only.
struct ProxyExceptions: Sendable {
    private enum Entry: Hashable {
        case all
        case domain(String)
        case network(address: [UInt8], bits: Int)
    }

    private let entries: [(Entry, port: Int?)]

    init(_ text: String) {
        entries = text.split { $0 == "," || $0.isWhitespace }.compactMap { Self.entry(String($0)) }
    }

    func contains(host: String, port: Int) -> Bool {
        let address = Self.address(host)
        let name = Self.withoutLastDot(host.lowercased())
        return entries.contains { entry, onlyPort in
            guard onlyPort == nil || onlyPort == port else { return false }
            switch entry {
            case .all: return true
            case .domain(let domain):
                return address == nil && (name == domain || name.hasSuffix("." + domain))
            case .network(let network, let bits):
                guard let address, address.count == network.count else { return false }
                return Self.agree(address, network, bits: bits)
            }
        }
    }

    private static func entry(_ text: String) -> (Entry, port: Int?)? {
        if text == "*" { return (.all, nil) }
        if let network = network(text) { return (network, nil) }
        var name = text[...]
        var port: Int?
        if let colon = text.lastIndex(of: ":"), let number = UInt16(text[text.index(after: colon)...]) {
            name = text[..<colon]
            port = Int(number)
            if let network = network(String(name)) { return (network, port) }
        }
        if name.hasPrefix("*.") { name = name.dropFirst() }
        if name.hasPrefix(".") { name = name.dropFirst() }
        return name.isEmpty ? nil : (.domain(withoutLastDot(name.lowercased())), port)
    }

    private static func network(_ text: String) -> Entry? {
        var parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if parts[0].hasPrefix("["), parts[0].hasSuffix("]") { parts[0] = parts[0].dropFirst().dropLast() }
        guard let address = address(String(parts[0])) else { return nil }
        if parts.count == 1 { return .network(address: address, bits: address.count * 8) }
        guard let bits = Int(parts[1]), 0...address.count * 8 ~= bits else { return nil }
        return .network(address: address, bits: bits)
    }

    /// The bytes of an address as text, 4 or 16; nil for a name.
    private static func address(_ text: String) -> [UInt8]? {
        for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: size)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }

    private static func agree(_ address: [UInt8], _ network: [UInt8], bits: Int) -> Bool {
        zip(address, network).enumerated().allSatisfy { index, pair in
            let counted = min(8, max(0, bits - index * 8))
            return (pair.0 ^ pair.1) >> (8 - counted) == 0
        }
    }

    private static func withoutLastDot(_ name: String) -> String {
        name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}
