// What a request carries.

/// The bytes that a request carries to the server.
public enum HTTPBody: Sendable {
    /// Nothing.
    case empty
    /// All bytes at once; they are never copied as a whole, and can be sent again.
    case bytes([UInt8])
    /// Bytes that are made as they are sent, once: a slow server slows the sequence down. A request with
    /// such a body is never repeated by itself.
    ///
    /// With a length (in bytes) the sequence must yield exactly as many, else the transfer fails; without
    /// one HTTP/1.1 sends chunks (`Transfer-Encoding`, RFC 9112, section 7.1). What the sequence throws
    /// is thrown by `send`.
    case stream(length: Int64?, any AsyncSequence<[UInt8], any Error> & Sendable)

    /// The number of bytes, where it is known.
    public var length: Int64? {
        switch self {
        case .empty: 0
        case .bytes(let bytes): Int64(bytes.count)
        case .stream(let length, _): length
        }
    }

    /// Whether the same bytes can be sent a second time.
    public var canBeSentAgain: Bool {
        switch self {
        case .empty, .bytes: true
        case .stream: false
        }
    }
}
