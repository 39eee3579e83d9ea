// A column that has the same value in every row of a file, as folders of the form `key=value` state them.

/// A column to add to a file, with one value for all rows.
public struct ConstantColumn: Hashable, Sendable {
    /// What all rows have; nil for null.
    public enum Value: Hashable, Sendable {
        case string(String?)
        case integer(Int64?)
    }

    /// The name of the column.
    public var name: String
    /// What all rows have.
    public var value: Value

    /// A column called `name`.
    public init(name: String, value: Value) {
        self.name = name
        self.value = value
    }

    /// The column in a schema: optional, so that files with and without a value agree.
    public var field: SchemaNode {
        switch value {
        case .string:
            SchemaNode(name, .optional, .column(.byteArray, length: 0), logicalType: .string)
        case .integer: SchemaNode(name, .optional, .column(.int64, length: 0))
        }
    }

    /// Its values in as many rows, for a writer.
    public func values(rowCount: Int) -> ColumnValues {
        let dictionary = dictionary
        let isNull = dictionary.count == 0
        return ColumnValues(
            entryCount: rowCount, definitionLevels: [UInt8](repeating: isNull ? 0 : 1, count: rowCount),
            repetitionLevels: [],
            content: .dictionary(
                indices: [Int32](repeating: 0, count: isNull ? 0 : rowCount), dictionary))
    }

    /// The dictionary of its chunks: the value, or nothing.
    private var dictionary: PhysicalValues {
        switch value {
        case .string(let value):
            var values = ByteArrays()
            if let value { values.append(value.utf8) }
            return .byteArray(values)
        case .integer(let value): return .int64(value.map { [$0] } ?? [])
        }
    }
}

extension ConstantColumn {
    /// The chunk of a row group: a few bytes, however many rows there are.
    func chunk(of leaf: LeafColumn, rowCount: Int, options: WriterOptions) throws -> EncodedColumnChunk {
        try EncodedColumnChunk(repeating: dictionary, rowCount: rowCount, of: leaf, options: options)
    }
}
