// File type, compression and manifest of an export, and which of them go together.
import Languages

/// The format of exported files (`datasetFileType` of a target connection).
public enum DatasetFileType: String, Sendable, Hashable, CaseIterable, Codable {
    /// Newline-delimited JSON, one object a line.
    case json = "JSON"
    /// Apache Parquet.
    case parquet = "PARQUET"
}

/// The compression of exported files (`compression` of a target connection).
public enum Compression: String, Sendable, Hashable, CaseIterable, Codable {
    /// Not compressed.
    case none = "NONE"
    /// gzip: the stream itself for JSON, the codec inside the file for Parquet.
    case gzip = "GZIP"
}

/// How exported files are written.
public struct FileOptions: Sendable, Hashable {
    /// The format.
    public var fileType: DatasetFileType
    /// The compression.
    public var compression: Compression
    /// Whether each export also has a manifest, which lists its files and is written last.
    public var includesManifest: Bool

    /// Takes the three options as they are; `isAllowed` says whether they go together.
    public init(fileType: DatasetFileType, compression: Compression, includesManifest: Bool) {
        self.fileType = fileType
        self.compression = compression
        self.includesManifest = includesManifest
    }

    /// Reads the options from the parameters of a target connection; nil where file type or compression is
    /// absent or unknown.
    ///
    /// The manifest is off unless it is asked for.
    public init?(parameters: [String: JSONValue]) {
        guard let fileType = parameters["datasetFileType"]?.text.flatMap(DatasetFileType.init(rawValue:)),
            let compression = parameters["compression"]?.text.flatMap(Compression.init(rawValue:))
        else { return nil }
        self.init(
            fileType: fileType, compression: compression,
            includesManifest: parameters["includeFileManifest"]?.bool ?? false)
    }

    init?(answers: FormAnswers) {
        self.init(
            parameters: answers.compactMapValues { if case .value(let value) = $0 { value } else { nil } })
    }

    /// Whether the options go together: JSON is exported compressed only.
    public var isAllowed: Bool {
        !(fileType == .json && compression == .none)
    }

    /// Why JSON without compression is refused.
    public static let jsonIsCompressed = Text("JSON is exported compressed only: choose GZIP")

    /// The end of every file's name, without its leading dot.
    public var fileExtension: String {
        switch (fileType, compression) {
        case (.json, .gzip): "json.gz"
        case (.json, .none): "json"
        case (.parquet, .none): "parquet"
        case (.parquet, .gzip): "gz.parquet"
        }
    }

    /// The options as the parameters of a target connection.
    public var parameters: [String: JSONValue] {
        [
            "datasetFileType": .string(fileType.rawValue),
            "compression": .string(compression.rawValue),
            "includeFileManifest": .bool(includesManifest),
        ]
    }
}
