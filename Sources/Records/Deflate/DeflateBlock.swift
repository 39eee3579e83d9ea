// The one place that compresses: a piece of a deflate stream, by itself, so that all cores can make some.

import CDeflate

/// Bytes as a piece of a deflate stream (RFC 1951) that other pieces may precede and follow.
///
/// It is the same for the same bytes on any machine.
struct DeflateBlock: Sendable {
    /// How many bytes a piece should be made of: enough that what its beginning costs, where nothing can be
    /// referred to yet, does not count, and few enough that many can be in work at once. (Three times what the
    /// library puts into a block at most: then the last block, which need not be scanned, is a large one.)
    static let preferredLength = 900_000

    /// The piece: whole bytes, of which none are the stream's last; empty if it was made of no bytes.
    let deflated: [UInt8]
    /// Of the bytes that it was made of.
    let crc32: UInt32
    /// How many bytes it was made of.
    let length: Int

    /// Compresses `bytes`; throws `RecordsError.outOfMemory`, or `compressionFailed` if the library fails.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        length = bytes.count
        crc32 = libdeflate_crc32(0, bytes.baseAddress, bytes.count)
        deflated = bytes.isEmpty ? [] : try RecordDeflate.deflate(bytes) ?? Self.deflate(bytes)
    }

    /// The library's level: of what `RecordDeflate` gives up, it makes as little as `gzip -6` or hardly more, in little
    /// more than half the time.
    private static let level: Int32 = 6

    private static func deflate(_ bytes: UnsafeRawBufferPointer) throws -> [UInt8] {
        guard let compressor = libdeflate_alloc_compressor(level) else { throw RecordsError.outOfMemory }
        defer { libdeflate_free_compressor(compressor) }
        let bound = libdeflate_deflate_compress_bound(compressor, bytes.count)
        return try withUntouchedMemory(byteCount: bound) { output in
            let count = libdeflate_deflate_compress(
                compressor, bytes.baseAddress, bytes.count, output.baseAddress, output.count)
            return try continued(UnsafeMutableRawBufferPointer(rebasing: output[..<count]))
        }
    }

    /// A whole deflate stream as a piece of a longer one.
    ///
    /// Its last block is made one like the others. That ends with any bit; an empty block of stored bytes,
    /// which begin on a byte, fills the rest.
    static func continued(_ stream: UnsafeMutableRawBufferPointer) throws -> [UInt8] {
        guard let last = LastDeflateBlock(of: UnsafeRawBufferPointer(stream)) else {
            throw RecordsError.compressionFailed
        }
        stream[last.start / 8] &= ~(1 << UInt8(last.start % 8))
        let whole = (last.end + 7) / 8
        if last.end % 8 > 0 { stream[whole - 1] &= 1 << UInt8(last.end % 8) - 1 }
        // The empty block's header is three bits, all zero, and zeros to the next byte: they may fit into the
        // byte that has been begun.
        let count = (last.end + 3 + 7) / 8
        var piece: [UInt8] = []
        piece.reserveCapacity(count + Self.emptyStored.count)
        piece.append(contentsOf: UnsafeRawBufferPointer(rebasing: stream[..<whole]))
        if count > whole { piece.append(0) }
        piece.append(contentsOf: Self.emptyStored)
        return piece
    }

    /// A length of 0, and its complement.
    private static let emptyStored: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]
}
