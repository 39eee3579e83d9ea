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
    /// - Parameters:
    ///   - file: the file.
    ///   - limit: at most so many records.
    ///   - maximumBytes: how much the records may take at most, but for the last of them.
    /// - Throws: errors of the source that are no `ParquetError`; `RecordsError.outOfMemory`; `CancellationError`.
    public init(_ file: ParquetFile, limit: Int, maximumBytes: Int = 4 << 20) async throws {
        do {
            let page = try await ParquetRecordReader(file).next(limit: limit, maximumBytes: maximumBytes)
            (records, error) = (page.records, page.error)
        } catch let error as ParquetError {
            self.error = error.at(file: file.source.name)
        }
    }
}
