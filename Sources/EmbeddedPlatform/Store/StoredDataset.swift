// The rows of the lake: datasets, batches and their files.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages
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
    /// What is wrong with it, in English.
    var malformedReason: String?
    /// The same for whoever reads it, in any language; nil where an older version wrote it.
    var malformedText: Text?
    /// What its records look like; nil where that is not known, and where the file has a schema itself.
    var recordShape: RecordShape?
    /// The columns that its folders give to its records.
    var partition: Partition?
}

extension StoredBatchFile {
    /// The first line that is not a JSON object, if there is one.
    var firstMalformed: MalformedRecord? {
        malformedLine.map {
            MalformedRecord(file: name, line: $0, reason: malformedText ?? .known(malformedReason ?? ""))
        }
    }
}

/// Datasets with what their batches sum up to.
enum DatasetQuery {
    private static let columns = """
        dataset.id, dataset.name, dataset.description, SUM(batch.records), SUM(batch.bytes),
            MAX(batch.arrivedAt), GROUP_CONCAT(DISTINCT batch.format)
        """
    /// The order of the index `datasetByName`, in which nothing has to be sorted; names are unique.
    private static let byName = "dataset.name COLLATE NOCASE, dataset.name"

    /// Some of the datasets, by name.
    static func page(_ db: Database, start: Int, limit: Int) throws -> [Dataset] {
        // Those that are passed over are counted in the index, and nothing is summed up of them.
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(columns)
                FROM (SELECT * FROM dataset ORDER BY \(byName) LIMIT ? OFFSET ?) AS dataset
                    LEFT JOIN batch ON batch.datasetID = dataset.id
                GROUP BY \(byName) ORDER BY \(byName)
                """,
            arguments: [limit, start]
        )
        .map(dataset)
    }

    /// The first page is small, so that it is there at once.
    private static let firstPage = 100
    private static let pageSize = 512

    /// All datasets from an index on, by name, each page as soon as it is read.
    static func pages(_ db: Database, from start: Int, take: (DatasetPage) -> Void) throws {
        let total = try StoredDataset.fetchCount(db)
        var page = DatasetPage(items: [], start: start, total: total)
        var size = firstPage
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(columns)
                FROM dataset INDEXED BY datasetByName LEFT JOIN batch ON batch.datasetID = dataset.id
                GROUP BY \(byName) ORDER BY \(byName) LIMIT -1 OFFSET ?
                """, arguments: [start])
        while let row = try rows.next() {
            if page.items.count == size {
                take(page)
                page = DatasetPage(items: [], start: page.start + page.items.count, total: total)
                size = pageSize
            }
            page.items.append(dataset(row))
        }
        take(page)
    }

    /// One dataset; nil where there is none.
    static func one(_ db: Database, id: Identifier<Dataset>) throws -> Dataset? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT \(columns) FROM dataset LEFT JOIN batch ON batch.datasetID = dataset.id
                WHERE dataset.id = ? GROUP BY dataset.id
                """, arguments: [id]
        )
        .map(dataset)
    }

    private static func dataset(_ row: Row) -> Dataset {
        let lastBatchAt: Int64? = row[5]
        return Dataset(
            id: row[0], name: row[1], description: row[2], format: formats(row[6]), records: row[3] ?? 0,
            bytes: row[4] ?? 0, lastBatchAt: lastBatchAt.map(Date.init(milliseconds:)))
    }

    /// Each format once: a batch may have several, which are joined as SQLite joins those of the batches.
    private static func formats(_ joined: String?) -> String? {
        guard let joined, joined.contains(",") else { return joined }
        return Set(joined.split(separator: ",")).sorted().joined(separator: ", ")
    }
}
