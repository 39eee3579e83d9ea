// What comes from consecutive blocks, put together for a row group.

import Parquet

/// A column of a row group, in pieces.
struct ColumnParts: Sendable {
    let leaf: LeafColumn
    var parts: [ColumnValues] = []
}

/// The columns of a row group.
struct RowGroupColumns {
    private let schema: Schema
    private var columns: [ColumnParts]
    /// The bytes of values and levels.
    private(set) var size = 0

    init(of schema: Schema) {
        self.schema = schema
        columns = schema.leaves.map { ColumnParts(leaf: $0) }
    }

    var isEmpty: Bool { columns.first?.parts.isEmpty ?? true }

    /// Adds the rows of a block.
    mutating func append(_ block: [ColumnValues]) {
        for (index, values) in block.enumerated() {
            columns[index].parts.append(values)
            size += values.byteCount
        }
    }

    /// The columns, of which none is kept.
    mutating func takeColumns() -> [ColumnParts] {
        defer { self = RowGroupColumns(of: schema) }
        return columns
    }
}

extension ColumnValues {
    /// The bytes of values and levels in memory.
    fileprivate var byteCount: Int {
        definitionLevels.count + repetitionLevels.count + content.byteCount
    }
}

extension ColumnValues.Content {
    fileprivate var byteCount: Int {
        switch self {
        case .plain(let values): values.byteCount
        case .dictionary(let indices, let values): indices.count * 4 + values.byteCount
        }
    }
}

extension PhysicalValues {
    fileprivate var byteCount: Int {
        switch self {
        case .boolean(let values): values.count
        case .int32(let values): values.count * 4
        case .int64(let values): values.count * 8
        case .float(let values): values.count * 4
        case .double(let values): values.count * 8
        case .byteArray(let values): values.bytes.count + values.offsets.count * 4
        case .fixed(let values): values.bytes.count
        }
    }
}
