// What stands before every page.
import Languages

/// The header of a page (`PageHeader` in parquet.thrift).
public struct PageHeader: Hashable, Sendable {
    /// What a page holds.
    public enum Kind: Hashable, Sendable {
        case data(DataPageHeader)
        case dictionary(DictionaryPageHeader)
        case dataV2(DataPageHeaderV2)
        /// A kind that is passed over: index pages, which nobody writes, and kinds to come.
        case other(Int32)
    }

    /// What the page holds.
    public var kind: Kind
    /// Bytes of the page when it is not compressed, without this header.
    public var uncompressedSize: Int32
    /// Bytes of the page as it stands in the file, without this header.
    public var compressedSize: Int32
    /// CRC-32 of the page as it stands in the file, if the writer stated it.
    public var checksum: UInt32?

    /// A header.
    public init(kind: Kind, uncompressedSize: Int32, compressedSize: Int32, checksum: UInt32? = nil) {
        self.kind = kind
        self.uncompressedSize = uncompressedSize
        self.compressedSize = compressedSize
        self.checksum = checksum
    }
}

/// What a data page of version 1 holds.
public struct DataPageHeader: Hashable, Sendable {
    /// Entries: values, nulls and empty lists.
    public var entryCount: Int32 = 0
    /// Of the values; nil if the number is not known.
    public var encoding: Encoding? = .plain
    /// Of the definition levels.
    public var definitionLevelEncoding: Encoding? = .rle
    /// Of the repetition levels.
    public var repetitionLevelEncoding: Encoding? = .rle
    /// Of this page.
    public var statistics: Statistics?

    /// A page of no entries.
    public init() {}
}

/// What a data page of version 2 holds: its levels stand before the values and are not compressed.
public struct DataPageHeaderV2: Hashable, Sendable {
    /// Entries: values, nulls and empty lists.
    public var entryCount: Int32 = 0
    /// Entries without a value.
    public var nullCount: Int32 = 0
    /// Rows; the page begins with one.
    public var rowCount: Int32 = 0
    /// Of the values; nil if the number is not known.
    public var encoding: Encoding? = .plain
    /// Bytes of the definition levels.
    public var definitionLevelsSize: Int32 = 0
    /// Bytes of the repetition levels, which stand first.
    public var repetitionLevelsSize: Int32 = 0
    /// Whether the values are compressed with the chunk's codec.
    public var isCompressed = true
    /// Of this page.
    public var statistics: Statistics?

    /// A page of no entries.
    public init() {}
}

/// What a dictionary page holds.
public struct DictionaryPageHeader: Hashable, Sendable {
    /// Values in the dictionary.
    public var valueCount: Int32 = 0
    /// PLAIN, which older writers call PLAIN_DICTIONARY; nil if the number is not known.
    public var encoding: Encoding? = .plain
    /// Whether the values ascend.
    public var isSorted: Bool?

    /// An empty dictionary.
    public init() {}
}

extension PageHeader: CompactStruct {
    init(from reader: inout CompactReader) throws {
        var type: Int32?
        var uncompressedSize: Int32?
        var compressedSize: Int32?
        var checksum: UInt32?
        var data: DataPageHeader?
        var dictionary: DictionaryPageHeader?
        var dataV2: DataPageHeaderV2?
        try reader.readFields { reader, field in
            switch field.id {
            case 1: type = try reader.readInt32(field)
            case 2: uncompressedSize = try reader.readInt32(field)
            case 3: compressedSize = try reader.readInt32(field)
            case 4: checksum = UInt32(bitPattern: try reader.readInt32(field))
            case 5: data = try reader.readStruct(field)
            case 7: dictionary = try reader.readStruct(field)
            case 8: dataV2 = try reader.readStruct(field)
            default: try reader.skip(field)
            }
        }
        guard let type, let uncompressedSize, let compressedSize, uncompressedSize >= 0, compressedSize >= 0
        else { throw ParquetError.malformed(Text("a page header lacks a size")) }
        let kind: Kind? =
            switch type {
            case 0: data.map(Kind.data)
            case 2: dictionary.map(Kind.dictionary)
            case 3: dataV2.map(Kind.dataV2)
            default: .other(type)
            }
        guard let kind else {
            throw ParquetError.malformed(Text("a page header does not say what the page holds"))
        }
        self.init(
            kind: kind, uncompressedSize: uncompressedSize, compressedSize: compressedSize,
            checksum: checksum)
    }

    func write(to writer: inout CompactWriter) {
        let type: Int32 =
            switch kind {
            case .data: 0
            case .dictionary: 2
            case .dataV2: 3
            case .other(let type): type
            }
        writer.write(1, type)
        writer.write(2, uncompressedSize)
        writer.write(3, compressedSize)
        writer.write(4, checksum.map { Int32(bitPattern: $0) })
        switch kind {
        case .data(let header): writer.write(5, header)
        case .dictionary(let header): writer.write(7, header)
        case .dataV2(let header): writer.write(8, header)
        case .other: break
        }
    }
}

extension DataPageHeader: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: entryCount = try reader.readInt32(field)
            case 2: encoding = Encoding(rawValue: try reader.readInt32(field))
            case 3: definitionLevelEncoding = Encoding(rawValue: try reader.readInt32(field))
            case 4: repetitionLevelEncoding = Encoding(rawValue: try reader.readInt32(field))
            case 5: statistics = try reader.readStruct(field)
            default: try reader.skip(field)
            }
        }
        guard entryCount >= 0 else {
            throw ParquetError.malformed(Text("a page has a negative number of values"))
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, entryCount)
        writer.write(2, encoding?.rawValue)
        writer.write(3, definitionLevelEncoding?.rawValue)
        writer.write(4, repetitionLevelEncoding?.rawValue)
        writer.write(5, statistics)
    }
}

extension DictionaryPageHeader: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: valueCount = try reader.readInt32(field)
            case 2: encoding = Encoding(rawValue: try reader.readInt32(field))
            case 3: isSorted = try reader.readBoolean(field)
            default: try reader.skip(field)
            }
        }
        guard valueCount >= 0 else {
            throw ParquetError.malformed(Text("a dictionary has a negative number of values"))
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, valueCount)
        writer.write(2, encoding?.rawValue)
        writer.write(3, isSorted)
    }
}

extension DataPageHeaderV2: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: entryCount = try reader.readInt32(field)
            case 2: nullCount = try reader.readInt32(field)
            case 3: rowCount = try reader.readInt32(field)
            case 4: encoding = Encoding(rawValue: try reader.readInt32(field))
            case 5: definitionLevelsSize = try reader.readInt32(field)
            case 6: repetitionLevelsSize = try reader.readInt32(field)
            case 7: isCompressed = try reader.readBoolean(field)
            case 8: statistics = try reader.readStruct(field)
            default: try reader.skip(field)
            }
        }
        guard entryCount >= 0, nullCount >= 0, rowCount >= 0, nullCount <= entryCount,
            definitionLevelsSize >= 0, repetitionLevelsSize >= 0
        else { throw ParquetError.malformed(Text("a page header has a wrong count or size")) }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, entryCount)
        writer.write(2, nullCount)
        writer.write(3, rowCount)
        writer.write(4, encoding?.rawValue)
        writer.write(5, definitionLevelsSize)
        writer.write(6, repetitionLevelsSize)
        writer.write(7, isCompressed)
        writer.write(8, statistics)
    }
}
