// The numbers and strings of SSH's wire format (RFC 4251, section 5), read one after the other.

/// What a packet holds, from its first byte to its last.
struct PacketReader {
    /// The packet ends where more was promised.
    struct Truncated: Error {}

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    mutating func take(_ count: Int) throws(Truncated) -> ArraySlice<UInt8> {
        guard count <= bytes.endIndex - position else { throw Truncated() }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func byte() throws(Truncated) -> UInt8 {
        let one = try take(1)
        return one[one.startIndex]
    }

    mutating func number() throws(Truncated) -> UInt32 {
        try take(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func longNumber() throws(Truncated) -> UInt64 {
        try take(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func string() throws(Truncated) -> ArraySlice<UInt8> {
        try take(Int(number()))
    }

    /// A string as text; what is not UTF-8 in it is replaced.
    mutating func text() throws(Truncated) -> String {
        String(decoding: try string(), as: UTF8.self)
    }
}
