// The rows of a Parquet file as records, as many at a time as somebody wants to see, from any row on.

import Parquet

/// Reads records of a Parquet file one after the other, reading only what they need.
///
/// Memory is bounded, however large the file is. Used by one task at a time.
public actor ParquetRecordReader {
    /// Records, and whether there are more.
    public struct Page: Sendable {
        /// The records, without their line ends, as `GzippedParquetRecords` writes them.
        public var records: [String] = []
        /// Whether nothing follows.
        public var isLast = false
        /// What ended the reading too early; the records before it are there.
        public var error: ParquetError?
    }

    private static let batchRows = 256
    private static let batchBytes = 64 << 10

    private let name: String
    private let plan: RecordPlan
    private let dictionaries: RenderedDictionaries
    private var batches: RowBatches.AsyncIterator
    private var rows: RecordAssembler?
    private var rowGroup = 0
    private var rowsToSkip: Int
    private var isAtEnd = false

    /// Begins at a row; those before it in its row group are read, and no others.
    ///
    /// - Throws: `ParquetError`.
    public init(_ file: ParquetFile, from first: Int = 0) throws {
        name = file.source.name
        plan = try RecordPlan(file.schema)
        dictionaries = RenderedDictionaries(leafCount: plan.leaves.count)
        let groups = file.metadata.rowGroups
        var (group, before) = (0, max(0, first))
        while group < groups.count, before >= Int(groups[group].rowCount) {
            before -= Int(groups[group].rowCount)
            group += 1
        }
        rowsToSkip = before
        batches = file.batches(
            columns: plan.columns, rowGroups: group..<groups.count, maximumRows: Self.batchRows,
            targetBytes: Self.batchBytes
        ).makeAsyncIterator()
    }

    /// The next records.
    ///
    /// - Parameters:
    ///   - limit: at most so many.
    ///   - maximumBytes: how much they may take; a record that alone takes more ends the reading.
    /// - Throws: errors of the source that are no `ParquetError`; `RecordsError.outOfMemory`; `CancellationError`.
    public func next(limit: Int, maximumBytes: Int = 4 << 20) async throws -> Page {
        var page = Page()
        do {
            var bytes = 0
            while page.records.count < limit {
                guard let record = try await nextRecord(maximumBytes: maximumBytes) else {
                    page.isLast = true
                    break
                }
                bytes += record.utf8.count
                page.records.append(record)
                if bytes >= maximumBytes { break }
            }
        } catch let error as ParquetError {
            isAtEnd = true
            page.isLast = true
            page.error = error.at(file: name)
        }
        return page
    }

    private func nextRecord(maximumBytes: Int) async throws -> String? {
        while !isAtEnd {
            if var current = rows, !current.isAtEnd {
                do {
                    var output = try JSONOutput(capacity: 4_096, maximumRecord: maximumBytes)
                    try current.write(to: &output, limit: 1)
                    rows = current
                    if rowsToSkip > 0 {
                        rowsToSkip -= 1
                        continue
                    }
                    return output.withBytes { String(decoding: $0.dropLast(), as: UTF8.self) }
                } catch let error as ParquetError {
                    throw error.at(rowGroup: rowGroup)
                }
            }
            try await loadBatch()
        }
        return nil
    }

    private func loadBatch() async throws {
        var iterator = batches
        defer { batches = iterator }
        guard let batch = try await iterator.next(isolation: self) else {
            isAtEnd = true
            return
        }
        rowGroup = batch.rowGroup
        guard batch.rowCount > rowsToSkip else {
            rowsToSkip -= batch.rowCount
            return
        }
        rows = RecordAssembler(plan, batch.columns, rowCount: batch.rowCount, dictionaries: dictionaries)
    }
}
