// What the footer of a transcoded file will say.

/// The footer of the source, brought up to date piece by piece.
struct TranscodedFooter {
    /// The footer so far.
    private(set) var metadata: FileMetadata
    /// The bytes of the file so far.
    private(set) var size: Int64 = 0
    /// For each row group, what became of the pages of each chunk.
    private(set) var pages: [[ChunkPages]]
    private let codec: CompressionCodec

    /// The pages of a chunk in the new file.
    enum ChunkPages {
        /// As they were, so many bytes further on.
        case moved(by: Int64)
        /// Of new sizes: the data pages, and their rows so far, which are nil if a page does not state its own.
        case resized([PageLocation], rowCount: Int64?)
        /// Of a column that the source does not have.
        case added(ColumnIndex?, OffsetIndex)
    }

    init(_ source: FileMetadata, _ target: TranscodingTarget) {
        codec = target.codec
        metadata = source
        metadata.schema = target.schema
        if !target.constants.isEmpty {
            metadata.columnOrders? += target.constants.map { _ in .typeDefined }
            // Some programs note the schema again, and would not see the new columns.
            metadata.keyValues?.removeAll { Self.copiesOfSchema.contains($0.key) }
        }
        for group in metadata.rowGroups.indices {
            metadata.rowGroups[group].columns += target.constants.map { _ in ColumnChunkMetadata() }
            metadata.rowGroups[group].uncompressedSize = 0
            metadata.rowGroups[group].compressedSize = 0
        }
        pages = metadata.rowGroups.map { $0.columns.map { _ in .moved(by: 0) } }
    }

    private static let copiesOfSchema: Set = [
        "ARROW:schema", "pandas", "org.apache.spark.sql.parquet.row.metadata", "parquet.avro.schema",
        "avro.schema",
    ]

    /// Takes note of bytes that belong to no chunk.
    mutating func add(_ bytes: [UInt8]) { size += Int64(bytes.count) }

    /// Takes note of a piece of a chunk, which goes to the end of the file.
    mutating func add(_ piece: TranscodedPiece) {
        let (group, column) = (piece.rowGroup, piece.column)
        if piece.isFirst {
            if column == 0 { metadata.rowGroups[group].fileOffset = size }
            var chunk = metadata.rowGroups[group].columns[column]
            begin(piece, &chunk)
            metadata.rowGroups[group].uncompressedSize.add(chunk.uncompressedSize)
            metadata.rowGroups[group].columns[column] = chunk
        }
        var offset = size
        for page in piece.pages {
            add(page, at: offset, group, column)
            offset += Int64(page.size)
        }
        metadata.rowGroups[group].compressedSize? += Int64(piece.bytes.count)
        size += Int64(piece.bytes.count)
    }

    /// Changes where a chunk is said to stand.
    mutating func change(_ group: Int, _ column: Int, _ body: (inout ColumnChunkMetadata) -> Void) {
        body(&metadata.rowGroups[group].columns[column])
    }

    private mutating func begin(_ piece: TranscodedPiece, _ chunk: inout ColumnChunkMetadata) {
        switch piece.kind {
        case .added(let new):
            chunk = new.metadata.moved(by: size)
            pages[piece.rowGroup][piece.column] = .added(
                new.columnIndex, new.offsetIndex.moved(by: size))
        case .copied:
            // Offsets of chunks without pages are not checked, nor are those that nothing reads.
            let distance = size &- chunk.firstPageOffset
            pages[piece.rowGroup][piece.column] = .moved(by: distance)
            chunk.dataPageOffset &+= distance
            // Some writers state 0 where there is none.
            chunk.dictionaryPageOffset = chunk.dictionaryPageOffset.flatMap { $0 > 0 ? $0 &+ distance : nil }
        case .recompressed:
            pages[piece.rowGroup][piece.column] = .resized([], rowCount: 0)
            chunk.dictionaryPageOffset = nil
            chunk.compressedSize = 0
            chunk.uncompressedSize = 0
        }
        chunk.codec = codec
        chunk.fileOffset = 0
        chunk.indexPageOffset = nil
    }

    private mutating func add(_ page: TranscodedPage, at offset: Int64, _ group: Int, _ column: Int) {
        metadata.rowGroups[group].uncompressedSize += Int64(page.uncompressedSize)
        change(group, column) { chunk in
            chunk.compressedSize += Int64(page.size)
            chunk.uncompressedSize += Int64(page.uncompressedSize)
        }
        guard case .resized(var locations, let rowCount) = pages[group][column] else { return }
        guard page.isData else { return change(group, column) { $0.dictionaryPageOffset = offset } }
        if locations.isEmpty { change(group, column) { $0.dataPageOffset = offset } }
        // Taken out, so that adding copies nothing.
        pages[group][column] = .moved(by: 0)
        locations.append(
            PageLocation(offset: offset, size: Int32(clamping: page.size), firstRow: rowCount ?? 0))
        let total = page.rowCount.flatMap { rows in rowCount.map { $0 + rows } }
        pages[group][column] = .resized(locations, rowCount: total)
    }
}

extension Int64 {
    /// Adds what a file claims, however large.
    fileprivate mutating func add(_ other: Int64) {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        if !isTooLarge { self = sum }
    }
}
