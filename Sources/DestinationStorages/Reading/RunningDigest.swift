// A digest that grows with what passes.
import Crypto
import Synchronization

/// The SHA-256 of bytes that come one chunk after the other.
public final class RunningDigest: Sendable {
    private let hash = Mutex(SHA256())

    /// A digest of nothing yet.
    public init() {}

    /// Adds the next chunk.
    public func update(_ bytes: [UInt8]) {
        hash.withLock { hash in bytes.withUnsafeBytes { hash.update(bufferPointer: $0) } }
    }

    /// The digest of what has come so far, in lowercase hex.
    public var digest: String {
        let bytes = hash.withLock { $0.finalize() }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
