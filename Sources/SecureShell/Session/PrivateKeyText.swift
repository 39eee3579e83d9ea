// The text of a private key as people and Experience Platform's API hand it over, put in order for libssh.

import FoundationEssentials

/// A private key's file as text.
struct PrivateKeyText {
    /// The text from its first line of dashes on, with plain line ends.
    let pem: String
    /// Whether a passphrase is needed to open it.
    let isEncrypted: Bool

    /// Reads the text of a key file, or that in base64; throws `SSHError.privateKey`.
    init(_ text: String) throws(SSHError) {
        let given = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        guard let pem = Self.pem(in: given) ?? Self.pem(in: Self.decoded(given)) else {
            throw .privateKey(Self.fault(of: given, Self.decoded(given)))
        }
        self.pem = pem
        isEncrypted = Self.isEncrypted(pem)
    }

    /// From `-----BEGIN … PRIVATE KEY-----` to its end.
    private static func pem(in text: String) -> String? {
        guard let begin = text.firstRange(of: "-----BEGIN "), let end = text.firstRange(of: "-----END "),
            begin.lowerBound < end.lowerBound,
            let first = text[begin.lowerBound...].split(separator: "\n").first,
            first.contains("PRIVATE KEY-----")
        else { return nil }
        let lines = text[begin.lowerBound...].split(separator: "\n", omittingEmptySubsequences: false)
        guard let last = lines.firstIndex(where: { $0.trimmed.hasPrefix("-----END ") }) else { return nil }
        return lines[...last].map(\.trimmed).joined(separator: "\n") + "\n"
    }

    private static func decoded(_ text: String) -> String {
        let compact = text.filter { !$0.isWhitespace }
        guard let data = Data(base64Encoded: compact) else { return "" }
        return String(decoding: data, as: UTF8.self)
            .replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    private static func fault(of texts: String...) -> PrivateKeyFault {
        for text in texts {
            let text = text.trimmed
            if text.hasPrefix("PuTTY-User-Key-File") { return .isPuTTY }
            if ["ssh-", "ecdsa-", "sk-", "-----BEGIN PUBLIC KEY", "---- BEGIN SSH2 PUBLIC"]
                .contains(where: { text.hasPrefix($0) })
            {
                return .isPublic
            }
        }
        return .unreadable
    }

    private static func isEncrypted(_ pem: String) -> Bool {
        let lines = pem.split(separator: "\n")
        guard lines.first?.contains("OPENSSH") == true else {
            return lines.first?.contains("ENCRYPTED") == true
                || lines.contains { $0.hasPrefix("Proc-Type:") && $0.contains("ENCRYPTED") }
        }
        // OpenSSH's format (PROTOCOL.key): a magic of 15 bytes, then the name of the cipher.
        guard let data = Data(base64Encoded: lines.dropFirst().dropLast().joined()) else { return false }
        var reader = PacketReader([UInt8](data)[...])
        guard (try? reader.take(15)) != nil, let cipher = try? reader.text() else { return false }
        return cipher != "none"
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        let start = drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
