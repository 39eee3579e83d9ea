// Files put together page by page, as no writer would.

import ParquetHostility

@testable import Parquet

/// A file of one column in one row group, whose pages are given.
struct HandmadeFile {
    var leaf: LeafColumn
    var schema: Schema
    var rowCount: Int
    var entryCount: Int
    var pages: [(header: PageHeader, body: [UInt8])] = []

    /// A file of `field`, the only column of which has `entryCount` entries.
    init(_ field: SchemaNode, rowCount: Int, entryCount: Int) throws {
        schema = try Schema(fields: [field])
        leaf = schema.leaves[0]
        self.rowCount = rowCount
        self.entryCount = entryCount
    }

    /// A required column of byte arrays.
    static func text(rowCount: Int) throws -> HandmadeFile {
        try HandmadeFile(
            SchemaNode("text", .required, .column(.byteArray, length: 0)), rowCount: rowCount,
            entryCount: rowCount)
    }

    /// A column of a list of required numbers.
    static func lists(rowCount: Int, entryCount: Int) throws -> HandmadeFile {
        try HandmadeFile(
            SchemaNode("numbers", .repeated, .column(.int32, length: 0)), rowCount: rowCount,
            entryCount: entryCount)
    }

    /// Adds a data page of version 1 whose levels are runs of `(level, count)`.
    mutating func addPage(
        entryCount: Int, repetition: [(UInt8, Int)] = [], definition: [(UInt8, Int)] = [],
        encoding: Encoding = .plain, values: [UInt8]
    ) {
        var header = DataPageHeader()
        header.entryCount = Int32(entryCount)
        header.encoding = encoding
        let levels = [repetition, definition].filter { !$0.isEmpty }.map { runs in
            let bytes = runs.flatMap { Self.run(of: $0.0, $0.1) }
            return Self.littleEndian(UInt32(bytes.count)) + bytes
        }
        addPage(.data(header), levels.joined() + values)
    }

    /// Adds a dictionary of byte arrays.
    mutating func addDictionary(_ values: [[UInt8]]) {
        var header = DictionaryPageHeader()
        header.valueCount = Int32(values.count)
        addPage(.dictionary(header), Self.plain(values))
    }

    mutating func addPage(_ kind: PageHeader.Kind, _ body: [UInt8]) {
        let size = Int32(body.count)
        pages.append((PageHeader(kind: kind, uncompressedSize: size, compressedSize: size), body))
    }

    /// The whole file.
    var file: MemoryFile {
        var bytes = Array("PAR1".utf8)
        for page in pages { bytes += CompactWriter.bytes(of: page.header) + page.body }
        var chunk = ColumnChunkMetadata()
        chunk.physicalType = leaf.physicalType.rawValue
        chunk.path = leaf.path
        chunk.entryCount = Int64(entryCount)
        chunk.compressedSize = Int64(bytes.count - 4)
        chunk.uncompressedSize = chunk.compressedSize
        chunk.dataPageOffset = 4
        var rowGroup = RowGroupMetadata()
        rowGroup.columns = [chunk]
        rowGroup.rowCount = Int64(rowCount)
        var metadata = FileMetadata(schema: schema)
        metadata.rowCount = rowGroup.rowCount
        metadata.rowGroups = [rowGroup]
        let footer = CompactWriter.bytes(of: metadata)
        return MemoryFile(bytes + footer + Self.littleEndian(UInt32(footer.count)) + Array("PAR1".utf8))
    }

    /// A run of `count` times `value`, which takes a byte.
    static func run(of value: UInt8, _ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = UInt64(count) << 1
        while rest > 0x7f {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest), value]
    }

    /// Byte arrays in the PLAIN encoding.
    static func plain(_ values: [[UInt8]]) -> [UInt8] {
        values.flatMap { littleEndian(UInt32($0.count)) + $0 }
    }

    static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
