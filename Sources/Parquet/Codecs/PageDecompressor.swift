// Decompresses pages.

final class PageDecompressor {
    init() {}

    func decompress(_ bytes: ArraySlice<UInt8>, codec: CompressionCodec, size: Int) throws -> [UInt8] {
        guard codec == .uncompressed else { throw ParquetError.unsupported("the codec \(codec)") }
        guard bytes.count == size else { throw ParquetError.malformed("a page has a wrong size") }
        return Array(bytes)
    }
}
