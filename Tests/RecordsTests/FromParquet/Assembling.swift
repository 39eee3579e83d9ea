// Short ways to make columns, and to see the records that they become.

import Parquet

@testable import Records

/// Columns by hand.
enum Columns {
    /// Entries without levels.
    static func required(_ values: PhysicalValues) -> ColumnValues {
        ColumnValues(
            entryCount: values.count, definitionLevels: [], repetitionLevels: [], content: .plain(values))
    }

    /// Entries with levels.
    static func entries(
        _ values: PhysicalValues, definition: [UInt8], repetition: [UInt8] = []
    ) -> ColumnValues {
        ColumnValues(
            entryCount: definition.count, definitionLevels: definition, repetitionLevels: repetition,
            content: .plain(values))
    }

    static func texts(_ texts: [[UInt8]]) -> PhysicalValues {
        var arrays = ByteArrays()
        for text in texts { arrays.append(text) }
        return .byteArray(arrays)
    }

    static func texts(_ texts: String...) -> PhysicalValues { self.texts(texts.map { Array($0.utf8) }) }

    static func fixed(_ arrays: [[UInt8]]) -> PhysicalValues {
        var values = FixedByteArrays(width: arrays.first?.count ?? 0)
        for array in arrays { values.append(array) }
        return .fixed(values)
    }
}

/// The records of `columns` in a schema of `fields`, line by line; in pieces of one record if `piecemeal`.
func records(
    _ fields: [SchemaNode], _ columns: [ColumnValues], rowCount: Int, constants: [ConstantColumn] = [],
    wanted: Set<Int>? = nil, piecemeal: Bool = false
) throws -> [String] {
    let plan = try RecordPlan(try Schema(fields: fields), columns: wanted, constants: constants)
    let dictionaries = RenderedDictionaries(leafCount: plan.leaves.count)
    var rows = RecordAssembler(plan, columns, rowCount: rowCount, dictionaries: dictionaries)
    // Hardly any room at first, so that it has to grow.
    var output = try JSONOutput(capacity: 1)
    while !rows.isAtEnd { try rows.write(to: &output, limit: piecemeal ? output.count + 1 : .max) }
    let text = output.withBytes { String(decoding: $0, as: UTF8.self) }
    return text.split(separator: "\n").map(String.init)
}

extension SchemaNode {
    /// A column that is required.
    static func column(
        _ name: String, _ type: PhysicalType, _ logicalType: LogicalType? = nil, length: Int = 0
    ) -> SchemaNode {
        SchemaNode(name, .required, .column(type, length: length), logicalType: logicalType)
    }

    /// A column.
    static func column(
        _ name: String, _ type: PhysicalType, _ repetition: Repetition, _ logicalType: LogicalType? = nil
    ) -> SchemaNode {
        SchemaNode(name, repetition, .column(type, length: 0), logicalType: logicalType)
    }

    /// A group.
    static func group(
        _ name: String, _ repetition: Repetition, _ logicalType: LogicalType? = nil, _ fields: SchemaNode...
    ) -> SchemaNode {
        SchemaNode(name, repetition, .group(fields), logicalType: logicalType)
    }
}
