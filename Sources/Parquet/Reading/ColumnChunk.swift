// Column chunks, checked against the schema and the file before anything of them is read.
import Languages

/// A column in one row group, with what it takes to read its pages.
struct ColumnChunk: Sendable {
    /// The column.
    let leaf: LeafColumn
    /// How the pages are compressed.
    let codec: CompressionCodec
    /// The place of the row group in the file.
    let rowGroup: Int
    /// Rows of the row group.
    let rowCount: Int
    /// Entries in all data pages.
    let entryCount: Int
    /// Where the pages stand; empty if there are no entries.
    let bytes: Range<Int64>
    /// How far a page may reach.
    ///
    /// Some old writers leave the header of the dictionary page out of the chunk's size (PARQUET-816).
    let limit: Int64
}

extension ColumnChunk {
    /// The slack given to chunks whose size leaves something out.
    private static let slack: Int64 = 100

    fileprivate init(
        _ metadata: ColumnChunkMetadata, leaf: LeafColumn, rowGroup: Int, rowCount: Int,
        footerOffset: Int64
    ) throws {
        guard !metadata.isEncrypted else { throw ParquetError(.encrypted) }
        guard metadata.filePath == nil else {
            throw ParquetError.unsupported(Text("a column in another file"))
        }
        guard metadata.physicalType == leaf.physicalType.rawValue else {
            throw ParquetError.malformed(Text("a column has another physical type than in the schema"))
        }
        guard let codec = metadata.codec else {
            throw ParquetError.unsupported(Text("an unknown compression"))
        }
        let entries = Int(metadata.entryCount)
        guard entries >= rowCount, leaf.maximumRepetitionLevel > 0 || entries == rowCount else {
            throw ParquetError.malformed(
                Text("a column has \(entries) values, and its row group \(rowCount) rows"))
        }
        let start = metadata.firstPageOffset
        let size = metadata.compressedSize
        guard entries > 0 else {
            self.init(
                leaf: leaf, codec: codec, rowGroup: rowGroup, rowCount: rowCount, entryCount: 0,
                bytes: 0..<0, limit: 0)
            return
        }
        guard start >= 0, size >= 0, start <= footerOffset, size <= footerOffset - start else {
            throw ParquetError.malformed(Text("a column does not stand in the file"))
        }
        self.init(
            leaf: leaf, codec: codec, rowGroup: rowGroup, rowCount: rowCount, entryCount: entries,
            bytes: start..<start + size, limit: min(footerOffset, start + size + Self.slack))
    }
}

extension ParquetFile {
    /// The chunk of leaf `column` in row group `rowGroup`.
    ///
    /// - Throws: `ParquetError` if the footer contradicts itself or the file, or the pages cannot be read.
    func columnChunk(rowGroup: Int, column: Int) throws -> ColumnChunk {
        do {
            return try ColumnChunk(
                try chunkMetadata(rowGroup: rowGroup, column: column), leaf: schema.leaves[column],
                rowGroup: rowGroup, rowCount: Int(metadata.rowGroups[rowGroup].rowCount),
                footerOffset: footerOffset)
        } catch {
            throw located(error, rowGroup: rowGroup, column: column)
        }
    }

    /// What the footer says of the chunk of leaf `column` in row group `rowGroup`.
    ///
    /// - Throws: `ParquetError` if the row group does not have a chunk for each leaf.
    func chunkMetadata(rowGroup: Int, column: Int) throws -> ColumnChunkMetadata {
        let chunks = metadata.rowGroups[rowGroup].columns
        guard chunks.count == schema.leaves.count else {
            throw ParquetError.malformed(
                Text("a row group has \(chunks.count) columns, and the schema \(schema.leaves.count)"))
        }
        return chunks[column]
    }

    /// The error that `error` is in a column of this file.
    func located(_ error: any Error, rowGroup: Int, column: Int) -> any Error {
        guard let error = error as? ParquetError else { return error }
        return error.at(file: source.name, rowGroup: rowGroup, column: schema.leaves[column].name)
    }
}
