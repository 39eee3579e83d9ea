// What the footer of a transcoded file will say.

/// The footer of the source, brought up to date piece by piece.
///
/// Pieces come in the order of the row groups, and so do changes: only the row group at hand is decoded.
struct TranscodedFooter {
    /// The footer so far, but for the row group at hand.
    private var metadata: FileMetadata
    /// The bytes of the file so far.
    private(set) var size: Int64 = 0
    /// What became of the pages of each row group, encoded; empty where nothing has been noted.
    private var notes: [[UInt8]]
    private var atHand: RowGroup?
    private let target: TranscodingTarget

    /// A row group that is being changed.
    private struct RowGroup {
        var index: Int
        var chunks: [ColumnChunkMetadata]
        var pages: RowGroupPages
    }

    init(_ source: FileMetadata, _ target: TranscodingTarget) {
        self.target = target
        metadata = source
        metadata.schema = target.schema
        notes = source.rowGroups.map { _ in [] }
        if !target.constants.isEmpty {
            metadata.columnOrders? += target.constants.map { _ in .typeDefined }
            // Some programs note the schema again, and would not see the new columns.
            metadata.keyValues?.removeAll { Self.copiesOfSchema.contains($0.key) }
        }
    }

    private static let copiesOfSchema: Set = [
        "ARROW:schema", "pandas", "org.apache.spark.sql.parquet.row.metadata", "parquet.avro.schema",
        "avro.schema",
    ]

    var rowGroupCount: Int { metadata.rowGroups.count }
    var columnCount: Int { target.schema.leaves.count }

    /// Takes note of bytes that belong to no chunk.
    mutating func add(_ bytes: [UInt8]) { size += Int64(bytes.count) }

    /// Takes note of a piece of a chunk, which goes to the end of the file.
    mutating func add(_ piece: TranscodedPiece) throws {
        let (size, codec) = (size, target.codec)
        try change(piece.rowGroup, piece.column) { chunk, pages, group in
            if piece.isFirst {
                if piece.column == 0 { group.fileOffset = size }
                Self.begin(piece, at: size, codec, &chunk, &pages)
                group.uncompressedSize.add(chunk.uncompressedSize)
            }
            var offset = size
            for page in piece.pages {
                group.uncompressedSize += Int64(page.uncompressedSize)
                Self.add(page, at: offset, &chunk, &pages)
                offset += Int64(page.size)
            }
            group.compressedSize? += Int64(piece.bytes.count)
        }
        self.size += Int64(piece.bytes.count)
    }

    /// Changes where a chunk is said to stand.
    mutating func change(
        _ group: Int, _ column: Int, _ body: (inout ColumnChunkMetadata) -> Void
    ) throws {
        try change(group, column) { chunk, _, _ in body(&chunk) }
    }

    /// What became of the pages of a chunk.
    mutating func pages(_ group: Int, _ column: Int) throws -> ChunkPages {
        try take(group)
        return atHand?.pages.chunks[column] ?? ChunkPages()
    }

    /// The end of the file.
    mutating func end() -> FileEnd<RowGroupMetadata> {
        putBack()
        return FileEnd(metadata, rowGroups: metadata.rowGroups)
    }

    private mutating func change(
        _ index: Int, _ column: Int,
        _ body: (inout ColumnChunkMetadata, inout ChunkPages, inout RowGroupMetadata) -> Void
    ) throws {
        try take(index)
        guard var group = atHand.take() else { return }
        body(&group.chunks[column], &group.pages.chunks[column], &metadata.rowGroups[index])
        atHand = group
    }

    /// Makes a row group the one at hand.
    private mutating func take(_ index: Int) throws {
        guard atHand?.index != index else { return }
        putBack()
        var chunks = Array(metadata.rowGroups[index].columns)
        guard notes[index].isEmpty else {
            var reader = CompactReader(notes[index], memoryLimit: .max)
            atHand = RowGroup(index: index, chunks: chunks, pages: try RowGroupPages(from: &reader))
            return
        }
        chunks += target.constants.map { _ in ColumnChunkMetadata() }
        metadata.rowGroups[index].uncompressedSize = 0
        metadata.rowGroups[index].compressedSize = 0
        atHand = RowGroup(index: index, chunks: chunks, pages: RowGroupPages(chunkCount: chunks.count))
    }

    /// Encodes the row group at hand.
    private mutating func putBack() {
        guard let group = atHand.take() else { return }
        metadata.rowGroups[group.index].columns = ColumnChunks(group.chunks)
        notes[group.index] = CompactWriter.bytes(of: group.pages)
    }

    private static func begin(
        _ piece: TranscodedPiece, at offset: Int64, _ codec: CompressionCodec,
        _ chunk: inout ColumnChunkMetadata, _ pages: inout ChunkPages
    ) {
        switch piece.kind {
        case .added(let new):
            chunk = new.metadata.moved(by: offset)
            pages = ChunkPages(
                columnIndex: new.columnIndex, offsetIndex: new.offsetIndex.moved(by: offset))
        case .copied:
            // Offsets of chunks without pages are not checked, nor are those that nothing reads.
            let distance = offset &- chunk.firstPageOffset
            pages = ChunkPages(distance: distance)
            chunk.dataPageOffset &+= distance
            // Some writers state 0 where there is none.
            chunk.dictionaryPageOffset = chunk.dictionaryPageOffset.flatMap { $0 > 0 ? $0 &+ distance : nil }
        case .recompressed:
            pages = ChunkPages(offsetIndex: OffsetIndex(), rowCount: 0)
            chunk.dictionaryPageOffset = nil
            chunk.compressedSize = 0
            chunk.uncompressedSize = 0
        }
        chunk.codec = codec
        chunk.fileOffset = 0
        chunk.indexPageOffset = nil
    }

    private static func add(
        _ page: TranscodedPage, at offset: Int64, _ chunk: inout ColumnChunkMetadata,
        _ pages: inout ChunkPages
    ) {
        chunk.compressedSize += Int64(page.size)
        chunk.uncompressedSize += Int64(page.uncompressedSize)
        guard page.isData else {
            chunk.dictionaryPageOffset = offset
            return
        }
        if pages.offsetIndex?.pages.isEmpty == true { chunk.dataPageOffset = offset }
        pages.offsetIndex?.pages.append(
            PageLocation(
                offset: offset, size: Int32(clamping: page.size), firstRow: pages.rowCount ?? 0))
        pages.rowCount = page.rowCount.flatMap { rows in pages.rowCount.map { $0 + rows } }
    }
}

extension Int64 {
    /// Adds what a file claims, however large.
    fileprivate mutating func add(_ other: Int64) {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        if !isTooLarge { self = sum }
    }
}
