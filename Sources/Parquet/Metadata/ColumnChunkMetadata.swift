// What the footer says of one column in one row group.
import Languages

/// A column chunk (`ColumnChunk` and `ColumnMetaData` in parquet.thrift).
public struct ColumnChunkMetadata: Hashable, Sendable {
    /// How the values are stored, as the chunk has it: the same as the schema's.
    public var physicalType: Int32 = 0
    /// The encodings that occur, of values and levels; those that are not known are left out.
    public var encodings: [Encoding] = []
    /// The path of the column.
    public var path: [String] = []
    /// How the pages are compressed; nil if the number is not known.
    public var codec: CompressionCodec? = .uncompressed
    /// Entries: values, nulls and empty lists.
    public var entryCount: Int64 = 0
    /// Bytes of all pages with their headers, the pages not compressed.
    public var uncompressedSize: Int64 = 0
    /// Bytes of all pages with their headers.
    public var compressedSize: Int64 = 0
    /// What the writer noted.
    public var keyValues: [KeyValue]?
    /// Where the first data page begins.
    public var dataPageOffset: Int64 = 0
    /// Where an index page begins.
    public var indexPageOffset: Int64?
    /// Where the dictionary page begins.
    ///
    /// Some writers state 0 where there is none.
    public var dictionaryPageOffset: Int64?
    /// Of the whole chunk.
    public var statistics: Statistics?
    /// How many pages of each kind have each encoding.
    public var encodingStatistics: [PageEncodingStatistics]?
    /// Where the Bloom filter begins.
    public var bloomFilterOffset: Int64?
    /// Bytes of the Bloom filter with its header.
    public var bloomFilterSize: Int32?
    /// Entries by level.
    public var sizeStatistics: SizeStatistics?
    /// Statistics of geometries, as they stand.
    public var geospatialStatistics: [UInt8]?
    /// The file that holds the pages, if it is another one.
    public var filePath: String?
    /// Where the metadata stood besides the footer: not used any more.
    public var fileOffset: Int64 = 0
    /// Where the offset index stands.
    public var offsetIndexOffset: Int64?
    /// Bytes of the offset index.
    public var offsetIndexSize: Int32?
    /// Where the column index stands.
    public var columnIndexOffset: Int64?
    /// Bytes of the column index.
    public var columnIndexSize: Int32?
    /// Whether the chunk is encrypted.
    public var isEncrypted = false

    /// The number of no codec.
    private static let unknownCodec: Int32 = -1

    /// A chunk of nothing.
    public init() {}

    /// Where the first page begins, be it a dictionary or data.
    public var firstPageOffset: Int64 {
        guard let dictionaryPageOffset, dictionaryPageOffset > 0 else { return dataPageOffset }
        return min(dictionaryPageOffset, dataPageOffset)
    }
}

extension ColumnChunkMetadata: CompactStruct {
    init(from reader: inout CompactReader) throws {
        var hasMetadata = false
        try reader.readFields { reader, field in
            switch field.id {
            case 1: filePath = try reader.readString(field)
            case 2: fileOffset = try reader.readInt64(field)
            case 3:
                guard field.type == .structure else {
                    throw ParquetError.malformed(Text("a column chunk has no metadata"))
                }
                hasMetadata = true
                try readColumnMetadata(from: &reader)
            case 4: offsetIndexOffset = try reader.readInt64(field)
            case 5: offsetIndexSize = try reader.readInt32(field)
            case 6: columnIndexOffset = try reader.readInt64(field)
            case 7: columnIndexSize = try reader.readInt32(field)
            case 8, 9:
                isEncrypted = true
                try reader.skip(field)
            default: try reader.skip(field)
            }
        }
        guard hasMetadata || isEncrypted else {
            throw ParquetError.malformed(Text("a column chunk has no metadata"))
        }
    }

    private mutating func readColumnMetadata(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: physicalType = try reader.readInt32(field)
            case 2: encodings = try reader.readInts32(field).compactMap(Encoding.init)
            case 3: path = try reader.readStrings(field)
            case 4: codec = CompressionCodec(rawValue: try reader.readInt32(field))
            case 5: entryCount = try reader.readInt64(field)
            case 6: uncompressedSize = try reader.readInt64(field)
            case 7: compressedSize = try reader.readInt64(field)
            case 8: keyValues = try reader.readStructs(field)
            case 9: dataPageOffset = try reader.readInt64(field)
            case 10: indexPageOffset = try reader.readInt64(field)
            case 11: dictionaryPageOffset = try reader.readInt64(field)
            case 12: statistics = try reader.readStruct(field)
            case 13: encodingStatistics = try reader.readStructs(field)
            case 14: bloomFilterOffset = try reader.readInt64(field)
            case 15: bloomFilterSize = try reader.readInt32(field)
            case 16: sizeStatistics = try reader.readStruct(field)
            case 17: geospatialStatistics = try reader.readRawStruct(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, filePath)
        writer.write(2, fileOffset)
        writer.writeStruct(3, writeColumnMetadata)
        writer.write(4, offsetIndexOffset)
        writer.write(5, offsetIndexSize)
        writer.write(6, columnIndexOffset)
        writer.write(7, columnIndexSize)
        if isEncrypted { writer.writeStruct(8) }
    }

    /// What stands besides the places of the indexes (`ColumnMetaData` in parquet.thrift).
    func writeColumnMetadata(to writer: inout CompactWriter) {
        writer.write(1, physicalType)
        writer.write(2, encodings.map(\.rawValue))
        writer.write(3, path)
        writer.write(4, codec?.rawValue ?? Self.unknownCodec)
        writer.write(5, entryCount)
        writer.write(6, uncompressedSize)
        writer.write(7, compressedSize)
        writer.write(8, keyValues)
        writer.write(9, dataPageOffset)
        writer.write(10, indexPageOffset)
        writer.write(11, dictionaryPageOffset)
        writer.write(12, statistics)
        writer.write(13, encodingStatistics)
        writer.write(14, bloomFilterOffset)
        writer.write(15, bloomFilterSize)
        writer.write(16, sizeStatistics)
        writer.write(17, rawStruct: geospatialStatistics)
    }
}

/// How many pages of a kind have an encoding (`PageEncodingStats` in parquet.thrift).
public struct PageEncodingStatistics: Hashable, Sendable {
    /// The number of the kind of page: 0 data, 2 dictionary, 3 data of version 2.
    public var pageType: Int32 = 0
    /// The number of the encoding.
    public var encoding: Int32 = 0
    /// How many pages.
    public var count: Int32 = 0

    /// A number of pages.
    public init(pageType: Int32, encoding: Int32, count: Int32) {
        self.pageType = pageType
        self.encoding = encoding
        self.count = count
    }
}

extension PageEncodingStatistics: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: pageType = try reader.readInt32(field)
            case 2: encoding = try reader.readInt32(field)
            case 3: count = try reader.readInt32(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, pageType)
        writer.write(2, encoding)
        writer.write(3, count)
    }
}
