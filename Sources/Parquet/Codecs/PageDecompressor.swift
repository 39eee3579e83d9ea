// Decompresses pages, whatever they are compressed with.

import CBrotli
import CDeflate
import CLZ4
import CSnappy
import CZstd
import Glibc
import Languages

/// What decompresses the pages of one worker: it keeps the libraries' memory from page to page.
///
/// Nothing is written beyond the size that the caller allows, whatever the bytes claim.
final class PageDecompressor {
    private var deflate: OpaquePointer?
    private var zstd: OpaquePointer?

    init() {}

    deinit {
        libdeflate_free_decompressor(deflate)
        ZSTD_freeDCtx(zstd)
    }

    /// The `size` bytes that were compressed to `bytes`.
    ///
    /// - Throws: `ParquetError` if the bytes are damaged, or were made from fewer or more than `size` bytes.
    func decompress(_ bytes: ArraySlice<UInt8>, codec: CompressionCodec, size: Int) throws -> [UInt8] {
        guard size >= 0 else { throw ParquetError.malformed(Text("a page has a negative size")) }
        // Pages of version 2 without values: some writers store nothing, and call it compressed.
        if bytes.isEmpty && size == 0 { return [] }
        if codec == .uncompressed {
            guard bytes.count == size else { throw Self.wrongSize }
            return Array(bytes)
        }
        return try bytes.withUnsafeBytes { input in
            // One byte at the least, so that there is an address.
            try [UInt8](unsafeUninitializedCapacity: max(size, 1)) { output, count in
                let output = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(output)[..<size])
                guard try decompress(input, codec, into: output) == size else { throw Self.wrongSize }
                count = size
            }
        }
    }

    /// Fills `output` and returns how many bytes were written.
    private func decompress(
        _ input: UnsafeRawBufferPointer, _ codec: CompressionCodec, into output: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        switch codec {
        case .uncompressed: throw Self.wrongSize
        case .snappy: return try decompressSnappy(input, into: output)
        case .gzip: return try decompressGzip(input, into: output)
        case .brotli: return try decompressBrotli(input, into: output)
        case .zstd: return try decompressZstd(input, into: output)
        case .lz4Raw:
            guard let count = LZ4Block.decompress(input, into: output) else { throw Self.damaged(codec) }
            return count
        case .lz4:
            if HadoopLZ4.decompress(input, into: output) == output.count { return output.count }
            guard let count = LZ4Block.decompress(input, into: output) else { throw Self.damaged(codec) }
            return count
        case .lzo: throw ParquetError.unsupported(Text("the codec LZO"))
        }
    }

    private func decompressSnappy(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        let source = input.bindMemory(to: CChar.self)
        var count = 0
        guard snappy_uncompressed_length(source.baseAddress, source.count, &count) == SNAPPY_OK else {
            throw Self.damaged(.snappy)
        }
        guard count == output.count else { throw Self.wrongSize }
        let target = output.bindMemory(to: CChar.self)
        guard snappy_uncompress(source.baseAddress, source.count, target.baseAddress, &count) == SNAPPY_OK
        else { throw Self.damaged(.snappy) }
        return count
    }

    /// One member of gzip after another; also a zlib stream, which other readers take as well.
    private func decompressGzip(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        if deflate == nil { deflate = libdeflate_alloc_decompressor() }
        guard let deflate else { throw ParquetError(.system(ENOMEM)) }
        let isGzip = input.starts(with: [0x1F, 0x8B])
        var input = input
        var count = 0
        repeat {
            var taken = 0
            var written = 0
            let rest = UnsafeMutableRawBufferPointer(rebasing: output[count...])
            let inflate = isGzip ? libdeflate_gzip_decompress_ex : libdeflate_zlib_decompress_ex
            switch inflate(
                deflate, input.baseAddress, input.count, rest.baseAddress, rest.count, &taken, &written)
            {
            case LIBDEFLATE_SUCCESS: break
            case LIBDEFLATE_INSUFFICIENT_SPACE: throw Self.wrongSize
            default: throw Self.damaged(.gzip)
            }
            count += written
            input = UnsafeRawBufferPointer(rebasing: input[taken...])
        } while !input.isEmpty
        return count
    }

    private func decompressBrotli(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        var count = output.count
        let result = BrotliDecoderDecompress(
            input.count, input.bindMemory(to: UInt8.self).baseAddress, &count,
            output.bindMemory(to: UInt8.self).baseAddress)
        guard result == BROTLI_DECODER_RESULT_SUCCESS else { throw Self.damaged(.brotli) }
        return count
    }

    private func decompressZstd(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws -> Int {
        if zstd == nil { zstd = ZSTD_createDCtx() }
        guard let zstd else { throw ParquetError(.system(ENOMEM)) }
        let count = ZSTD_decompressDCtx(
            zstd, output.baseAddress, output.count, input.baseAddress, input.count)
        guard ZSTD_isError(count) == 0 else { throw Self.damaged(.zstd) }
        return count
    }

    private static let wrongSize = ParquetError.malformed(
        Text("a page does not have the size that its header states"))

    private static func damaged(_ codec: CompressionCodec) -> ParquetError {
        .malformed(Text("a page cannot be decompressed as \(codec)"))
    }
}
