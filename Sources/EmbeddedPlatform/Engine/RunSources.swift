// What a run knows of the lake's files that it exports, all of them together: what one looks like may decide how
// another is written.
import ExportDomain
import GRDB
import Languages
import Parquet
import Records

/// A file of the lake, as its conversion needs to know it.
struct RunSource: Sendable {
    var format: DataFormat
    /// The columns that its folders give to its records, and that they do not have themselves.
    var constants: [ConstantColumn]
}

/// The files of the lake that a run exports.
struct RunSources: Sendable {
    /// What the run writes.
    let format: ExportFormat
    /// The columns that hold the records of all its JSON files; nil where no JSON is made columns.
    let schema: Schema?
    private let files: [String: RunSource]

    /// Reads what is known of the files of a run, and finds out what is not.
    ///
    /// - Throws: `PlatformError`, and `RecordsError` where a file has to be read for its shape.
    init(of run: StoredRun, in lake: Lake) async throws {
        guard let format = ExportFormat(fileExtension: run.fileExtension) else {
            throw PlatformError.unwrittenFormat(fileExtension: run.fileExtension)
        }
        let stored = try await lake.store.read(Text("look up the run's sources")) { db in
            try StoredBatchFile.fetchAll(
                db,
                sql: """
                    SELECT batchFile.* FROM batchFile JOIN runBatch ON runBatch.batchID = batchFile.batchID
                    WHERE runBatch.runID = ? ORDER BY batchFile.batchID, batchFile.number
                    """, arguments: [run.id])
        }
        self.format = format
        let schema = format == .gzippedJSON ? nil : try await Self.schema(of: stored, in: lake)
        let types = PartitionTypes(of: stored.compactMap(\.partition))
        files = Dictionary(stored.map { ($0.path, Self.source($0, types, schema)) }) { first, _ in first }
        self.schema = schema
    }

    /// The file at a path of the lake.
    ///
    /// - Throws: `PlatformError.sourceUnreadable` if no batch of the run has it any more.
    func source(_ path: String) throws -> RunSource {
        guard let source = files[path] else {
            throw PlatformError.sourceUnreadable(name: path, reason: Text("it is in no batch of the lake"))
        }
        return source
    }

    /// About how large the file becomes that is written from one of the lake's, in bytes; rather more than less.
    func expectedSize(of file: StoredRunFile) -> Int {
        let isUnpacked = format == .gzippedJSON && files[file.source]?.format == .parquet
        return isUnpacked ? file.sourceBytes * 4 : file.sourceBytes
    }

    private static func source(
        _ file: StoredBatchFile, _ types: PartitionTypes, _ schema: Schema?
    ) -> RunSource {
        let format = DataFormat(path: file.path) ?? .json
        // What a Parquet file has itself, its own schema tells when it is converted.
        let names =
            format == .parquet ? [] : schema?.fields.map(\.name) ?? file.recordShape?.fields.map(\.name) ?? []
        let own = Set(names)
        return RunSource(
            format: format,
            constants: file.partition.map(types.constants)?.filter { !own.contains($0.name) } ?? [])
    }

    /// One schema for all JSON files, so that all parts of an export have the same columns.
    private static func schema(of files: [StoredBatchFile], in lake: Lake) async throws -> Schema? {
        var shape: RecordShape?
        for file in files where DataFormat(path: file.path) != .parquet {
            // Files that came into the lake before shapes were noted are looked at now.
            let found =
                if let known = file.recordShape { known } else {
                    try await SchemaInference.run(files: [lake.files.path(of: file.path)]).shape
                }
            shape = shape ?? RecordShape()
            shape?.merge(found)
        }
        return try shape?.schema().schema
    }
}

/// Of which types the columns of folders are: whole numbers where all values in a run are such, else text.
private struct PartitionTypes: Sendable {
    private let numberColumns: Set<String>

    init(of partitions: [Partition]) {
        let valued = partitions.flatMap(\.columns).filter { $0.value != nil }
        let texts = valued.filter { !Self.isNumber($0.value ?? "") }
        numberColumns = Set(valued.map(\.name)).subtracting(texts.map(\.name))
    }

    func constants(_ partition: Partition) -> [ConstantColumn] {
        partition.columns.map { column in
            numberColumns.contains(column.name)
                ? ConstantColumn(name: column.name, value: .integer(column.value.flatMap { Int64($0) }))
                : ConstantColumn(name: column.name, value: .string(column.value))
        }
    }

    /// Numbers as they are usually written: `007` and `+7` are text.
    private static func isNumber(_ text: String) -> Bool {
        Int64(text).map { String($0) == text } ?? false
    }
}
