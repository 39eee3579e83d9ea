// What one core does with the rows of a batch: write them as records and, while those are in the cache, compress
// them.

import Parquet

/// The records of a batch's rows as pieces of a deflate stream.
struct CompressedRows: Sendable {
    /// How many pieces are made at once, so that a batch that is small as columns and huge as JSON takes no more
    /// memory than others.
    private static let maximumPieces = 8

    private(set) var pieces: [DeflateBlock] = []
    private(set) var records = 0
    /// The rows that are left when there are too many pieces.
    private(set) var rest: RowBlocks.Block?

    /// The records of `block`.
    ///
    /// - Throws: `ParquetError`, naming file, row group and column; `RecordsError`; `CancellationError`.
    init(_ block: RowBlocks.Block) throws {
        var block = block
        let rowsBefore = block.rows.row
        do {
            var output = try JSONOutput(capacity: DeflateBlock.preferredLength + 65_536)
            while !block.rows.isAtEnd && pieces.count < Self.maximumPieces {
                try Task.checkCancellation()
                try block.rows.write(to: &output, limit: DeflateBlock.preferredLength)
                pieces.append(try output.withBytes { try DeflateBlock($0) })
                output.removeAll()
            }
        } catch let error as ParquetError {
            throw error.at(file: block.file, rowGroup: block.rowGroup)
        }
        records = block.rows.row - rowsBefore
        rest = block.rows.isAtEnd ? nil : block
    }
}
