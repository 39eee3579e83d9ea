// The rows of a row group: several columns, read in step with each other.

/// Reads columns of one row group, a batch of rows at a time.
struct RowGroupReader {
    private let file: ParquetFile
    private let rowGroup: Int
    private var columns: [ColumnReader]
    private var rowsLeft: Int
    /// The column that is being read: errors are its own.
    private var columnAtHand = 0

    /// What all columns together may read ahead.
    private static let readAhead = 8 << 20

    /// The leaves `columns` of row group `rowGroup`.
    init(_ file: ParquetFile, rowGroup: Int, columns: [Int]) throws {
        self.file = file
        self.rowGroup = rowGroup
        rowsLeft = Int(file.metadata.rowGroups[rowGroup].rowCount)
        let readAhead = min(1 << 20, max(16 << 10, Self.readAhead / max(1, columns.count)))
        let held = HeldPages()
        self.columns = try columns.map { column in
            let chunk = try file.columnChunk(rowGroup: rowGroup, column: column)
            return ColumnReader(file.source, chunk, readAhead: readAhead, held: held)
        }
    }

    /// The next rows; nil after the last.
    ///
    /// - Parameters:
    ///   - maximumRows: how many rows there may be.
    ///   - targetBytes: about how many bytes they may take; more if it is one row.
    mutating func next(maximumRows: Int, targetBytes: Int) async throws -> RowBatch? {
        guard rowsLeft > 0 else { return nil }
        do {
            let rows = try await collect(maximumRows: maximumRows, targetBytes: targetBytes)
            let batch = RowBatch(
                rowGroup: rowGroup, rowCount: rows, columns: columns.indices.map { columns[$0].take() })
            if rowsLeft == 0 { try forEachColumn { try $0.finish() } }
            return batch
        } catch let error as ParquetError {
            throw error.at(
                file: file.source.name, rowGroup: rowGroup,
                column: columns.isEmpty ? nil : columns[columnAtHand].chunk.leaf.name)
        }
    }

    /// Lets the columns collect rows, and returns how many.
    private mutating func collect(maximumRows: Int, targetBytes: Int) async throws -> Int {
        var rows = 0
        var bytes = 0
        // The last eighth of the bytes would be filled with steps of few rows.
        while rowsLeft > 0, rows < maximumRows, bytes <= targetBytes - targetBytes / 8 {
            let step = try await rowsOfStep(
                atMost: min(rowsLeft, maximumRows - rows), bytes: targetBytes - bytes)
            try forEachColumn { bytes += try $0.decode(rows: step) }
            rows += step
            rowsLeft -= step
        }
        return rows
    }

    /// How many rows all columns can decode from their current pages, of about `bytes` bytes: at least one.
    private mutating func rowsOfStep(atMost limit: Int, bytes: Int) async throws -> Int {
        var rows = limit
        var bytesPerRow = 0
        for index in columns.indices {
            if !columns[index].isRepeated {
                if columns[index].rowsReady == 0 {
                    columnAtHand = index
                    try await columns[index].loadPageOfRows()
                }
                rows = min(rows, columns[index].rowsReady)
            }
            bytesPerRow += columns[index].bytesPerRow
        }
        rows = max(1, min(rows, bytes / max(1, bytesPerRow)))
        let share = max(64 << 10, 2 * bytes / max(1, columns.count))
        for index in columns.indices where columns[index].isRepeated {
            columnAtHand = index
            rows = try await columns[index].lookAhead(rows: rows, bytes: share)
        }
        return rows
    }

    private mutating func forEachColumn(_ body: (inout ColumnReader) throws -> Void) throws {
        for index in columns.indices {
            columnAtHand = index
            try body(&columns[index])
        }
    }
}
