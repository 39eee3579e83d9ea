// What the footer says of the file.
import Languages

/// The footer of a file (`FileMetaData` in parquet.thrift).
public struct FileMetadata: Hashable, Sendable {
    /// The version of the format that the writer stated: 1 or 2.
    public var version: Int32 = 1
    /// The fields of a row.
    public var schema: Schema
    /// Rows in all row groups.
    public var rowCount: Int64 = 0
    /// The row groups in their order.
    public var rowGroups: [RowGroupMetadata] = []
    /// What the writer noted.
    public var keyValues: [KeyValue]?
    /// The program that wrote the file.
    public var createdBy: String?
    /// For each column, the order in which its statistics compare values.
    public var columnOrders: [ColumnOrder]?

    /// The footer of a file without rows.
    public init(schema: Schema) {
        self.schema = schema
    }
}

/// In which order a column's statistics compare values (`ColumnOrder` in parquet.thrift).
public struct ColumnOrder: Hashable, Sendable {
    /// The order that the column's type defines.
    public static let typeDefined = ColumnOrder(id: 1)

    /// Its number in the union.
    public var id: Int16
}

/// A name and a value that the writer noted.
public struct KeyValue: Hashable, Sendable {
    /// The name.
    public var key: String
    /// The value.
    public var value: String?

    /// A name and a value.
    public init(key: String, value: String?) {
        self.key = key
        self.value = value
    }
}

/// A column by which the rows of a row group are sorted (`SortingColumn` in parquet.thrift).
public struct SortingColumn: Hashable, Sendable {
    /// The place of the column among the leaves.
    public var columnIndex: Int32 = 0
    /// Whether the values descend.
    public var isDescending = false
    /// Whether nulls come first.
    public var hasNullsFirst = false
}

/// What the footer says of a row group (`RowGroup` in parquet.thrift).
public struct RowGroupMetadata: Hashable, Sendable {
    /// A chunk for each column.
    public var columns: ColumnChunks = []
    /// Bytes of all pages with their headers, not compressed.
    public var uncompressedSize: Int64 = 0
    /// Rows.
    public var rowCount: Int64 = 0
    /// By what the rows are sorted.
    public var sortingColumns: [SortingColumn]?
    /// Where the first page begins.
    public var fileOffset: Int64?
    /// Bytes of all pages with their headers.
    public var compressedSize: Int64?
    /// The place of the row group in the file.
    public var ordinal: Int16?

    /// A row group of nothing.
    public init() {}
}

extension FileMetadata: CompactStruct {
    init(from reader: inout CompactReader) throws {
        var version: Int32 = 1
        var elements: [SchemaElement]?
        var rowCount: Int64?
        var rowGroups: [RowGroupMetadata]?
        var keyValues: [KeyValue]?
        var createdBy: String?
        var columnOrders: [ColumnOrder]?
        try reader.readFields { reader, field in
            switch field.id {
            case 1: version = try reader.readInt32(field)
            case 2: elements = try reader.readStructs(field)
            case 3: rowCount = try reader.readInt64(field)
            case 4: rowGroups = try reader.readStructs(field)
            case 5: keyValues = try reader.readStructs(field)
            case 6: createdBy = try reader.readString(field)
            case 7: columnOrders = try reader.readStructs(field)
            case 8: throw ParquetError(.encrypted)
            default: try reader.skip(field)
            }
        }
        guard let elements, let rowCount, let rowGroups, rowCount >= 0 else {
            throw ParquetError.malformed(
                Text("its footer lacks the schema, the number of rows or the row groups"))
        }
        self.version = version
        schema = try Schema(elements: elements)
        self.rowCount = rowCount
        self.rowGroups = rowGroups
        self.keyValues = keyValues
        self.createdBy = createdBy
        self.columnOrders = columnOrders
    }

    func write(to writer: inout CompactWriter) {
        beginWriting(to: &writer, rowGroupCount: rowGroups.count)
        for rowGroup in rowGroups { writer.writeElement(rowGroup) }
        endWriting(to: &writer)
    }

    /// Writes what stands before the row groups, each of which is to follow.
    func beginWriting(to writer: inout CompactWriter, rowGroupCount: Int) {
        writer.write(1, version)
        writer.write(2, schema.elements)
        writer.write(3, rowCount)
        writer.beginList(4, count: rowGroupCount)
    }

    /// Writes what stands after the row groups.
    func endWriting(to writer: inout CompactWriter) {
        writer.write(5, keyValues)
        writer.write(6, createdBy)
        writer.write(7, columnOrders)
    }
}

extension ColumnOrder: CompactStruct {
    init(from reader: inout CompactReader) throws {
        var id: Int16 = 0
        try reader.readFields { reader, field in
            id = field.id
            try reader.skip(field)
        }
        self.id = id
    }

    func write(to writer: inout CompactWriter) { writer.writeStruct(id) }
}

extension KeyValue: CompactStruct {
    init(from reader: inout CompactReader) throws {
        var key = ""
        var value: String?
        try reader.readFields { reader, field in
            switch field.id {
            case 1: key = try reader.readString(field)
            case 2: value = try reader.readString(field)
            default: try reader.skip(field)
            }
        }
        self.init(key: key, value: value)
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, key)
        writer.write(2, value)
    }
}

extension SortingColumn: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: columnIndex = try reader.readInt32(field)
            case 2: isDescending = try reader.readBoolean(field)
            case 3: hasNullsFirst = try reader.readBoolean(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, columnIndex)
        writer.write(2, isDescending)
        writer.write(3, hasNullsFirst)
    }
}

extension RowGroupMetadata: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: columns = try ColumnChunks(from: &reader, field)
            case 2: uncompressedSize = try reader.readInt64(field)
            case 3: rowCount = try reader.readInt64(field)
            case 4: sortingColumns = try reader.readStructs(field)
            case 5: fileOffset = try reader.readInt64(field)
            case 6: compressedSize = try reader.readInt64(field)
            case 7: ordinal = try reader.readInt16(field)
            default: try reader.skip(field)
            }
        }
        guard rowCount >= 0 else {
            throw ParquetError.malformed(Text("a row group has a negative number of rows"))
        }
    }

    func write(to writer: inout CompactWriter) { write(to: &writer, columns: columns) }

    /// Writes what there is to say of the row group, with these columns instead of its own.
    func write(to writer: inout CompactWriter, columns: some Collection<some CompactWritable>) {
        writer.write(1, columns)
        writer.write(2, uncompressedSize)
        writer.write(3, rowCount)
        writer.write(4, sortingColumns)
        writer.write(5, fileOffset)
        writer.write(6, compressedSize)
        writer.write(7, ordinal)
    }
}
