// What is counted while records go by: the same figures whether they are exported or only counted.

/// What to do with lines that are not JSON objects.
public enum MalformedLinePolicy: Hashable, Sendable {
    /// Stop at the first, with `RecordsError.malformedLine`.
    case fail
    /// Leave them out, and count them.
    case skip
}

/// A line that is not a JSON object.
public struct MalformedLine: Hashable, Sendable {
    /// The path of the file.
    public var file: String
    /// The line's number in the file, from 1; blank lines count.
    public var line: Int
    /// What is wrong with it, and where in the line.
    public var fault: JSONLineFault

    /// A line that is not a JSON object.
    public init(file: String, line: Int, fault: JSONLineFault) {
        self.file = file
        self.line = line
        self.fault = fault
    }
}

/// The records of one or more files, counted.
public struct RecordCount: Hashable, Sendable {
    /// Lines that are JSON objects.
    public var records = 0
    /// The bytes of those lines as they are passed on: each ended by one line feed, nothing compressed.
    public var recordBytes: Int64 = 0
    /// Bytes read from the files, as they lie on the disk (so for a gzip file its compressed bytes).
    public var bytesRead: Int64 = 0
    /// Lines that are neither blank nor JSON objects.
    public var malformedLines = 0
    /// The first of those, in the order of files and lines.
    public var firstMalformed: MalformedLine?

    /// Nothing counted yet.
    public init() {}
}
