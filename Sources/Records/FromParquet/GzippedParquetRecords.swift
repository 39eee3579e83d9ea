// The way of Parquet files to a `.json.gz`: their batches decoded one after the other, written as JSON and compressed
// in parallel, delivered in order.

import ParallelWork
import Parquet

/// The rows of some Parquet files as records in one gzip stream: what a `.json.gz` holds, byte by byte.
///
/// The twin of `GzippedRecords`: the chunks of one gzip member, the same for the same files on any machine, made only
/// while they are asked for, on all cores, in memory that does not grow with the files. It can be iterated again,
/// from the start, but not twice at a time.
///
/// A record is a JSON object on a line of its own, its members in the order of the schema's fields:
///
/// | values | as JSON |
/// | --- | --- |
/// | BOOLEAN | `true`, `false` |
/// | integers, signed and unsigned | a number |
/// | DOUBLE; FLOAT, FLOAT16 | the shortest number that is read as the same double, or float, with a point or an exponent; `null` for NaN and infinities |
/// | DECIMAL | a number with all its digits |
/// | STRING, ENUM, JSON | a string; what is not UTF-8 becomes U+FFFD |
/// | UUID | `"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"` |
/// | DATE | `"2024-05-01"`; beyond the years 0000 to 9999 with a sign before the year |
/// | TIME | `"12:34:56.789"`, with 3, 6 or 9 digits as its unit has |
/// | TIMESTAMP | `"2024-05-01T12:34:56.789Z"`, with 3, 6 or 9 digits; without `Z` if it is not adjusted to UTC |
/// | INT96 | a timestamp in UTC, with 9 digits |
/// | INTERVAL | `"P3M5DT0.1S"`: months, days, seconds; what is zero is left out |
/// | other bytes, BSON, GEOMETRY, GEOGRAPHY | a string in base64 |
/// | a group; VARIANT, which is one of bytes | an object |
/// | LIST, or a repeated field | an array |
/// | MAP | an object; keys that are no strings become some; entries with the same key stay, each as it is |
///
/// A field that is null is left out, also from the object of a group, which may be empty; null elements of lists and
/// values of maps are `null`. A map whose key is a group is an array of objects; one without values is an array of
/// its keys. A null key, which the format forbids, is `"null"`.
public struct GzippedParquetRecords: AsyncSequence, Sendable {
    /// What came out, complete once the iteration has ended.
    public typealias Summary = GzippedRecords.Summary

    /// The files, in the order in which their records are written.
    public let files: [ParquetInput]
    private let latest: LatestFigures<Summary>

    /// The records of `files` as one gzip stream.
    ///
    /// - Parameters:
    ///   - files: the files, in their order.
    ///   - onProgress: called after every chunk, in order, with the figures so far; should be quick.
    public init(files: [ParquetInput], onProgress: @escaping @Sendable (Summary) -> Void = { _ in }) {
        self.files = files
        latest = LatestFigures(Summary(), onProgress: onProgress)
    }

    /// The figures of the iteration that goes on, or of the last one.
    public var summary: Summary { latest.value }

    /// Begins again at the first file.
    public func makeAsyncIterator() -> AsyncIterator {
        return AsyncIterator(RowBlocks(files), report: latest.report)
    }

    /// One iteration.
    ///
    /// `next` throws `ParquetError` naming file, row group and column, the errors of the sources, `RecordsError`, and
    /// `CancellationError`. Once it has thrown, nothing of what was yielded is of any use.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let report: (Summary) -> Void
        private let work = OrderedWork<CompressedRows>()
        private var blocks: RowBlocks
        private var rest: RowBlocks.Block?
        private var stream = GzipStream()
        private var summary = Summary()
        private var stage = Stage.header

        private enum Stage { case header, blocks, end }

        init(_ blocks: RowBlocks, report: @escaping (Summary) -> Void) {
            self.blocks = blocks
            self.report = report
        }

        /// The next chunk of the gzip stream.
        public mutating func next() async throws -> [UInt8]? {
            switch stage {
            case .header:
                stage = .blocks
                return yield(GzipStream.header)
            case .blocks:
                while let rows = try await nextRows() {
                    let chunk = add(rows)
                    if !chunk.isEmpty { return yield(chunk) }
                }
                stage = .end
                return yield(stream.end)
            case .end:
                return nil
            }
        }

        private mutating func nextRows() async throws -> CompressedRows? {
            // Few batches have a rest, and what follows is already in work: this task may as well do it.
            if let rest = rest.take() { return try CompressedRows(rest) }
            return try await work.next {
                guard let block = try await blocks.next() else { return nil }
                return { try CompressedRows(block) }
            }
        }

        /// Takes up the next records; returns their bytes.
        private mutating func add(_ rows: CompressedRows) -> [UInt8] {
            rest = rows.rest
            let length = stream.length
            let chunk = rows.pieces.reduce(into: []) { $0 += stream.append($1) }
            summary.count.records += rows.records
            summary.count.recordBytes += stream.length - length
            summary.count.bytesRead = blocks.bytesRead
            summary.crc32 = stream.crc32
            return chunk
        }

        private mutating func yield(_ chunk: [UInt8]) -> [UInt8] {
            summary.bytesWritten += Int64(chunk.count)
            report(summary)
            return chunk
        }
    }
}
