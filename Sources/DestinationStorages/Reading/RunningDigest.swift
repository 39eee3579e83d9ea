// A digest that grows with what passes.
import Crypto
import Hexadecimal
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
        hash.withLock { $0.finalize() }.hexadecimal
    }
}
