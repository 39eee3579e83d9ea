// Cuts the bytes of a channel into the packets of SFTP, however they come.
import Languages

/// The packets that have come so far.
struct PacketStream {
    /// More than any server sends: OpenSSH's limit is 256 KiB.
    private static let largestPacket = 4 << 20

    private var bytes: [UInt8] = []
    private var position = 0

    mutating func append(_ more: UnsafeRawBufferPointer) {
        if position == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            position = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The next packet without its length; nil when it is not whole yet.
    mutating func next() throws(SSHError) -> ArraySlice<UInt8>? {
        let rest = bytes[position...]
        guard rest.count >= 4 else { return compacted() }
        let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.largestPacket else {
            throw .invalidAnswer(
                Text("what it sends in place of SFTP is no packet; a shell may print a greeting"))
        }
        guard rest.count >= 4 + length else { return compacted() }
        defer { position += 4 + length }
        return rest.dropFirst(4).prefix(length)
    }

    /// Drops what was taken, so that the buffer does not grow with the transfer.
    private mutating func compacted() -> ArraySlice<UInt8>? {
        if position > 0 {
            bytes.removeFirst(position)
            position = 0
        }
        return nil
    }
}
