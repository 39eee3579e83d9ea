// A column of one row group, as it goes into a file.

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
    /// - Parameter parts: consecutive pieces of the column, each plain or with a dictionary of its own. A piece
    ///   need not begin with a row, but the first does.
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
        var metadata = ColumnChunkMetadata()
        if case .dictionary(_, let values) = content {
            metadata.dictionaryPageOffset = 0
            try encoder.appendDictionary(values)
        }
        metadata.dataPageOffset = Int64(encoder.bytes.count)

        let ranges = PageCutter.pages(levels, content, leaf: leaf, options: options)
        var observer = PageObserver(content, of: leaf)
        var pages: [PageStatistics] = []
        var offsetIndex = OffsetIndex()
        for range in ranges {
            offsetIndex.pages.append(try encoder.appendData(range, levels, content))
            pages.append(observer.statistics(range, levels))
        }
        if leaf.physicalType == .byteArray {
            offsetIndex.byteArrayBytes = pages.map { $0.byteArrayBytes ?? 0 }
        }

        let statistics = ChunkStatistics(pages, of: leaf)
        metadata.physicalType = leaf.physicalType.rawValue
        metadata.path = leaf.path
        metadata.codec = options.codec
        metadata.entryCount = Int64(levels.entryCount)
        metadata.uncompressedSize = Int64(encoder.uncompressedSize)
        metadata.compressedSize = Int64(encoder.bytes.count)
        metadata.statistics = statistics.statistics
        metadata.sizeStatistics = statistics.sizeStatistics
        metadata.noteEncodings(of: content, leaf: leaf, pageCount: ranges.count)

        self.leaf = leaf
        self.metadata = metadata
        self.offsetIndex = offsetIndex
        rowCount = ranges.last?.rows.upperBound ?? 0
        bytes = encoder.bytes
        columnIndex = statistics.columnIndex
    }
}

extension ColumnChunkMetadata {
    fileprivate mutating func noteEncodings(
        of content: ColumnValues.Content, leaf: LeafColumn, pageCount: Int
    ) {
        encodings = [.plain]
        let pages = Int32(clamping: pageCount)
        let (data, dictionary) = (PageType.data, PageType.dictionary)
        switch content {
        case .plain:
            encodingStatistics = [data.count(pages, of: .plain)]
        case .dictionary:
            encodings.append(.rleDictionary)
            encodingStatistics = [dictionary.count(1, of: .plain), data.count(pages, of: .rleDictionary)]
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
