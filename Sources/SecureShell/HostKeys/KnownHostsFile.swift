// The lines of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT), as values.

import Crypto
import FoundationEssentials

/// A key of a server, where it is written down.
public struct KnownHostKey: Hashable, Sendable {
    /// The key.
    public let key: SSHPublicKey
    /// Whether it must not be accepted any more.
    public let isRevoked: Bool
    /// The file that says so.
    public let file: String
    /// The line in it, from 1.
    public let line: Int
}

/// The content of a known_hosts file.
struct KnownHostsFile {
    let path: String
    let text: String

    /// The keys of the server that is called `name` in such files.
    ///
    /// Lines that cannot be read are passed over, as OpenSSH does, and so are certificate authorities.
    func keys(of name: String) -> [KnownHostKey] {
        var keys: [KnownHostKey] = []
        var number = 0
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            var fields = Substring(line).split { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }[...]
            guard let first = fields.first, !first.hasPrefix("#") else { continue }
            let isRevoked = first == "@revoked"
            if first.hasPrefix("@") {
                guard isRevoked else { continue }
                fields.removeFirst()
            }
            guard fields.count >= 3, Self.matches(name, hosts: fields[fields.startIndex]),
                let key = SSHPublicKey(base64: fields[fields.startIndex + 2])
            else { continue }
            keys.append(KnownHostKey(key: key, isRevoked: isRevoked, file: path, line: number))
        }
        return keys
    }

    /// How files of this kind call a server: its name, with the port if that is not 22.
    static func name(host: String, port: Int) -> String {
        let host = host.lowercased()
        return port == 22 ? host : "[\(host)]:\(port)"
    }

    /// Whether the first field of a line means `name`.
    static func matches(_ name: String, hosts: Substring) -> Bool {
        if hosts.hasPrefix("|1|") { return isHash(hosts, of: name) }
        var isMatch = false
        for pattern in hosts.split(separator: ",") {
            if pattern.hasPrefix("!") {
                if glob(pattern.dropFirst().lowercased().utf8[...], name.utf8[...]) { return false }
            } else if glob(pattern.lowercased().utf8[...], name.utf8[...]) {
                isMatch = true
            }
        }
        return isMatch
    }

    /// `|1|salt|hash`: the HMAC-SHA1 of the name under the salt, both in base64.
    private static func isHash(_ field: Substring, of name: String) -> Bool {
        let parts = field.split(separator: "|")
        guard parts.count == 3, let salt = Data(base64Encoded: String(parts[1])),
            let hash = Data(base64Encoded: String(parts[2]))
        else { return false }
        return HMAC<Insecure.SHA1>.isValidAuthenticationCode(
            hash, authenticating: Data(name.utf8), using: SymmetricKey(data: salt))
    }

    /// Whether `name` fits a pattern with `*` and `?`.
    private static func glob(_ pattern: Substring.UTF8View, _ name: Substring.UTF8View) -> Bool {
        var pattern = pattern
        var name = name
        // Where to go on if what follows the last star does not fit: only that star can take more.
        var retry: (pattern: Substring.UTF8View, name: Substring.UTF8View)?
        while true {
            if pattern.first == UInt8(ascii: "*") {
                pattern.removeFirst()
                retry = (pattern, name)
            } else if let byte = name.first, pattern.first == byte || pattern.first == UInt8(ascii: "?") {
                pattern.removeFirst()
                name.removeFirst()
            } else if pattern.isEmpty && name.isEmpty {
                return true
            } else if let last = retry, !last.name.isEmpty {
                pattern = last.pattern
                name = last.name.dropFirst()
                retry = (pattern, name)
            } else {
                return false
            }
        }
    }
}
