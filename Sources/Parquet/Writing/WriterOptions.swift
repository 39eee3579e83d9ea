// How a file is written.

/// What the writer of a Parquet file may choose.
public struct WriterOptions: Sendable {
    /// How pages are compressed.
    public var codec: CompressionCodec
    /// How hard the codec tries, on its own scale; nil for what suits most files.
    public var compressionLevel: Int?
    /// The bytes of values, not compressed, after which a page ends with its row.
    public var dataPageSize: Int
    /// The rows after which a page ends.
    public var pageRowLimit: Int
    /// The bytes that the dictionary of a column chunk may have; with more, values are written plain.
    public var dictionaryPageSize: Int
    /// Whether values that repeat are written once, in dictionaries.
    public var usesDictionaries: Bool
    /// What the footer notes besides.
    public var keyValues: [KeyValue]
    /// The program that the footer names as the writer.
    public var createdBy: String

    /// Choices; the defaults suit most files.
    public init(
        codec: CompressionCodec = .uncompressed, compressionLevel: Int? = nil,
        dataPageSize: Int = 1 << 20, pageRowLimit: Int = 20_000, dictionaryPageSize: Int = 1 << 20,
        usesDictionaries: Bool = true, keyValues: [KeyValue] = [],
        createdBy: String = "sluice version 1.0.0 (build 1)"
    ) {
        self.codec = codec
        self.compressionLevel = compressionLevel
        self.dataPageSize = dataPageSize
        self.pageRowLimit = pageRowLimit
        self.dictionaryPageSize = dictionaryPageSize
        self.usesDictionaries = usesDictionaries
        self.keyValues = keyValues
        self.createdBy = createdBy
    }
}
