// Which files the lake takes, by the ends of their names.

/// The format of a data file.
enum DataFormat: Sendable {
    /// Newline-delimited JSON.
    case json
    /// Newline-delimited JSON in a gzip stream.
    case gzippedJSON
    /// Apache Parquet, with any codec inside.
    case parquet

    /// The ends of names that are taken.
    static let endings =
        [".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz"] + parquetEndings

    private static let parquetEndings = [".parquet", ".parq"]

    /// The format of a file; nil for one that is not taken.
    init?(path: String) {
        let name = path.lowercased()
        guard Self.endings.contains(where: name.hasSuffix) else { return nil }
        if Self.parquetEndings.contains(where: name.hasSuffix) {
            self = .parquet
        } else {
            self = name.hasSuffix(".gz") ? .gzippedJSON : .json
        }
    }

    /// The format as datasets show it.
    var name: String {
        switch self {
        case .json, .gzippedJSON: "json"
        case .parquet: "parquet"
        }
    }

    /// The end of the name in the lake.
    var ending: String {
        switch self {
        case .json: ".json"
        case .gzippedJSON: ".json.gz"
        case .parquet: ".parquet"
        }
    }
}
