// What a run knows of the lake's files that it exports, all of them together: what one looks like may decide how
// another is written.
import ExportDomain
import GRDB
import Parquet
import Records

/// The files of the lake that a run exports.
struct RunSources: Sendable {
    private let files: [String: StoredBatchFile]
    /// The columns that hold the records of all its JSON files; nil where they are not written as columns.
    let schema: Schema?
    private let partitionTypes: PartitionTypes

    /// Reads what is known of the files of a run, and finds out what is not.
    ///
    /// - Throws: `PlatformError`, `RecordsError` where a file has to be read for its shape.
    init(of run: StoredRun, in lake: Lake, format: ExportFormat) async throws {
        let files = try await lake.store.read("look up the run's sources") { db in
            try StoredBatchFile.fetchAll(
                db,
                sql: """
                    SELECT batchFile.* FROM batchFile JOIN runBatch ON runBatch.batchID = batchFile.batchID
                    WHERE runBatch.runID = ? ORDER BY batchFile.batchID, batchFile.number
                    """, arguments: [run.id])
        }
        self.files = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        partitionTypes = PartitionTypes(of: files.compactMap(\.partition))
        switch format {
        case .gzippedJSON: schema = nil
        case .parquet: schema = try await Self.schema(of: files, in: lake)
        }
    }

    /// The format of the file at a path of the lake.
    func format(of path: String) -> DataFormat {
        files[path].flatMap { DataFormat(path: $0.path) } ?? .json
    }

    /// The columns that the folders of the file at a path of the lake give to its records.
    func constants(of path: String) -> [ConstantColumn] {
        files[path]?.partition.map(partitionTypes.constants) ?? []
    }

    /// One schema for all JSON files, so that all parts of an export have the same columns.
    private static func schema(of files: [StoredBatchFile], in lake: Lake) async throws -> Schema? {
        var shape: RecordShape?
        for file in files where DataFormat(path: file.path) != .parquet {
            // Files that came into the lake before shapes were noted are looked at now.
            let found: RecordShape
            if let known = file.recordShape {
                found = known
            } else {
                found = try await SchemaInference.run(files: ["\(lake.folder)/\(file.path)"]).shape
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
