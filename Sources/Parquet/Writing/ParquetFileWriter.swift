// Puts a file together from encoded chunks.
import Languages

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
    private var stage = Stage.columnIndexes(0)

    /// What comes next when all row groups are there.
    private enum Stage: Sendable {
        /// Of the row group at that place.
        case columnIndexes(Int), offsetIndexes(Int)
        case footer(FileEnd<WrittenRowGroup>)
    }

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
        give(FileMagic.plain)
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
                .invalidValues(Text("the columns are not those of the schema")), rowGroup: rowGroups.count)
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
                    .invalidValues(Text("it has \(chunk.rowCount) rows, and the row group \(rowCount)")),
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

    /// The next of the last bytes of the file, its page indexes and its footer; nil after the last.
    ///
    /// To be called until then, after all else. Each time it gives what is said of one row group, so that the end of
    /// a file of thousands takes no more memory than that of any other.
    public mutating func finish() -> [UInt8]? {
        while let bytes = nextOfEnd() {
            if !bytes.isEmpty { return give(bytes) }
        }
        return nil
    }

    /// The next bytes of the end; none where a row group has no indexes, nil after the last.
    private mutating func nextOfEnd() -> [UInt8]? {
        switch stage {
        case .columnIndexes(let group) where group < rowGroups.count:
            stage = .columnIndexes(group + 1)
            rowGroups[group].columnIndexOffset = size
            return rowGroups[group].columnIndexes
        case .columnIndexes:
            stage = .offsetIndexes(0)
            return []
        case .offsetIndexes(let group) where group < rowGroups.count:
            stage = .offsetIndexes(group + 1)
            rowGroups[group].offsetIndexOffset = size
            return rowGroups[group].offsetIndexes
        case .offsetIndexes:
            stage = .footer(FileEnd(metadata, rowGroups: rowGroups))
            return []
        case .footer(var end):
            defer { stage = .footer(end) }
            return end.next()
        }
    }

    /// What the footer says besides the row groups.
    private var metadata: FileMetadata {
        var metadata = FileMetadata(schema: schema)
        metadata.version = 2
        metadata.rowCount = rowCount
        metadata.keyValues = options.keyValues.isEmpty ? nil : options.keyValues
        metadata.createdBy = options.createdBy
        metadata.columnOrders = schema.leaves.map { _ in .typeDefined }
        return metadata
    }

    private mutating func give(_ bytes: [UInt8]) -> [UInt8] {
        size += Int64(bytes.count)
        return bytes
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
