// Compresses pages.

import CBrotli
import CDeflate
import CLZ4
import CSnappy
import CZstd
import Glibc
import Languages

/// What compresses the pages of one worker with one codec: it keeps the library's memory from page to page.
final class PageCompressor {
    /// The codecs that pages can be written with: all but LZO, and LZ4 in Hadoop's frames, which is deprecated.
    static let codecs: [CompressionCodec] = [.uncompressed, .snappy, .gzip, .brotli, .zstd, .lz4Raw]

    /// The levels that a codec has, in words of its library; nil if it has none.
    static func levels(of codec: CompressionCodec) -> ClosedRange<Int>? {
        switch codec {
        case .gzip: 0...12
        case .brotli: 0...11
        case .zstd: 1...22
        case .uncompressed, .snappy, .lzo, .lz4, .lz4Raw: nil
        }
    }

    private let codec: CompressionCodec
    private let level: Int
    private var deflate: OpaquePointer?
    private var zstd: OpaquePointer?

    /// - Parameter level: of those that the codec has; nil for the one that suits pages.
    /// - Throws: `ParquetError` if pages cannot be written with the codec or at that level.
    init(_ codec: CompressionCodec, level: Int? = nil) throws {
        guard Self.codecs.contains(codec) else {
            throw ParquetError(.invalidValues(Text("pages are not written with the codec \(codec)")))
        }
        if let level, Self.levels(of: codec)?.contains(level) != true {
            throw ParquetError(.invalidValues(Text("the codec \(codec) has no level \(level)")))
        }
        self.codec = codec
        self.level = level ?? Self.defaultLevel(of: codec)
        switch codec {
        case .gzip:
            deflate = libdeflate_alloc_compressor(Int32(self.level))
            guard deflate != nil else { throw ParquetError(.system(ENOMEM)) }
        case .zstd:
            zstd = ZSTD_createCCtx()
            guard zstd != nil else { throw ParquetError(.system(ENOMEM)) }
        default: break
        }
    }

    deinit {
        libdeflate_free_compressor(deflate)
        ZSTD_freeCCtx(zstd)
    }

    /// The levels above these make pages of events smaller by a few hundredths, and take twice the time or more.
    private static func defaultLevel(of codec: CompressionCodec) -> Int {
        switch codec {
        case .gzip: 1
        case .brotli: 5
        case .zstd: 1
        case .uncompressed, .snappy, .lzo, .lz4, .lz4Raw: 0
        }
    }

    /// Adds `bytes`, compressed, to the end of `output`.
    ///
    /// - Throws: `ParquetError` if there is not enough memory, or there are more bytes than a page may have.
    func compress(_ bytes: [UInt8], appendingTo output: inout [UInt8]) throws {
        try bytes.withUnsafeBytes { try compress($0, appendingTo: &output) }
    }

    /// Adds `bytes`, compressed, to the end of `output`.
    ///
    /// - Throws: `ParquetError` if there is not enough memory, or there are more bytes than a page may have.
    func compress(_ bytes: UnsafeRawBufferPointer, appendingTo output: inout [UInt8]) throws {
        guard bytes.count <= Int(Int32.max) else {
            throw ParquetError(.tooLarge(Text("a page of more than 2 GB")))
        }
        guard codec != .uncompressed else { return output.append(contentsOf: bytes) }
        try output.append(atMost: bound(bytes.count)) { target in
            let count = compress(bytes, into: UnsafeMutableRawBufferPointer(target))
            guard let count else { throw ParquetError(.system(ENOMEM)) }
            return count
        }
    }

    /// The most bytes that `count` bytes can become.
    private func bound(_ count: Int) -> Int {
        switch codec {
        case .snappy: snappy_max_compressed_length(count)
        case .gzip: libdeflate_gzip_compress_bound(deflate, count)
        case .zstd: ZSTD_compressBound(count)
        case .brotli: BrotliEncoderMaxCompressedSize(count)
        case .lz4Raw: Int(LZ4_compressBound(Int32(count)))
        case .uncompressed, .lzo, .lz4: count
        }
    }

    /// Compresses `bytes` to the beginning of `target` and returns how many bytes they became.
    private func compress(
        _ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
    ) -> Int? {
        var count = target.count
        switch codec {
        case .snappy:
            let status = snappy_compress(
                bytes.bindMemory(to: CChar.self).baseAddress, bytes.count,
                target.bindMemory(to: CChar.self).baseAddress, &count)
            return status == SNAPPY_OK ? count : nil
        case .gzip:
            count = libdeflate_gzip_compress(
                deflate, bytes.baseAddress, bytes.count, target.baseAddress, target.count)
            return count > 0 ? count : nil
        case .zstd:
            count = ZSTD_compressCCtx(
                zstd, target.baseAddress, target.count, bytes.baseAddress, bytes.count, Int32(level))
            return ZSTD_isError(count) == 0 ? count : nil
        case .brotli:
            let status = BrotliEncoderCompress(
                Int32(level), BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, bytes.count,
                bytes.bindMemory(to: UInt8.self).baseAddress, &count,
                target.bindMemory(to: UInt8.self).baseAddress)
            return status != 0 ? count : nil
        case .lz4Raw:
            let written = LZ4_compress_default(
                bytes.bindMemory(to: CChar.self).baseAddress, target.bindMemory(to: CChar.self).baseAddress,
                Int32(bytes.count), Int32(target.count))
            return written > 0 ? Int(written) : nil
        case .uncompressed, .lzo, .lz4: return nil
        }
    }
}
