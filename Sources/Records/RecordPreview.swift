// The first records of a file, cheaply, and as much as can be had of a damaged one.

/// The first records of a file.
public struct RecordPreview: Hashable, Sendable {
    /// The records as they are written, without their line ends; malformed lines are left out.
    public private(set) var records: [String] = []
    /// Lines that were not JSON objects among those read.
    public private(set) var malformedLines = 0
    /// The first of those.
    public private(set) var firstMalformed: MalformedLine?
    /// What ended the reading too early; the records before it are there.
    public private(set) var error: RecordsError?

    /// The first `limit` records of the file at `path` (NDJSON, plain or gzip), reading only what it needs.
    ///
    /// - Parameters:
    ///   - path: the path.
    ///   - limit: at most so many records.
    ///   - maximumBytes: how much of the content to read at most; a record that ends beyond is left out.
    public init(file path: String, limit: Int, maximumBytes: Int = 4 << 20) {
        read(limit: limit, name: path) {
            try LineReader(
                FileSource(file: path), name: path, file: 0, blockSize: Self.blockSize,
                contentLimit: maximumBytes)
        }
    }

    /// The first `limit` records in `bytes`, the beginning of an object called `name` (NDJSON, plain or gzip).
    ///
    /// - Parameters:
    ///   - bytes: the beginning of the content.
    ///   - name: how errors call the object.
    ///   - isWhole: whether `bytes` are all of the object; if not, that they end in the middle of a line or of a gzip
    ///     member is no error.
    ///   - limit: at most so many records.
    ///   - maximumBytes: how much of the content to read at most; a record that ends beyond is left out.
    public init(
        bytes: [UInt8], of name: String, isWhole: Bool, limit: Int, maximumBytes: Int = 4 << 20
    ) {
        read(limit: limit, name: name) {
            try LineReader(
                MemorySource(bytes, isCut: !isWhole), name: name, file: 0, blockSize: Self.blockSize,
                contentLimit: maximumBytes)
        }
    }

    private static let blockSize = 32_768

    private mutating func read(limit: Int, name: String, from open: () throws -> LineReader) {
        var tally = RecordTally(files: [name])
        do {
            let reader = try open()
            while records.count < limit, let block = try reader.next() {
                let lines = CheckedLines(block)
                tally.add(lines.figures)
                lines.withBytes { bytes in
                    let lines = bytes.split(separator: 0x0A, maxSplits: limit - records.count)
                    records += lines.prefix(limit - records.count).map { String(decoding: $0, as: UTF8.self) }
                }
            }
        } catch let error as RecordsError {
            self.error = error
        } catch {
            // Nothing else is thrown without a task to cancel; and a preview that is cancelled is not looked at.
        }
        malformedLines = tally.count.malformedLines
        firstMalformed = tally.count.firstMalformed
    }
}
