// The numbers and strings of SSH's wire format (RFC 4251, section 5), written one after the other.

/// A packet that is being written.
struct PacketWriter {
    private(set) var bytes: [UInt8] = []

    /// An SFTP packet: its length comes first, and is filled in by `finished()`.
    init(type: UInt8, room: Int = 64) {
        bytes.reserveCapacity(room + 5)
        bytes += [0, 0, 0, 0, type]
    }

    mutating func write(_ number: UInt32) {
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift)))
        }
    }

    mutating func write(_ number: UInt64) {
        write(UInt32(truncatingIfNeeded: number >> 32))
        write(UInt32(truncatingIfNeeded: number))
    }

    mutating func write(_ string: some Collection<UInt8>) {
        write(UInt32(string.count))
        bytes += string
    }

    mutating func append(_ more: ArraySlice<UInt8>) { bytes += more }

    mutating func write(_ text: String) { write(text.utf8) }

    /// The packet with its length, of which `count` bytes follow.
    consuming func finished(before count: Int = 0) -> [UInt8] {
        let length = UInt32(bytes.count - 4 + count)
        for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * index)) }
        return bytes
    }
}
