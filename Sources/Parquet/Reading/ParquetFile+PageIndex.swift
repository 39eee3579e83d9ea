// Reading the page index of a file. Source: PageIndex.md of the format.
import Languages

extension ParquetFile {
    /// The statistics of each page of a chunk; nil if the file has none.
    ///
    /// - Throws: `ParquetError` if the index is damaged; errors of the source.
    public func columnIndex(rowGroup: Int, column: Int) async throws -> ColumnIndex? {
        try await index(rowGroup: rowGroup, column: column) { ($0.columnIndexOffset, $0.columnIndexSize) }
    }

    /// The places of the pages of a chunk; nil if the file does not state them.
    ///
    /// - Throws: `ParquetError` if the index is damaged; errors of the source.
    public func offsetIndex(rowGroup: Int, column: Int) async throws -> OffsetIndex? {
        try await index(rowGroup: rowGroup, column: column) { ($0.offsetIndexOffset, $0.offsetIndexSize) }
    }

    private func index<Index: CompactStruct>(
        rowGroup: Int, column: Int,
        place: (ColumnChunkMetadata) -> (offset: Int64?, size: Int32?)
    ) async throws -> Index? {
        do {
            let metadata = try chunkMetadata(rowGroup: rowGroup, column: column)
            guard let offset = place(metadata).offset, let size = place(metadata).size else { return nil }
            guard offset >= 0, size > 0, offset <= footerOffset, footerOffset - offset >= size else {
                throw ParquetError.malformed(Text("a page index does not stand in the file"))
            }
            let bytes = try await source.read(offset..<offset + Int64(size))
            var reader = CompactReader(bytes, memoryLimit: 1 << 20 + 64 * bytes.count)
            return try Index(from: &reader)
        } catch {
            throw located(error, rowGroup: rowGroup, column: column)
        }
    }
}
