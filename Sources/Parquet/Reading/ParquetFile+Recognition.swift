// Telling Parquet from other files.

extension ParquetFile {
    /// Whether `source` begins as every Parquet file does, encrypted ones included.
    ///
    /// - Throws: what the source throws.
    public static func isParquet(_ source: any RandomAccessSource) async throws -> Bool {
        guard try await source.size() >= 4 else { return false }
        let beginning = try await source.read(0..<4)
        return beginning == FileMagic.plain || beginning == FileMagic.encrypted
    }
}
