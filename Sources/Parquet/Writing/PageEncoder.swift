// The bytes of the pages of a column chunk.
import Languages

/// Encodes, compresses and heads pages, one after another.
struct PageEncoder {
    /// The pages so far, with their headers.
    private(set) var bytes: [UInt8] = []
    /// Bytes of all pages with their headers, the pages not compressed.
    private(set) var uncompressedSize = 0
    private let leaf: LeafColumn
    private let codec: CompressionCodec
    private let compressor: PageCompressor
    /// The page in work, kept for its memory.
    private var page: [UInt8] = []
    private var compressed: [UInt8] = []

    init(of leaf: LeafColumn, options: WriterOptions) throws {
        self.leaf = leaf
        codec = options.codec
        compressor = try PageCompressor(options.codec, level: options.compressionLevel)
    }

    /// Adds the page of a dictionary.
    mutating func appendDictionary(_ values: PhysicalValues) throws {
        page.removeAll(keepingCapacity: true)
        PlainEncoder.encode(values, 0..<values.count, appendingTo: &page)
        var header = DictionaryPageHeader()
        header.valueCount = try Int32(checked: values.count)
        try appendPage(.dictionary(header))
    }

    /// Adds a data page; gives its place in `bytes`.
    mutating func appendData(
        _ range: PageRange, _ levels: JoinedLevels, _ content: ColumnValues.Content
    ) throws -> PageLocation {
        page.removeAll(keepingCapacity: true)
        if leaf.maximumRepetitionLevel > 0 {
            try appendLevels(levels.repetition[range.entries], maximum: leaf.maximumRepetitionLevel)
        }
        if leaf.maximumDefinitionLevel > 0 {
            try appendLevels(levels.definition[range.entries], maximum: leaf.maximumDefinitionLevel)
        }
        var header = DataPageHeader()
        header.entryCount = try Int32(checked: range.entries.count)
        switch content {
        case .plain(let values): PlainEncoder.encode(values, range.values, appendingTo: &page)
        case .dictionary(let indices, let dictionary):
            header.encoding = .rleDictionary
            let width = BitWidth.of(maximum: max(dictionary.count - 1, 0))
            page.append(UInt8(width))
            RunLengthEncoder.encode(indices[range.values], bitWidth: width, appendingTo: &page)
        }
        let offset = bytes.count
        try appendPage(.data(header))
        return PageLocation(
            offset: Int64(offset), size: try Int32(checked: bytes.count - offset),
            firstRow: Int64(range.rows.lowerBound))
    }

    /// Adds a data page of as many rows, all null or all with the only value of the dictionary.
    ///
    /// The column is optional and not nested.
    mutating func appendData(repeating isThere: Bool, rows: Range<Int>) throws -> PageLocation {
        var header = DataPageHeader()
        header.entryCount = try Int32(checked: rows.count)
        header.encoding = isThere ? .rleDictionary : .plain
        // A run: twice its length in groups of seven bits, and what repeats, which for indices has no bits.
        var run: [UInt8] = []
        var length = UInt64(rows.count) << 1
        while length >= 0x80 {
            run.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        run.append(UInt8(length))
        page = [UInt8(run.count + 1), 0, 0, 0] + run + [isThere ? 1 : 0]
        if isThere { page += [0] + run }
        let offset = bytes.count
        try appendPage(.data(header))
        return PageLocation(
            offset: Int64(offset), size: Int32(bytes.count - offset), firstRow: Int64(rows.lowerBound))
    }

    /// Levels with the number of their bytes before them, as version 1 of data pages has them.
    private mutating func appendLevels(_ levels: ArraySlice<UInt8>, maximum: Int) throws {
        let start = page.count
        page.append(contentsOf: [0, 0, 0, 0])
        RunLengthEncoder.encode(levels, bitWidth: BitWidth.of(maximum: maximum), appendingTo: &page)
        let size = UInt32(try Int32(checked: page.count - start - 4))
        for byte in 0..<4 { page[start + byte] = UInt8(truncatingIfNeeded: size >> (8 * byte)) }
    }

    /// Adds `page` with its header.
    private mutating func appendPage(_ kind: PageHeader.Kind) throws {
        let isCompressed = codec != .uncompressed
        if isCompressed {
            compressed.removeAll(keepingCapacity: true)
            try compressor.compress(page, appendingTo: &compressed)
        }
        let stored = isCompressed ? compressed : page
        let header = CompactWriter.bytes(
            of: PageHeader(
                kind: kind, uncompressedSize: try Int32(checked: page.count),
                compressedSize: try Int32(checked: stored.count),
                checksum: PageChecksum.crc32(stored[...])))
        bytes += header
        bytes += stored
        uncompressedSize += header.count + page.count
    }
}

extension Int32 {
    /// A size or count of a page, which the format keeps in 32 bits.
    init(checked value: Int) throws {
        guard let value = Int32(exactly: value) else {
            throw ParquetError(.invalidValues(Text("a page would be larger than 2 GB, because of one row")))
        }
        self = value
    }
}
