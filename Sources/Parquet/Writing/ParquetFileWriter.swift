// Puts a file together from encoded chunks.

/// The bytes of a Parquet file, row group after row group.
///
/// It keeps what the footer will say, and does no input or output: the caller writes what it gives, in order.
public struct ParquetFileWriter: Sendable {
    /// The fields of a row.
    public let schema: Schema
    /// The bytes given so far.
    public private(set) var size: Int64 = 0
    /// The rows given so far.
    public private(set) var rowCount: Int64 = 0
    private let options: WriterOptions
    private var rowGroups: [WrittenRowGroup] = []

    /// A file of rows of `schema`.
    ///
    /// - Throws: `ParquetError.Problem.invalidValues` if a file cannot have the schema.
    public init(schema: Schema, options: WriterOptions) throws {
        try schema.validateForWriting()
        self.schema = schema
        self.options = options
    }

    /// The first bytes of the file.
    ///
    /// To be called once, before all else.
    public mutating func begin() -> [UInt8] {
        size += Int64(FileMagic.plain.count)
        return FileMagic.plain
    }

    /// The bytes of the next row group.
    ///
    /// - Parameter chunks: one for each leaf of the schema, in the order of the leaves.
    /// - Parameter rowCount: the rows of each chunk.
    /// - Throws: `ParquetError.Problem.invalidValues` if the chunks are not those of the schema, or do not have
    ///   that many rows.
    public mutating func append(_ chunks: [EncodedColumnChunk], rowCount: Int) throws -> [UInt8] {
        guard chunks.map(\.leaf) == schema.leaves else {
            throw ParquetError(
                .invalidValues("the columns are not those of the schema"), rowGroup: rowGroups.count)
        }
        var group = RowGroupMetadata()
        group.rowCount = Int64(rowCount)
        group.fileOffset = size
        group.ordinal = Int16(exactly: rowGroups.count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(chunks.reduce(0) { $0 + $1.bytes.count })
        for chunk in chunks {
            guard chunk.rowCount == rowCount else {
                throw ParquetError(
                    .invalidValues("it has \(chunk.rowCount) rows, and the row group \(rowCount)"),
                    rowGroup: rowGroups.count, column: chunk.leaf.name)
            }
            group.uncompressedSize += chunk.metadata.uncompressedSize
            bytes += chunk.bytes
        }
        group.compressedSize = Int64(bytes.count)
        size += Int64(bytes.count)
        self.rowCount += Int64(rowCount)
        rowGroups.append(WrittenRowGroup(chunks, metadata: group))
        return bytes
    }

    /// The last bytes of the file: its page indexes and its footer.
    ///
    /// To be called once, after all else.
    public mutating func finish() -> [UInt8] {
        var bytes: [UInt8] = []
        for group in rowGroups.indices {
            rowGroups[group].columnIndexOffset = size + Int64(bytes.count)
            bytes += rowGroups[group].columnIndexes
        }
        for group in rowGroups.indices {
            rowGroups[group].offsetIndexOffset = size + Int64(bytes.count)
            bytes += rowGroups[group].offsetIndexes
        }
        var metadata = FileMetadata(schema: schema)
        metadata.version = 2
        metadata.rowCount = rowCount
        metadata.keyValues = options.keyValues.isEmpty ? nil : options.keyValues
        metadata.createdBy = options.createdBy
        metadata.columnOrders = schema.leaves.map { _ in .typeDefined }
        bytes += metadata.footer(rowGroups: rowGroups)
        size += Int64(bytes.count)
        return bytes
    }
}

extension FileMetadata {
    /// The end of a file: the footer, its length and the last four bytes.
    var footer: [UInt8] { footer(rowGroups: rowGroups) }

    /// The same with these row groups instead of its own.
    func footer(rowGroups: [some CompactWritable]) -> [UInt8] {
        let footer = CompactWriter.bytes { write(to: &$0, rowGroups: rowGroups) }
        let length = UInt32(clamping: footer.count).littleEndian
        return footer + withUnsafeBytes(of: length) { Array($0) } + FileMagic.plain
    }
}

extension ColumnChunkMetadata {
    /// The same chunk, its pages `distance` bytes further on.
    func moved(by distance: Int64) -> ColumnChunkMetadata {
        var chunk = self
        chunk.dataPageOffset &+= distance
        chunk.dictionaryPageOffset? &+= distance
        return chunk
    }
}

extension OffsetIndex {
    /// The index of the same pages, `distance` bytes further on.
    func moved(by distance: Int64) -> OffsetIndex {
        var index = self
        for page in index.pages.indices { index.pages[page].offset &+= distance }
        return index
    }
}
