// A column of one row group, as it goes into a file.
import Languages

/// The pages of a column chunk, and what the file's indexes and footer will say of them.
///
/// Chunks are made independently of each other and of the file, so in parallel.
public struct EncodedColumnChunk: Sendable {
    /// The column.
    public let leaf: LeafColumn
    /// How many rows it has.
    public let rowCount: Int
    /// The pages with their headers, a dictionary first.
    public let bytes: [UInt8]
    /// What the footer will say, with offsets from the beginning of `bytes`.
    public let metadata: ColumnChunkMetadata
    /// What is known of each data page; nil where the format has no bounds to state.
    public let columnIndex: ColumnIndex?
    /// Where the data pages stand, with offsets from the beginning of `bytes`.
    public let offsetIndex: OffsetIndex

    /// Encodes the values of `leaf` in one row group.
    ///
    /// - Parameters:
    ///   - parts: consecutive pieces of the column, each plain or with a dictionary of its own. A piece need not begin
    ///     with a row, but the first does.
    ///   - leaf: the column.
    ///   - options: how pages are cut and compressed.
    /// - Throws: `ParquetError.Problem.invalidValues` if the pieces do not fit the column, and what the codec
    ///   throws.
    public init(_ parts: [ColumnValues], of leaf: LeafColumn, options: WriterOptions) throws {
        do {
            let levels = try JoinedLevels(parts, of: leaf)
            let content =
                try DictionaryBuilder.content(of: parts, leaf: leaf, options: options)
                ?? .plain(PhysicalValues(joining: parts.map(\.content), of: leaf))
            try self.init(levels, content, of: leaf, options: options)
        } catch let error as ParquetError {
            throw error.at(column: leaf.name)
        }
    }

    private init(
        _ levels: JoinedLevels, _ content: ColumnValues.Content, of leaf: LeafColumn,
        options: WriterOptions
    ) throws {
        var encoder = try PageEncoder(of: leaf, options: options)
        if case .dictionary(_, let values) = content { try encoder.appendDictionary(values) }
        let dictionarySize = encoder.bytes.count

        let ranges = PageCutter.pages(levels, content, leaf: leaf, options: options)
        var observer = PageObserver(content, of: leaf)
        var pages: [PageStatistics] = []
        var places: [PageLocation] = []
        for range in ranges {
            places.append(try encoder.appendData(range, levels, content))
            pages.append(observer.statistics(range, levels))
        }
        self.init(
            encoder, pages, places, of: leaf, dictionarySize: dictionarySize,
            rowCount: ranges.last?.rows.upperBound ?? 0, codec: options.codec)
    }

    /// A chunk of an optional column that is not nested, with the same value in all rows.
    ///
    /// - Parameter values: the value; empty for null.
    init(
        repeating values: PhysicalValues, rowCount: Int, of leaf: LeafColumn, options: WriterOptions
    ) throws {
        let isThere = values.count > 0
        var encoder = try PageEncoder(of: leaf, options: options)
        if isThere { try encoder.appendDictionary(values) }
        let dictionarySize = encoder.bytes.count
        var pages: [PageStatistics] = []
        var places: [PageLocation] = []
        guard rowCount <= Int(Int32.max) else {
            throw ParquetError(
                .tooLarge(Text("a row group of more than \(Int32.max) rows")), column: leaf.name)
        }
        if rowCount > 0 {
            places.append(try encoder.appendData(repeating: isThere, rows: 0..<rowCount))
            let there = isThere ? rowCount : 0
            pages.append(
                PageStatistics(
                    entryCount: rowCount, valueCount: there,
                    bounds: ValueBounds(of: values, at: 0..<values.count, in: ValueOrder(of: leaf)),
                    byteArrayBytes: Int64(values.byteArraySize ?? 0) * Int64(there),
                    repetitionLevelHistogram: [],
                    definitionLevelHistogram: [Int64(rowCount - there), Int64(there)]))
        }
        self.init(
            encoder, pages, places, of: leaf, dictionarySize: dictionarySize, rowCount: rowCount,
            codec: options.codec)
    }

    private init(
        _ encoder: PageEncoder, _ pages: [PageStatistics], _ places: [PageLocation],
        of leaf: LeafColumn, dictionarySize: Int, rowCount: Int, codec: CompressionCodec
    ) {
        var offsetIndex = OffsetIndex()
        offsetIndex.pages = places
        if leaf.physicalType == .byteArray {
            offsetIndex.byteArrayBytes = pages.map { $0.byteArrayBytes ?? 0 }
        }

        let statistics = ChunkStatistics(pages, of: leaf)
        var metadata = ColumnChunkMetadata()
        metadata.dictionaryPageOffset = dictionarySize > 0 ? 0 : nil
        metadata.dataPageOffset = Int64(dictionarySize)
        metadata.physicalType = leaf.physicalType.rawValue
        metadata.path = leaf.path
        metadata.codec = codec
        metadata.entryCount = pages.reduce(0) { $0 + Int64($1.entryCount) }
        metadata.uncompressedSize = Int64(encoder.uncompressedSize)
        metadata.compressedSize = Int64(encoder.bytes.count)
        metadata.statistics = statistics.statistics
        metadata.sizeStatistics = statistics.sizeStatistics
        metadata.noteEncodings(hasDictionary: dictionarySize > 0, leaf: leaf, pageCount: pages.count)

        self.leaf = leaf
        self.metadata = metadata
        self.offsetIndex = offsetIndex
        self.rowCount = rowCount
        bytes = encoder.bytes
        columnIndex = statistics.columnIndex
    }
}

extension ColumnChunkMetadata {
    fileprivate mutating func noteEncodings(
        hasDictionary: Bool, leaf: LeafColumn, pageCount: Int
    ) {
        encodings = [.plain]
        let pages = Int32(clamping: pageCount)
        let (data, dictionary) = (PageType.data, PageType.dictionary)
        if hasDictionary {
            encodings.append(.rleDictionary)
            encodingStatistics = [dictionary.count(1, of: .plain), data.count(pages, of: .rleDictionary)]
        } else {
            encodingStatistics = [data.count(pages, of: .plain)]
        }
        if leaf.maximumDefinitionLevel > 0 || leaf.maximumRepetitionLevel > 0 { encodings.append(.rle) }
    }

    /// The numbers of kinds of pages (`PageType` in parquet.thrift).
    private enum PageType: Int32 {
        case data = 0
        case dictionary = 2

        func count(_ count: Int32, of encoding: Encoding) -> PageEncodingStatistics {
            PageEncodingStatistics(pageType: rawValue, encoding: encoding.rawValue, count: count)
        }
    }
}
