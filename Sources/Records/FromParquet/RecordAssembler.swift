// The hot loop: goes through the rows of a batch, and writes each as a line of JSON.

import Parquet

/// Writes the rows of a batch as records, one a line.
///
/// It goes on where it stopped, so that a batch whose records are large is taken in pieces. What is inside is
/// checked when it begins; what the columns of one row must have in common is checked row by row.
struct RecordAssembler: Sendable {
    /// Where it stands in a column.
    private struct Position {
        var entry = 0
        var value = 0
    }

    private let plan: RecordPlan
    private let columns: [ColumnValues]
    private let rowCount: Int
    private let dictionaries: RenderedDictionaries
    private var positions: [Position]
    /// How many rows have been written.
    private(set) var row = 0

    /// The rows of `columns`, which are those of the plan in its order.
    init(
        _ plan: RecordPlan, _ columns: [ColumnValues], rowCount: Int, dictionaries: RenderedDictionaries
    ) {
        precondition(columns.count == plan.leaves.count, "columns that are not those of the plan")
        self.plan = plan
        self.columns = columns
        self.rowCount = rowCount
        self.dictionaries = dictionaries
        positions = Array(repeating: Position(), count: columns.count)
    }

    /// Whether all rows have been written.
    var isAtEnd: Bool { row == rowCount }

    /// Adds records to `output`, until it has `limit` bytes or there are no more.
    ///
    /// - Throws: `ParquetError`, naming the column if the entries of one are wrong; after that nothing more can be
    ///   written.
    mutating func write(to output: inout JSONOutput, limit: Int) throws {
        let texts = plan.texts.stableAddress
        var dictionaries: [RenderedDictionary] = []
        var cursors: [LeafCursor] = []
        cursors.reserveCapacity(columns.count)
        for (index, leaf) in plan.leaves.enumerated() {
            do {
                cursors.append(try cursor(in: leaf, at: index, texts: texts, holding: &dictionaries))
            } catch let error as ParquetError {
                throw error.at(column: leaf.column.name)
            }
        }
        // Beyond this, nothing but the pointers in the cursors and the walk holds the arrays.
        try withExtendedLifetime((plan, columns, dictionaries)) {
            try cursors.withUnsafeMutableBufferPointer { cursors in
                try plan.nodes.withUnsafeBufferPointer { nodes in
                    let walk = RowWalk(
                        nodes: nodes, cursors: cursors.baseAddress, texts: texts, constants: plan.constants)
                    while row < rowCount && output.count < limit {
                        try walk.writeRow(to: &output)
                        row += 1
                    }
                }
            }
        }
        for (index, cursor) in cursors.enumerated() {
            positions[index] = Position(entry: cursor.entry, value: cursor.value)
        }
    }

    /// A cursor where the last piece ended; what it points into besides the columns is added to `dictionaries`.
    private func cursor(
        in leaf: PlanLeaf, at index: Int, texts: UnsafePointer<UInt8>,
        holding dictionaries: inout [RenderedDictionary]
    ) throws -> LeafCursor {
        var rendered: RenderedDictionary?
        if case .dictionary(_, let dictionary) = columns[index].content {
            rendered = try self.dictionaries.rendered(dictionary, for: leaf, at: index, texts: plan.texts)
        }
        let entries = try CheckedEntries(
            columns[index], of: leaf.column, rowCount: rowCount, isDictionaryChecked: rendered != nil)
        var cursor = LeafCursor(leaf, entries, texts: texts)
        cursor.entry = positions[index].entry
        cursor.value = positions[index].value
        if let rendered {
            cursor.use(rendered)
            dictionaries.append(rendered)
        }
        return cursor
    }
}
