// What a writer keeps of a row group that is in the file: encoded as the footer and the indexes will have it, and in a
// few pieces of memory. That is a small part of what the values take which it describes; a file of 25 GB has thousands
// of chunks.

/// A row group that is in the file.
struct WrittenRowGroup: CompactWritable {
    /// The `ColumnIndex` of each chunk that has one, one after another.
    let columnIndexes: [UInt8]
    /// The `OffsetIndex` of each chunk, one after another.
    let offsetIndexes: [UInt8]
    /// Where the column indexes stand in the file, once that is known.
    var columnIndexOffset: Int64 = 0
    /// Where the offset indexes stand in the file, once that is known.
    var offsetIndexOffset: Int64 = 0

    /// What is to say of it besides its chunks.
    private let metadata: RowGroupMetadata
    /// The `ColumnMetaData` of each chunk, one after another.
    private let chunks: [UInt8]
    private let sizes: [Sizes]

    /// The bytes of what is kept of a chunk; none where there is no column index.
    private struct Sizes {
        var metadata: Int
        var columnIndex: Int
        var offsetIndex: Int
    }

    /// Keeps what is to say of chunks whose pages stand one after another.
    ///
    /// - Parameter metadata: what is to say besides; the first page begins at its `fileOffset`.
    init(_ encoded: [EncodedColumnChunk], metadata: RowGroupMetadata) {
        self.metadata = metadata
        var offset = metadata.fileOffset ?? 0
        let kept = encoded.map { chunk in
            defer { offset += Int64(chunk.bytes.count) }
            return (
                metadata: CompactWriter.bytes(chunk.metadata.moved(by: offset).writeColumnMetadata),
                // Where the format has no bounds to state, there is none.
                columnIndex: chunk.columnIndex.map { CompactWriter.bytes(of: $0) } ?? [],
                offsetIndex: CompactWriter.bytes(of: chunk.offsetIndex.moved(by: offset))
            )
        }
        chunks = Array(joining: kept.map(\.metadata))
        columnIndexes = Array(joining: kept.map(\.columnIndex))
        offsetIndexes = Array(joining: kept.map(\.offsetIndex))
        sizes = kept.map {
            Sizes(
                metadata: $0.metadata.count, columnIndex: $0.columnIndex.count,
                offsetIndex: $0.offsetIndex.count)
        }
    }

    func write(to writer: inout CompactWriter) {
        var position = 0
        var (columnIndex, offsetIndex) = (columnIndexOffset, offsetIndexOffset)
        let columns = sizes.map { size in
            defer {
                position += size.metadata
                columnIndex += Int64(size.columnIndex)
                offsetIndex += Int64(size.offsetIndex)
            }
            return WrittenChunk(
                metadata: Array(chunks[position..<position + size.metadata]),
                columnIndex: size.columnIndex > 0 ? (columnIndex, size.columnIndex) : nil,
                offsetIndex: (offsetIndex, size.offsetIndex))
        }
        metadata.write(to: &writer, columns: columns)
    }
}

/// A chunk that is in the file, with the places and sizes of its indexes.
private struct WrittenChunk: CompactWritable {
    let metadata: [UInt8]
    let columnIndex: (offset: Int64, size: Int)?
    let offsetIndex: (offset: Int64, size: Int)

    func write(to writer: inout CompactWriter) {
        // The deprecated `file_offset`, which is required.
        writer.write(2, Int64(0))
        writer.write(3, rawStruct: metadata)
        writer.write(4, offsetIndex.offset)
        writer.write(5, Int32(clamping: offsetIndex.size))
        guard let columnIndex else { return }
        writer.write(6, columnIndex.offset)
        writer.write(7, Int32(clamping: columnIndex.size))
    }
}
