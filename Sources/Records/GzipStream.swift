// Pieces of a deflate stream, in their order, as one gzip member (RFC 1952, section 2.3).

import CZlib

/// One gzip member: `header`, then what `append` returns for each piece, then `end`.
struct GzipStream: Sendable {
    /// Deflate, no name, no time, written on an unknown system: the same for the same content anywhere.
    static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    /// CRC-32 of the uncompressed content so far.
    private(set) var crc32: UInt32 = 0
    /// Bytes of the uncompressed content so far.
    private(set) var length: Int64 = 0

    /// Takes up the next piece, whose bytes are to be written next.
    mutating func append(_ block: DeflateBlock) -> [UInt8] {
        crc32 = UInt32(crc32_combine(uLong(crc32), uLong(block.crc32), block.length))
        length += Int64(block.length)
        return block.deflated
    }

    /// The last bytes: an empty block, marked as the last of the deflate stream, and the trailer with the
    /// checksum and the length modulo 2³² of the content, the low bytes first.
    var end: [UInt8] {
        [0x03, 0x00]
            + [crc32, UInt32(truncatingIfNeeded: length)].flatMap { value in
                (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            }
    }
}
