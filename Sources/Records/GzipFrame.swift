// What stands around a deflate stream to make it a gzip member (RFC 1952, section 2.3).

/// The first and the last bytes of a gzip member.
enum GzipFrame {
    /// Deflate, no name, no time, written on an unknown system: the same for the same content anywhere.
    static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    /// The checksum and the length modulo 2³² of the uncompressed content, the low bytes first.
    static func trailer(crc32: UInt32, length: Int64) -> [UInt8] {
        [crc32, UInt32(truncatingIfNeeded: length)].flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
    }
}
