// The one place that compresses: one block of a deflate stream, given what stands before it.

import CZlib

/// Compresses pieces of one deflate stream (RFC 1951) each by itself.
enum DeflateBlock {
    /// How far back a deflate stream can refer.
    static let windowSize = 32_768

    /// The end of a stream of such blocks: an empty block, marked as the last.
    static let end: [UInt8] = [0x03, 0x00]

    /// `bytes` as whole bytes of a deflate stream that goes on.
    ///
    /// - Parameter dictionary: what stands before them in the uncompressed stream, at most `windowSize` bytes.
    static func compress(
        _ bytes: UnsafeRawBufferPointer, after dictionary: UnsafeRawBufferPointer
    ) throws -> [UInt8] {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw RecordsError.outOfMemory }
        defer { deflateEnd(&stream) }
        // Level 6 with other patience (measured on nested NDJSON against `pigz -6`: a tenth faster, and little
        // more than a hundredth larger): matches of 16 bytes are good, 32 need no better one, 64 are the
        // longest worth a search, and 32 places are looked at.
        deflateTune(&stream, 16, 32, 64, 32)
        if !dictionary.isEmpty {
            deflateSetDictionary(
                &stream, dictionary.bindMemory(to: UInt8.self).baseAddress, uInt(dictionary.count))
        }
        let bound = Int(deflateBound(&stream, uLong(bytes.count))) + 16
        return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
            stream.avail_in = uInt(bytes.count)
            stream.next_out = output.baseAddress
            stream.avail_out = uInt(bound)
            // Ends on a byte, so that the next block, compressed by itself, can follow (as pigz does).
            deflate(&stream, Z_SYNC_FLUSH)
            count = bound - Int(stream.avail_out)
        }
    }
}
