// The public key of a server or a user, as SSH writes it.

import Crypto
import FoundationEssentials

/// A public key in SSH's wire format (RFC 4253, section 6.6).
public struct SSHPublicKey: Hashable, Sendable {
    /// The kind of key, like `ssh-ed25519`.
    public let algorithm: String
    /// The key as SSH sends it.
    public let bytes: [UInt8]

    /// The key that `base64` spells, as `known_hosts` and `.pub` files have it; nil if it is none.
    public init?(base64: some StringProtocol) {
        guard let data = Data(base64Encoded: String(base64)) else { return nil }
        var reader = PacketReader([UInt8](data)[...])
        guard let algorithm = try? reader.text(), !algorithm.isEmpty else { return nil }
        self.algorithm = algorithm
        bytes = [UInt8](data)
    }

    /// `SHA256:` and the hash in base64 without padding, as OpenSSH shows it.
    public var fingerprint: String {
        let hash = Data(SHA256.hash(data: bytes)).base64EncodedString()
        return "SHA256:" + hash.prefix { $0 != "=" }
    }

    /// The key in base64.
    var base64: String { Data(bytes).base64EncodedString() }
}
