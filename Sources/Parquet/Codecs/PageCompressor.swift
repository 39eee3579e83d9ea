// Compresses pages.

final class PageCompressor {
    /// The codecs that pages can be written with.
    static let codecs: [CompressionCodec] = [.uncompressed, .snappy, .gzip, .brotli, .zstd, .lz4Raw]

    init(_ codec: CompressionCodec, level: Int? = nil) throws {
        guard Self.codecs.contains(codec) else { throw ParquetError.unsupported("the codec \(codec)") }
    }

    func compress(_ bytes: UnsafeRawBufferPointer, appendingTo output: inout [UInt8]) throws {
        output.append(contentsOf: bytes)
    }

    func compress(_ bytes: [UInt8], appendingTo output: inout [UInt8]) throws {
        try bytes.withUnsafeBytes { try compress($0, appendingTo: &output) }
    }
}
