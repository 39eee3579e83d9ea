// The first records of a Parquet file, cheaply, and as much as can be had of a damaged one.

import Parquet

/// The first rows of a Parquet file as records.
public struct ParquetPreview: Sendable {
    /// The records, without their line ends, as `GzippedParquetRecords` writes them.
    public private(set) var records: [String] = []
    /// What ended the reading too early; the records before it are there.
    public private(set) var error: ParquetError?

    /// The first `limit` records of `file`, reading only what it needs.
    ///
    /// - Parameter maximumBytes: how much the records may take at most; one that ends beyond is left out.
    /// - Throws: errors of the source that are no `ParquetError`; `RecordsError.outOfMemory`; `CancellationError`.
    public init(_ file: ParquetFile, limit: Int, maximumBytes: Int = 4 << 20) async throws {
        do {
            try await read(file, limit: limit, maximumBytes: maximumBytes)
        } catch let error as ParquetError {
            self.error = error.at(file: file.source.name)
        }
    }

    private mutating func read(_ file: ParquetFile, limit: Int, maximumBytes: Int) async throws {
        let plan = try RecordPlan(file.schema)
        let dictionaries = RenderedDictionaries(leafCount: plan.leaves.count)
        var bytes = 0
        for try await batch in file.batches(
            columns: plan.columns, maximumRows: Swift.min(max(1, limit), 256), targetBytes: 64 << 10)
        {
            do {
                var rows = RecordAssembler(
                    plan, batch.columns, rowCount: batch.rowCount, dictionaries: dictionaries)
                while !rows.isAtEnd {
                    guard records.count < limit else { return }
                    var output = try JSONOutput(capacity: 4_096, maximumRecord: maximumBytes)
                    try rows.write(to: &output, limit: 1)
                    bytes += output.count
                    guard bytes <= maximumBytes else { return }
                    records.append(output.withBytes { String(decoding: $0.dropLast(), as: UTF8.self) })
                }
            } catch let error as ParquetError {
                throw error.at(rowGroup: batch.rowGroup)
            }
        }
    }
}
