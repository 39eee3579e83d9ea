// The codecs that pages may be compressed with.

/// How the pages of a column chunk are compressed (`CompressionCodec` in parquet.thrift).
public enum CompressionCodec: Int32, Hashable, Sendable, CaseIterable {
    case uncompressed = 0
    case snappy = 1
    case gzip = 2
    case lzo = 3
    case brotli = 4
    /// LZ4 in Hadoop's frame, or, from some writers, a bare block: deprecated.
    case lz4 = 5
    case zstd = 6
    case lz4Raw = 7
}

extension CompressionCodec: CustomStringConvertible {
    /// The name in the specification.
    public var description: String {
        switch self {
        case .uncompressed: "UNCOMPRESSED"
        case .snappy: "SNAPPY"
        case .gzip: "GZIP"
        case .lzo: "LZO"
        case .brotli: "BROTLI"
        case .lz4: "LZ4"
        case .zstd: "ZSTD"
        case .lz4Raw: "LZ4_RAW"
        }
    }
}
