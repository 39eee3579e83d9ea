// What the files of a run are.
import Parquet

/// The format in which a run writes.
enum ExportFormat: Sendable, Hashable {
    /// Newline-delimited JSON in a gzip stream.
    case gzippedJSON
    /// Parquet, its pages compressed with a codec.
    case parquet(CompressionCodec)

    /// The format that the end of a file's name stands for; nil for one that is not written.
    init?(fileExtension: String) {
        switch fileExtension {
        case "json.gz": self = .gzippedJSON
        case "parquet": self = .parquet(.uncompressed)
        case "gz.parquet": self = .parquet(.gzip)
        default: return nil
        }
    }
}
