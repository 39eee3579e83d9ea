// The first records of a file, cheaply, and as much as can be had of a damaged one.

/// The first records of a file.
public struct RecordPreview: Hashable, Sendable {
    /// The records, as they are written, without their line ends. Malformed lines are left out.
    public var records: [String]
    /// Lines that were not JSON objects among those read.
    public var malformedLines: Int
    /// What ended the reading too early; the records before it are there.
    public var error: RecordsError?

    /// The first `limit` records of the file at `path` (NDJSON, plain or gzip). Reads only what it needs,
    /// and no more than `maximumBytes` of content.
    public init(file path: String, limit: Int, maximumBytes: Int = 4 << 20) {
        self.init(records: [], malformedLines: 0, error: nil)
    }

    /// The first `limit` records in `bytes`, the beginning of an object called `name` (NDJSON, plain or gzip).
    ///
    /// - Parameter isWhole: whether `bytes` are all of the object; if not, that they end in the middle of a
    ///   line or of a gzip member is no error.
    public init(bytes: [UInt8], of name: String, isWhole: Bool, limit: Int, maximumBytes: Int = 4 << 20) {
        self.init(records: [], malformedLines: 0, error: nil)
    }

    private init(records: [String], malformedLines: Int, error: RecordsError?) {
        self.records = records
        self.malformedLines = malformedLines
        self.error = error
    }
}
