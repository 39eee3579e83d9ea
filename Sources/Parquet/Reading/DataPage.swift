// A data page that is being decoded.
import Languages

/// A data page, decompressed, of which levels and values are taken in steps: the levels of entries first, and
/// then their values.
struct DataPage {
    /// Entries whose levels have not been taken.
    private(set) var entriesLeft: Int
    /// What an entry takes in memory when it is decoded, as far as the page says.
    private(set) var bytesPerEntry: Int
    /// How many values should be taken at a time: few at first, where some bytes may stand for many.
    private var valuesAtATime: Int
    /// Whether the values are places in the chunk's dictionary.
    let isDictionaryEncoded: Bool

    private let leaf: LeafColumn
    private let entryCount: Int
    private let encoding: Encoding
    private let dictionaryCount: Int
    /// The values stand here; levels of version 1 stand before them.
    private let bytes: [UInt8]
    private let valueRange: Range<Int>
    private var repetitionLevels: LevelDecoder?
    private var definitionLevels: LevelDecoder?
    // Begun with the first value: a page of nulls may have nothing where its values would begin.
    private var valueDecoder: ValueDecoder?
    private var indexDecoder: DictionaryIndexDecoder?

    /// Begins the data page of version 1 in `page`: its levels are compressed together with its values.
    init(
        _ page: Page, header: DataPageHeader, of chunk: ColumnChunk, _ dictionary: ChunkDictionary?,
        _ decompressor: PageDecompressor
    ) throws {
        let leaf = chunk.leaf
        let bytes = try decompressor.decompress(
            page.body, codec: chunk.codec, size: Int(page.header.uncompressedSize))
        let entryCount = Int(header.entryCount)
        var position = 0
        func levels(_ encoding: Encoding?, maximum: Int) throws -> LevelDecoder? {
            guard maximum > 0, entryCount > 0 else { return nil }
            guard let encoding else { throw ParquetError.unsupported(Text("an unknown encoding of levels")) }
            return try LevelDecoder(
                encoding: encoding, bytes: bytes, at: &position, limit: bytes.count, maximumLevel: maximum,
                entryCount: entryCount)
        }
        let repetition = try levels(header.repetitionLevelEncoding, maximum: leaf.maximumRepetitionLevel)
        let definition = try levels(header.definitionLevelEncoding, maximum: leaf.maximumDefinitionLevel)
        try self.init(
            leaf: leaf, entryCount: entryCount, encoding: header.encoding, dictionary: dictionary,
            levels: (repetition, definition), bytes: bytes, values: position..<bytes.count)
    }

    /// Begins the data page of version 2 in `page`: its levels stand first, and are not compressed.
    init(
        _ page: Page, header: DataPageHeaderV2, of chunk: ColumnChunk, _ dictionary: ChunkDictionary?,
        _ decompressor: PageDecompressor
    ) throws {
        let leaf = chunk.leaf
        let levelsSize = Int(header.repetitionLevelsSize) + Int(header.definitionLevelsSize)
        let size = Int(page.header.uncompressedSize) - levelsSize
        guard levelsSize <= page.body.count, size >= 0 else {
            throw ParquetError.malformed(Text("the levels of a page are longer than the page"))
        }
        let levelBytes = Array(page.body.prefix(levelsSize))
        func levels(_ range: Range<Int>, maximum: Int) throws -> LevelDecoder? {
            guard maximum > 0, header.entryCount > 0 else { return nil }
            return try LevelDecoder(version2: levelBytes, in: range, maximumLevel: maximum)
        }
        let split = Int(header.repetitionLevelsSize)
        let repetition = try levels(0..<split, maximum: leaf.maximumRepetitionLevel)
        let definition = try levels(split..<levelsSize, maximum: leaf.maximumDefinitionLevel)
        // A page of nulls has no values, and some writers then compress nothing to nothing.
        let bytes =
            size == 0
            ? []
            : try decompressor.decompress(
                page.body.dropFirst(levelsSize), codec: header.isCompressed ? chunk.codec : .uncompressed,
                size: size)
        try self.init(
            leaf: leaf, entryCount: Int(header.entryCount), encoding: header.encoding,
            dictionary: dictionary, levels: (repetition, definition), bytes: bytes, values: 0..<bytes.count)
    }

    private init(
        leaf: LeafColumn, entryCount: Int, encoding: Encoding?, dictionary: ChunkDictionary?,
        levels: (repetition: LevelDecoder?, definition: LevelDecoder?), bytes: [UInt8], values: Range<Int>
    ) throws {
        guard let encoding else { throw ParquetError.unsupported(Text("an unknown encoding of values")) }
        self.leaf = leaf
        self.entryCount = entryCount
        self.encoding = encoding
        self.bytes = bytes
        valueRange = values
        entriesLeft = entryCount
        valuesAtATime = encoding == .deltaByteArray ? 64 : .max
        repetitionLevels = levels.repetition
        definitionLevels = levels.definition
        isDictionaryEncoded = encoding == .plainDictionary || encoding == .rleDictionary
        dictionaryCount = dictionary?.values.count ?? 0
        let levelBytes = (levels.repetition == nil ? 0 : 1) + (levels.definition == nil ? 0 : 1)
        if isDictionaryEncoded {
            guard let dictionary else {
                throw ParquetError.malformed(
                    Text("a page refers to a dictionary that the column does not have"))
            }
            bytesPerEntry = levelBytes + max(4, dictionary.bytesPerValue)
        } else {
            bytesPerEntry = levelBytes + (leaf.fixedSize ?? 4 + values.count / max(1, entryCount))
        }
    }

    /// How many rows can be decoded in one step, where every row has one entry.
    var rowsReady: Int { min(entriesLeft, valuesAtATime) }

    /// Adds the levels of the next `count` entries, of which there are at least as many left.
    mutating func decodeLevels(
        _ count: Int, repetition: inout [UInt8], definition: inout [UInt8]
    ) throws {
        try repetitionLevels?.decode(count, appendingTo: &repetition)
        try definitionLevels?.decode(count, appendingTo: &definition)
        entriesLeft -= count
    }

    /// Adds the next `count` places in the dictionary.
    mutating func decodeIndices(_ count: Int, appendingTo indices: inout [Int32]) throws {
        if indexDecoder == nil {
            indexDecoder = try DictionaryIndexDecoder(
                bytes: bytes, in: valueRange, dictionaryCount: dictionaryCount)
        }
        try indexDecoder?.decode(count, appendingTo: &indices)
    }

    /// Adds the next `count` values, where they are not places in the dictionary.
    mutating func decodeValues(_ count: Int, appendingTo values: inout PhysicalValues) throws {
        if valueDecoder == nil {
            valueDecoder = try ValueDecoder(
                encoding, leaf: leaf, bytes: bytes, in: valueRange, valueCount: entryCount)
        }
        let before = values.byteCount
        try valueDecoder?.decode(count, appendingTo: &values)
        if encoding == .deltaByteArray {
            valuesAtATime = max(valuesAtATime, 2 * count)
            bytesPerEntry = max(bytesPerEntry, (values.byteCount - before) / max(1, count))
        }
    }
}

extension LeafColumn {
    /// The bytes of a value in memory; nil for BYTE_ARRAY.
    fileprivate var fixedSize: Int? { physicalType == .boolean ? 1 : width }
}
