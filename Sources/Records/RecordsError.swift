// What can go wrong between a file and its records, as facts. The sentences are in
// RecordsError+Description.swift.

/// Why records could not be read.
public enum RecordsError: Error, Hashable {
    /// The system refuses to open or read the file; `code` is its errno.
    case unreadable(file: String, code: Int32)
    /// The path is a folder, a device or a socket.
    case notAFile(file: String)
    /// The file's gzip stream is damaged.
    case damagedGzip(file: String, GzipFault)
    /// There is no memory left to compress or inflate with.
    case outOfMemory
    /// The library that compresses gave something that is not a deflate stream.
    case compressionFailed
    /// A line is not a JSON object, and the policy is to fail. `malformedLines` were seen until the work
    /// stopped, so it is a lower bound for the file.
    case malformedLine(MalformedLine, malformedLines: Int)
    /// The records have no field at all, so that they have no columns.
    case noFields
    /// The records have more than `maximum` fields. `object` has the most names: the path to it, its parts joined
    /// by dots, empty for the record itself.
    case tooManyFields(maximum: Int, object: String)
    /// A record does not fit the schema that it is to be written with.
    case misfit(RecordMisfit)
}

/// What is wrong with a gzip stream (RFC 1952).
public enum GzipFault: Hashable, Sendable {
    /// It does not begin with a gzip header.
    case notGzip
    /// It ends in the middle of a member.
    case truncated
    /// Its compressed data make no sense, in zlib's words.
    case invalidData(String)
    /// The content does not have the CRC-32 that the trailer states.
    case wrongChecksum
    /// The content does not have the length that the trailer states.
    case wrongLength
    /// After the last member there is something that is neither a member nor padding with zeros.
    case trailingGarbage
    /// After the first member there is another, where only one may be.
    case secondMember
}
