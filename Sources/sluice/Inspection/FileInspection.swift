// How a file is looked at: its first bytes say what it is.
import Languages
import Parquet
import Records

extension InspectionResult {
    /// Looks at the file at `path`, with its first `rows` records.
    ///
    /// - Throws: `ParquetError`, `RecordsError`.
    static func of(_ path: String, rows: Int) async throws -> InspectionResult {
        let file = try LocalFile(path: path)
        return try await ParquetFile.isParquet(file)
            ? ofParquet(file, rows: rows) : ofJSON(file, rows: rows)
    }

    private static func ofParquet(_ file: LocalFile, rows: Int) async throws -> InspectionResult {
        let parquet = try await ParquetFile(file)
        let metadata = parquet.metadata
        let preview = try await ParquetPreview(parquet, limit: rows)
        return InspectionResult(
            file: file.name, format: "parquet", bytes: file.size(), records: metadata.rowCount,
            schema: SchemaOutlineField.all(of: metadata.schema),
            parquet: ParquetFacts(
                createdBy: metadata.createdBy, rowGroups: metadata.rowGroups.map(\.rowCount),
                columns: ColumnOutline.all(of: metadata)),
            rows: preview.records, problem: preview.error)
    }

    private static func ofJSON(_ file: LocalFile, rows: Int) async throws -> InspectionResult {
        let path = file.name
        let isGzip = try file.read(0..<min(2, file.size())) == [0x1F, 0x8B]
        let found = try await SchemaInference.run(files: [path])
        // Records without any field have no schema, and are no less records for that.
        let inferred = found.shape.fields.isEmpty ? nil : try found.shape.schema()
        return InspectionResult(
            file: path, format: "json", bytes: file.size(), records: Int64(found.count.records),
            schema: inferred.map { SchemaOutlineField.all(of: $0.schema) } ?? [],
            json: JSONFacts(
                compression: isGzip ? "gzip" : "none",
                uncompressedBytes: found.count.recordBytes, malformedLines: found.count.malformedLines,
                firstMalformed: found.count.firstMalformed.map { Text("line \($0.line): \($0.fault)") },
                mixedFields: inferred?.mixedFields ?? []),
            rows: RecordPreview(file: path, limit: rows).records)
    }
}
