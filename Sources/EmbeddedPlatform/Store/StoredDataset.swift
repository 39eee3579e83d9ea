// The rows of the lake: datasets, batches and their files.
import ExportDomain
import FoundationEssentials
import GRDB
import Records

/// A dataset.
struct StoredDataset: Codable, Sendable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "dataset"

    var sequence: Int64?
    var id: Identifier<Dataset>
    var name: String
    var description: String
    var createdAt: Int64
}

/// What arrived in a dataset at one time.
struct StoredBatch: Codable, Sendable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "batch"

    var id: Int64?
    var datasetID: Identifier<Dataset>
    /// Path of its folder, relative to the lake.
    var folder: String
    /// The formats of its files, each once.
    var format: String
    var arrivedAt: Int64
    var files: Int
    var bytes: Int
    var records: Int
    var malformedRecords: Int

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

/// A file of a batch.
struct StoredBatchFile: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "batchFile"

    var batchID: Int64
    /// Its place among the batch's files, from 0.
    var number: Int
    /// Its path, relative to the lake.
    var path: String
    /// What it was called when it was added.
    var name: String
    var format: String
    var bytes: Int
    var records: Int
    var malformedRecords: Int
    var malformedLine: Int?
    var malformedReason: String?
    /// What its records look like; nil where that is not known, and where the file has a schema itself.
    var recordShape: RecordShape?
    /// The columns that its folders give to its records.
    var partition: Partition?
}

extension StoredBatchFile {
    /// The first line that is not a JSON object, if there is one.
    var firstMalformed: MalformedRecord? {
        malformedLine.map { MalformedRecord(file: name, line: $0, reason: malformedReason ?? "") }
    }
}

/// Datasets with what their batches sum up to.
enum DatasetQuery {
    private static let sums = """
        SELECT dataset.id, dataset.name, dataset.description, SUM(batch.records) AS records,
            SUM(batch.bytes) AS bytes, MAX(batch.arrivedAt) AS lastBatchAt,
            GROUP_CONCAT(DISTINCT batch.format) AS formats
        FROM dataset LEFT JOIN batch ON batch.datasetID = dataset.id
        """

    /// Some of the datasets, by name.
    static func page(_ db: Database, start: Int, limit: Int) throws -> [Dataset] {
        try Row.fetchAll(
            db,
            sql:
                "\(sums) GROUP BY dataset.id ORDER BY dataset.name COLLATE NOCASE, dataset.name LIMIT ? OFFSET ?",
            arguments: [limit, start]
        )
        .map(dataset)
    }

    /// One dataset; nil where there is none.
    static func one(_ db: Database, id: Identifier<Dataset>) throws -> Dataset? {
        try Row.fetchOne(db, sql: "\(sums) WHERE dataset.id = ? GROUP BY dataset.id", arguments: [id])
            .map(dataset)
    }

    private static func dataset(_ row: Row) -> Dataset {
        let lastBatchAt: Int64? = row["lastBatchAt"]
        return Dataset(
            id: row["id"], name: row["name"], description: row["description"],
            format: formats(row["formats"]), records: row["records"] ?? 0,
            bytes: row["bytes"] ?? 0, lastBatchAt: lastBatchAt.map(Date.init(milliseconds:)))
    }

    /// Each format once: a batch may have several, which are joined as SQLite joins those of the batches.
    private static func formats(_ joined: String?) -> String? {
        joined.map { Set($0.split(separator: ",")).sorted().joined(separator: ", ") }
    }
}
