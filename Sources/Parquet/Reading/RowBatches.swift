// The rows of a file, in batches.

/// Consecutive rows of one row group.
public struct RowBatch: Sendable {
    /// The place of the row group in the file, from 0.
    public var rowGroup: Int
    /// How many rows there are.
    public var rowCount: Int
    /// For each column that was asked for, in that order, its entries in these rows.
    public var columns: [ColumnValues]

    /// Rows.
    public init(rowGroup: Int, rowCount: Int, columns: [ColumnValues]) {
        self.rowGroup = rowGroup
        self.rowCount = rowCount
        self.columns = columns
    }
}

extension ParquetFile {
    /// The rows of the file from the first to the last.
    ///
    /// In a batch, a column has either values or places in the dictionary of its chunk. Memory is bounded, however
    /// large a row group is: a page of each column, some bytes read ahead, dictionaries, and the batch.
    ///
    /// - Parameters:
    ///   - columns: the leaves to read by their places in the schema; nil for all.
    ///   - rowGroups: the row groups to read; nil for all.
    ///   - maximumRows: how many rows a batch may have.
    ///   - targetBytes: about how many bytes the values of a batch may take; only one row may take much more.
    public func batches(
        columns: [Int]? = nil, rowGroups: Range<Int>? = nil, maximumRows: Int = 32_768,
        targetBytes: Int = 8 << 20
    ) -> RowBatches {
        RowBatches(
            file: self, columns: columns ?? Array(schema.leaves.indices),
            rowGroups: rowGroups ?? metadata.rowGroups.indices, maximumRows: max(1, maximumRows),
            targetBytes: max(1, targetBytes))
    }
}

/// The rows of a file, in batches none of which crosses a row group.
///
/// Iterating throws `ParquetError` naming the file, the row group and the column where it goes wrong, and the errors
/// of the source.
public struct RowBatches: AsyncSequence, Sendable {
    fileprivate let file: ParquetFile
    fileprivate let columns: [Int]
    fileprivate let rowGroups: Range<Int>
    fileprivate let maximumRows: Int
    fileprivate let targetBytes: Int

    /// A reading of the rows, from the first.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }

    /// Where a reading of the rows has come to.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let batches: RowBatches
        private var rowGroupsLeft: Range<Int>
        private var current: RowGroupReader?

        fileprivate init(_ batches: RowBatches) {
            self.batches = batches
            rowGroupsLeft = batches.rowGroups
        }

        /// The next rows; nil after the last, and after an error.
        public mutating func next() async throws -> RowBatch? {
            do {
                while true {
                    try Task.checkCancellation()
                    if let batch = try await nextOfRowGroup() { return batch }
                    guard let rowGroup = rowGroupsLeft.popFirst() else { return nil }
                    current = try RowGroupReader(
                        batches.file, rowGroup: rowGroup, columns: batches.columns)
                }
            } catch {
                rowGroupsLeft = 0..<0
                throw error
            }
        }

        private mutating func nextOfRowGroup() async throws -> RowBatch? {
            guard var reader = current.take() else { return nil }
            let batch = try await reader.next(
                maximumRows: batches.maximumRows, targetBytes: batches.targetBytes)
            current = reader
            return batch
        }
    }
}
