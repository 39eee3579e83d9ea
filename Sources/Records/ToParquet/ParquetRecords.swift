// The way of records to a Parquet file: files in, lines checked and made columns, row groups out; blocks are
// shredded and columns encoded in parallel, and delivered in order.

import ParallelWork
import Parquet

/// The records of some files as one Parquet file, byte by byte.
///
/// Iterating it reads the files (NDJSON, plain or gzip), checks every line, and yields the bytes of the file, the
/// same for the same files on any machine. It works only while chunks are asked for, on all cores, in memory
/// that does not grow with the files. It can be iterated again, from the start, when a put has to be repeated;
/// but not twice at a time.
public struct ParquetRecords: AsyncSequence, Sendable {
    /// What came out, complete once the iteration has ended.
    public struct Summary: Hashable, Sendable {
        /// The records that were written, and the lines that were not.
        public var count = RecordCount()
        /// Bytes of the Parquet file.
        public var bytesWritten: Int64 = 0
        /// The row groups of the Parquet file.
        public var rowGroups = 0

        /// Nothing written yet.
        public init() {}
    }

    /// The paths of the files, in the order in which their records are written.
    public let files: [String]
    /// The columns.
    public let schema: Schema
    /// Columns that follow those of the schema, the same in every record.
    public let constants: [ConstantColumn]
    /// The columns of the file: those of the records, and the constants.
    private let columns: Schema
    /// How the file is written.
    public let options: WriterOptions
    /// What to do with lines that are not JSON objects.
    public let malformedLines: MalformedLinePolicy
    /// What to do with fields that the schema has not.
    public let unknownFields: UnknownFieldPolicy
    /// The bytes of values and levels, neither encoded nor compressed, after which a row group ends: what takes
    /// most of the memory.
    var rowGroupSize = 48 << 20
    /// As `LineReader` has them.
    var blockSize = LineReader.defaultBlockSize
    var maximumLine = LineReader.defaultMaximumLine
    private let latest: LatestFigures<Summary>

    /// The records of `files` as one Parquet file.
    ///
    /// - Parameters:
    ///   - files: paths of NDJSON, plain or gzip, in their order.
    ///   - schema: the columns.
    ///   - constants: columns that follow those of the schema, which has no field of their names.
    ///   - options: how pages are cut and compressed.
    ///   - malformedLines: what becomes of a line that is no JSON object.
    ///   - unknownFields: what becomes of a field that the schema does not have.
    ///   - onProgress: called every few hundred kilobytes, in order, with the figures so far; should be quick.
    /// - Throws: `ParquetError` if the constants do not go with the schema.
    public init(
        files: [String], schema: Schema, constants: [ConstantColumn] = [], options: WriterOptions,
        malformedLines: MalformedLinePolicy, unknownFields: UnknownFieldPolicy = .fail,
        onProgress: @escaping @Sendable (Summary) -> Void = { _ in }
    ) throws {
        self.files = files
        self.schema = schema
        self.constants = constants
        columns = try Schema(name: schema.name, fields: schema.fields + constants.map(\.field))
        self.options = options
        self.malformedLines = malformedLines
        self.unknownFields = unknownFields
        latest = LatestFigures(Summary(), onProgress: onProgress)
    }

    /// The figures of the iteration that goes on, or of the last one.
    public var summary: Summary { latest.value }

    /// Begins again at the first file.
    public func makeAsyncIterator() -> AsyncIterator {
        return AsyncIterator(self, report: latest.report)
    }

    /// One iteration.
    ///
    /// `next` throws `RecordsError`, which under `MalformedLinePolicy.fail` names the first malformed line;
    /// `ParquetError`, if no file can have the schema; and `CancellationError`. Once it has thrown, nothing of
    /// what was yielded is of any use.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let records: ParquetRecords
        private let report: (Summary) -> Void
        private let work = OrderedWork<Piece>()
        private let shredder: ColumnShredder
        private var blocks: ShreddableBlocks
        private var tally: RecordTally
        private var summary = Summary()
        /// Nil until the file has been begun.
        private var writer: ParquetFileWriter?
        /// The row group that is being filled.
        private var filling: RowGroupColumns
        /// The columns of full row groups that nobody encodes yet, the next one last, so that nothing holds it once
        /// it is taken; goes before reading on, so that its memory becomes free.
        private var waiting: [ColumnParts] = []
        /// The chunks of the oldest row group that is being encoded.
        private var encoded: [EncodedColumnChunk] = []

        /// What a core is given to do, done.
        private enum Piece: Sendable {
            case block(ColumnShredder.ShreddedBlock)
            case chunk(EncodedColumnChunk)
        }

        init(_ records: ParquetRecords, report: @escaping (Summary) -> Void) {
            self.records = records
            self.report = report
            shredder = ColumnShredder(records.schema, unknownFields: records.unknownFields)
            let lines = LineBlocks(
                files: records.files, blockSize: records.blockSize, maximumLine: records.maximumLine)
            blocks = ShreddableBlocks(lines, columnCount: records.schema.leaves.count)
            tally = RecordTally(files: records.files)
            filling = RowGroupColumns(of: records.columns)
        }

        /// The next chunk of the file.
        public mutating func next() async throws -> [UInt8]? {
            if writer == nil {
                writer = try ParquetFileWriter(schema: records.columns, options: records.options)
                return yield(writer?.begin())
            }
            while let piece = try await nextPiece() {
                switch piece {
                case .block(let block):
                    try add(block)
                case .chunk(let chunk):
                    encoded.append(chunk)
                    guard encoded.count == records.columns.leaves.count else { continue }
                    let chunks = encoded
                    encoded = []
                    let bytes = try writer?.append(chunks, rowCount: chunk.rowCount)
                    summary.rowGroups += 1
                    return yield(bytes)
                }
            }
            return yield(writer?.finish())
        }

        private mutating func nextPiece() async throws -> Piece? {
            if let piece = try await work.next({ try begin() }) { return piece }
            // All blocks are in: what is left is the last row group.
            guard !filling.isEmpty else { return nil }
            encodeRowGroup()
            return try await work.next { try begin() }
        }

        private mutating func begin() throws -> (@Sendable () throws -> Piece)? {
            if let column = waiting.popLast() {
                let options = records.options
                return { .chunk(try EncodedColumnChunk(column.parts, of: column.leaf, options: options)) }
            }
            guard let block = try blocks.next() else { return nil }
            let shredder = shredder
            return { .block(shredder.shred(block)) }
        }

        private mutating func add(_ block: ColumnShredder.ShreddedBlock) throws {
            let linesBefore = tally.add(block.figures)
            summary.count = tally.count
            report(summary)
            if records.malformedLines == .fail, let first = summary.count.firstMalformed {
                throw RecordsError.malformedLine(first, malformedLines: summary.count.malformedLines)
            }
            if let misfit = block.misfit {
                throw RecordsError.misfit(
                    RecordMisfit(
                        file: records.files[block.figures.file], line: linesBefore + misfit.line + 1,
                        path: misfit.path, reason: misfit.reason))
            }
            guard block.figures.records > 0 else { return }
            let constants = records.constants.map { $0.values(rowCount: block.figures.records) }
            filling.append(block.columns + constants)
            if filling.size >= records.rowGroupSize { encodeRowGroup() }
        }

        private mutating func encodeRowGroup() {
            waiting.insert(contentsOf: filling.takeColumns().reversed(), at: 0)
        }

        private mutating func yield(_ chunk: [UInt8]?) -> [UInt8]? {
            guard let chunk else { return nil }
            summary.bytesWritten += Int64(chunk.count)
            report(summary)
            return chunk
        }
    }
}
