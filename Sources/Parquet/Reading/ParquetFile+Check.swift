// Reading a file to its last value without keeping any.
import Languages

extension ParquetFile {
    /// Reads every page in the order in which they stand in the file, checks its checksum, and decodes its values.
    ///
    /// A source that reads ahead is asked for one range after the other. Memory is a page of one column, its
    /// dictionary, and a batch of values.
    ///
    /// - Throws: `ParquetError` naming the row group and the column that are damaged; errors of the source.
    public func check() async throws {
        let rows = metadata.rowGroups.reduce(0) { $0 + $1.rowCount }
        guard rows == metadata.rowCount else {
            throw ParquetError.malformed(
                Text("its row groups have \(rows) rows, and the file \(metadata.rowCount)")
            ).at(file: source.name)
        }
        for rowGroup in metadata.rowGroups.indices {
            let chunks = try schema.leaves.indices.map { column in
                (column: column, bytes: try columnChunk(rowGroup: rowGroup, column: column).bytes)
            }
            for chunk in chunks.sorted(by: { $0.bytes.lowerBound < $1.bytes.lowerBound }) {
                for try await _ in batches(columns: [chunk.column], rowGroups: rowGroup..<rowGroup + 1) {}
            }
        }
    }
}
