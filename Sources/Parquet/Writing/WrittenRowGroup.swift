// What a writer keeps of the row groups that are in the file: encoded as the footer and the indexes will have it, which
// takes a small part of the memory that the values themselves take. A file of 25 GB has thousands of chunks.

/// A row group that is in the file.
struct WrittenRowGroup: CompactWritable {
    /// What is to say of it besides its chunks.
    let metadata: RowGroupMetadata
    /// A chunk for each column.
    var chunks: [WrittenChunk]

    func write(to writer: inout CompactWriter) { metadata.write(to: &writer, columns: chunks) }
}

/// A column chunk that is in the file.
struct WrittenChunk: CompactWritable {
    /// Its `ColumnMetaData`.
    let metadata: [UInt8]
    /// Its `ColumnIndex`; nil where the format has no bounds to state.
    let columnIndex: [UInt8]?
    /// Its `OffsetIndex`.
    let offsetIndex: [UInt8]
    /// Where the column index stands, once that is known.
    var columnIndexOffset: Int64 = 0
    /// Where the offset index stands, once that is known.
    var offsetIndexOffset: Int64 = 0

    /// Keeps what is to say of a chunk whose pages begin at `offset` of the file.
    init(_ chunk: EncodedColumnChunk, at offset: Int64) {
        metadata = CompactWriter.bytes(chunk.metadata.moved(by: offset).writeColumnMetadata)
        columnIndex = chunk.columnIndex.map { CompactWriter.bytes(of: $0) }
        offsetIndex = CompactWriter.bytes(of: chunk.offsetIndex.moved(by: offset))
    }

    func write(to writer: inout CompactWriter) {
        // The deprecated `file_offset`, which is required.
        writer.write(2, Int64(0))
        writer.write(3, rawStruct: metadata)
        writer.write(4, offsetIndexOffset)
        writer.write(5, Int32(clamping: offsetIndex.count))
        guard let columnIndex else { return }
        writer.write(6, columnIndexOffset)
        writer.write(7, Int32(clamping: columnIndex.count))
    }
}
