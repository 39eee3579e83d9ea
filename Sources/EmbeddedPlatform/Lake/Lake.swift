// The embedded platform's data lake: datasets, each made of batches, each made of files.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

/// The data lake.
///
/// Its operations throw `PlatformError`, and `CancellationError` where they take time.
public struct Lake: Sendable {
    let store: Store
    let files: LakeFiles
    let now: @Sendable () -> Date

    /// All datasets, by name.
    public func list() async throws -> [Dataset] {
        try await store.read(Text("list the datasets")) { try DatasetQuery.page($0, start: 0, limit: -1) }
    }

    /// One dataset with its batches.
    public func show(_ id: Identifier<Dataset>) async throws -> DatasetContents {
        try await store.read(Text("show the dataset")) { db in
            guard let dataset = try DatasetQuery.one(db, id: id) else {
                throw PlatformError.noDataset(id: id)
            }
            let batches = try StoredBatch.filter(Column("datasetID") == id).order(Column("id")).fetchAll(db)
            return DatasetContents(
                dataset: dataset,
                batches: try batches.map { batch in
                    let files =
                        try StoredBatchFile
                        .filter(Column("batchID") == batch.id).order(Column("number")).fetchAll(db)
                    return Batch(batch, files: files)
                })
        }
    }

    /// The dataset that a person means by its id or its name.
    /// - Throws: `PlatformError.noDataset`.
    public func find(_ idOrName: String) async throws -> Dataset {
        try await store.read(Text("find the dataset")) { db in
            let id =
                try StoredDataset.filter(Column("id") == idOrName).fetchOne(db)?.id
                ?? StoredDataset.filter(Column("name") == idOrName).fetchOne(db)?.id
            guard let id, let dataset = try DatasetQuery.one(db, id: id) else {
                throw PlatformError.noDataset(id: Identifier(idOrName))
            }
            return dataset
        }
    }

    /// Removes a dataset and its files.
    /// - Throws: `PlatformError.noDataset`, or `.datasetInUse` while an enabled flow that is not over, or a
    ///   run that is under way, exports it.
    public func remove(_ id: Identifier<Dataset>) async throws {
        let now = now()
        try await store.write(Text("remove the dataset")) { db in
            guard let dataset = try StoredDataset.filter(Column("id") == id).fetchOne(db) else {
                throw PlatformError.noDataset(id: id)
            }
            let flows = try FlowQuery.using(db, dataset: id, now: now)
            if !flows.isEmpty { throw PlatformError.datasetInUse(name: dataset.name, flows: flows) }
            try StoredDataset.filter(Column("id") == id).deleteAll(db)
        }
        files.remove(id)
    }

    /// Removes a batch and its files.
    ///
    /// What was exported of it stays where it is; runs to come do not export it.
    /// - Throws: `PlatformError.noDataset`, `.noBatch`, `.batchInUse` while a run that is not over exports it.
    public func remove(batch: Int64, of dataset: Identifier<Dataset>) async throws {
        let stale = try await store.write(Text("remove the batch")) { db in
            let stored = try Self.removableBatch(batch, of: dataset, db)
            try stored.delete(db)
            return stored.folder
        }
        files.remove(batch: stale)
    }

    /// A batch that no run exports just now.
    static func removableBatch(
        _ id: Int64, of dataset: Identifier<Dataset>, _ db: Database
    ) throws -> StoredBatch {
        guard let name = try StoredDataset.filter(Column("id") == dataset).fetchOne(db)?.name else {
            throw PlatformError.noDataset(id: dataset)
        }
        let batch = try StoredBatch.filter(Column("id") == id && Column("datasetID") == dataset).fetchOne(db)
        guard let batch else { throw PlatformError.noBatch(id: id, dataset: name) }
        let runs = try FlowQuery.unfinishedRuns(db, batch: id)
        if !runs.isEmpty { throw PlatformError.batchInUse(id: id, runs: runs.map(\.id)) }
        return batch
    }
}

/// A dataset with its batches.
public struct DatasetContents: Sendable, Hashable {
    /// The dataset.
    public var dataset: Dataset
    /// Its batches, in the order in which they arrived.
    public var batches: [Batch]
}

/// What arrived in a dataset at one time.
public struct Batch: Sendable, Hashable, Identifiable {
    /// Its number, unique in the lake.
    public var id: Int64
    /// When it arrived.
    public var arrivedAt: Date
    /// Its files, in the order in which they were given.
    public var files: [File]

    /// Bytes of its files as they lie in the lake.
    public var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
    /// Records in its files that are JSON objects.
    public var records: Int { files.reduce(0) { $0 + $1.records } }
    /// Lines of its files that are not JSON objects.
    public var malformedRecords: Int { files.reduce(0) { $0 + $1.malformedRecords } }
    /// The first of those.
    public var firstMalformed: MalformedRecord? { files.lazy.compactMap(\.firstMalformed).first }

    /// A file of a batch.
    public struct File: Sendable, Hashable {
        /// What it was called when it was added.
        public var name: String
        /// Its size in bytes.
        public var bytes: Int
        /// Its records that are JSON objects.
        public var records: Int
        /// Its lines that are not.
        public var malformedRecords: Int
        /// The first of those.
        public var firstMalformed: MalformedRecord?
    }

    init(_ batch: StoredBatch, files: [StoredBatchFile]) {
        id = batch.id ?? 0
        arrivedAt = Date(milliseconds: batch.arrivedAt)
        self.files = files.map {
            File(
                name: $0.name, bytes: $0.bytes, records: $0.records, malformedRecords: $0.malformedRecords,
                firstMalformed: $0.firstMalformed)
        }
    }
}
