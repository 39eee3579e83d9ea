// The way of records to a `.json.gz`: files in, checked lines, one gzip member out, the blocks checked and
// compressed in parallel and delivered in order.

import ParallelWork
import Parquet

/// The records of some files as one gzip stream: what a `.json.gz` holds, byte by byte.
///
/// Iterating it reads the files (NDJSON, plain or gzip), checks every line, and yields the chunks of a gzip
/// stream of one member (RFC 1952), the same for the same files on any machine. It works only while chunks are
/// asked for, on all cores, in memory that does not grow with the files. It can be iterated again, from the
/// start, when a put has to be repeated; but not twice at a time.
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
    /// Members that end every record.
    private let members: AddedMembers
    /// What to do with lines that are not JSON objects.
    public let malformedLines: MalformedLinePolicy
    /// As `LineReader` has them.
    var blockSize = DeflateBlock.preferredLength
    var maximumLine = LineReader.defaultMaximumLine
    private let latest: LatestFigures<Summary>

    /// The records of `files` as one gzip stream.
    ///
    /// - Parameters:
    ///   - files: paths of NDJSON, plain or gzip, in their order.
    ///   - constants: members that end every record; a record has none of their names.
    ///   - malformedLines: what becomes of a line that is no JSON object.
    ///   - onProgress: called after every chunk, in order, with the figures so far; should be quick.
    public init(
        files: [String], constants: [ConstantColumn] = [], malformedLines: MalformedLinePolicy,
        onProgress: @escaping @Sendable (Summary) -> Void = { _ in }
    ) {
        self.files = files
        members = AddedMembers(constants)
        self.malformedLines = malformedLines
        latest = LatestFigures(Summary(), onProgress: onProgress)
    }

    /// The figures of the iteration that goes on, or of the last one.
    public var summary: Summary { latest.value }

    /// Begins again at the first file.
    public func makeAsyncIterator() -> AsyncIterator {
        let blocks = LineBlocks(files: files, blockSize: blockSize, maximumLine: maximumLine)
        return AsyncIterator(
            blocks, of: files, adding: members, malformedLines: malformedLines, report: latest.report)
    }

    /// One iteration.
    ///
    /// `next` throws `RecordsError`, which under `MalformedLinePolicy.fail` names the first malformed line, and
    /// `CancellationError`. Once it has thrown, nothing of what was yielded is of any use.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let members: AddedMembers
        private let malformedLines: MalformedLinePolicy
        private let report: (Summary) -> Void
        private let work = OrderedWork<CompressedLines>()
        private var blocks: LineBlocks
        private var tally: RecordTally
        private var stream = GzipStream()
        private var summary = Summary()
        private var stage = Stage.header

        private enum Stage { case header, blocks, end }

        init(
            _ blocks: LineBlocks, of files: [String], adding members: AddedMembers,
            malformedLines: MalformedLinePolicy, report: @escaping (Summary) -> Void
        ) {
            self.members = members
            self.malformedLines = malformedLines
            self.report = report
            self.blocks = blocks
            tally = RecordTally(files: files)
        }

        /// The next chunk of the gzip stream.
        public mutating func next() async throws -> [UInt8]? {
            switch stage {
            case .header:
                stage = .blocks
                return yield(GzipStream.header)
            case .blocks:
                while let lines = try await nextLines() {
                    let chunk = try add(lines)
                    if !chunk.isEmpty { return yield(chunk) }
                }
                stage = .end
                return yield(stream.end)
            case .end:
                return nil
            }
        }

        private mutating func nextLines() async throws -> CompressedLines? {
            try await work.next {
                guard let block = try blocks.next() else { return nil }
                let members = members
                return { try CompressedLines(block, adding: members) }
            }
        }

        /// Takes up the next block's records; returns their bytes.
        private mutating func add(_ lines: CompressedLines) throws -> [UInt8] {
            tally.add(lines.figures)
            let chunk = stream.append(lines.records)
            summary.count = tally.count
            summary.crc32 = stream.crc32
            if malformedLines == .fail, let first = summary.count.firstMalformed {
                report(summary)
                throw RecordsError.malformedLine(first, malformedLines: summary.count.malformedLines)
            }
            return chunk
        }

        private mutating func yield(_ chunk: [UInt8]) -> [UInt8] {
            summary.bytesWritten += Int64(chunk.count)
            report(summary)
            return chunk
        }
    }
}
