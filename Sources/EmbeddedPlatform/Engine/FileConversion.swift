// One file of the lake on its way into a storage: which way it takes, and how far it has come.
import ObjectStorage
import Parquet
import Records

/// How far the conversion of a file has come.
struct ConversionFigures: Sendable, Hashable {
    /// The records that were written and the lines that were not, and the bytes read.
    var count = RecordCount()
    /// Bytes of the new file.
    var bytesWritten: Int64 = 0
}

/// The new file, as it was written.
struct ConvertedFile: Sendable {
    var object: StoredObject
    /// The records that were written and the lines that were not.
    var count: RecordCount
    /// The SHA-256 of its bytes, in lowercase hex.
    var digest: String
}

/// The conversion of one file.
struct FileConversion: Sendable {
    /// The path of the file.
    let path: String
    let source: RunSource
    /// The columns for records of JSON; nil where none are made columns.
    let schema: Schema?
    let format: ExportFormat
    let malformedLines: MalformedLinePolicy
    /// Called with the figures so far.
    let onProgress: @Sendable (ConversionFigures) -> Void

    /// Writes the new file under `key`.
    ///
    /// - Throws: `StorageError`, `RecordsError`, `ParquetError`, `CancellationError`.
    func put(in storage: any Storage, at key: StorageKey) async throws -> ConvertedFile {
        switch (source.format, format) {
        case (.json, .gzippedJSON), (.gzippedJSON, .gzippedJSON):
            let records = GzippedRecords(
                files: [path], constants: source.constants, malformedLines: malformedLines
            ) { onProgress(ConversionFigures(count: $0.count, bytesWritten: $0.bytesWritten)) }
            return try await put(records, in: storage, at: key) { records.summary.count }
        case (.json, .parquet(let codec)), (.gzippedJSON, .parquet(let codec)):
            let records = try ParquetRecords(
                files: [path], schema: try schema ?? Schema(fields: []), constants: source.constants,
                options: WriterOptions(codec: codec), malformedLines: malformedLines
            ) { onProgress(ConversionFigures(count: $0.count, bytesWritten: $0.bytesWritten)) }
            return try await put(records, in: storage, at: key) { records.summary.count }
        case (.parquet, .gzippedJSON):
            let file = try await ParquetFile(LocalFile(path: path))
            let records = GzippedParquetRecords(
                files: [ParquetInput(file.source, constants: constants(for: file))]
            ) { onProgress(ConversionFigures(count: $0.count, bytesWritten: $0.bytesWritten)) }
            return try await put(records, in: storage, at: key) { records.summary.count }
        case (.parquet, .parquet(let codec)):
            let file = try await ParquetFile(LocalFile(path: path))
            let size = try await file.source.size()
            let transcoded = try TranscodedParquet(file, codec: codec, adding: constants(for: file)) {
                onProgress(Self.figures(rows: $0, of: file, size: size, bytesWritten: $1))
            }
            let rows = file.metadata.rowCount
            return try await put(transcoded, in: storage, at: key) {
                Self.figures(rows: rows, of: file, size: size, bytesWritten: 0).count
            }
        }
    }

    private func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, in storage: any Storage,
        at key: StorageKey, counted: () -> RecordCount
    ) async throws -> ConvertedFile {
        let body = DigestedBody(body)
        // The lease on the flow keeps everyone else from the key.
        let object = try await storage.put(body, at: key, options: PutOptions(continuesUnfinished: true))
        return ConvertedFile(object: object, count: counted(), digest: body.digest)
    }

    /// The columns of folders that the file does not have itself.
    private func constants(for file: ParquetFile) -> [ConstantColumn] {
        let own = Set(file.schema.fields.map(\.name))
        return source.constants.filter { !own.contains($0.name) }
    }

    /// Pages are not read one after the other: how much of a file was read, its rows tell.
    private static func figures(
        rows: Int64, of file: ParquetFile, size: Int64, bytesWritten: Int64
    ) -> ConversionFigures {
        var count = RecordCount()
        count.records = Int(clamping: rows)
        let share = Double(rows) / Double(max(file.metadata.rowCount, 1))
        count.bytesRead = rows == file.metadata.rowCount ? size : Int64(Double(size) * min(share, 1))
        return ConversionFigures(count: count, bytesWritten: bytesWritten)
    }
}
