// How a batch comes into the lake: files first, in a folder that nothing refers to, then one transaction.
// What an add that died has left is removed by the next.
import ExportDomain
import FoundationEssentials
import GRDB
import Hexadecimal
import Languages
import Records

/// What becomes of the files that are given.
public enum FileOwnership: Sendable, Hashable {
    /// They stay where they are; the lake has a hard link, or a copy on another file system.
    case link
    /// They become the lake's own, and are gone if the add fails.
    case move
}

/// A batch that was added.
public struct AddedBatch: Sendable, Hashable {
    /// The dataset, with the batch.
    public var dataset: Dataset
    /// The batch; its malformed records are a warning, since a run may fail on them.
    public var batch: Batch
    /// Fields of its JSON whose values have no common type, so that in Parquet they become text.
    public var mixedFields: [MixedField]
}

extension Lake {
    /// Makes a dataset with one batch.
    /// - Parameters:
    ///   - paths: files, or folders of files.
    ///   - onProgress: called with the bytes read so far while records are counted.
    /// - Throws: `PlatformError.datasetNameTaken`, `.badDatasetName`, and what `add(_:into:)` throws.
    @discardableResult
    public func add(
        name: String, description: String = "", paths: [String],
        onProgress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> AddedBatch {
        try await add(
            name: name, description: description, files: try DataFile.all(at: paths), onProgress: onProgress)
    }

    /// Makes a dataset with one batch of files that are known one by one.
    /// - Parameters:
    ///   - arrivedAt: when the batch is said to have arrived; now unless it is given.
    @discardableResult
    public func add(
        name: String, description: String = "", files: [DataFile], ownership: FileOwnership = .link,
        arrivedAt: Date? = nil, onProgress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> AddedBatch {
        let isBad = name.utf8.isEmpty || name.utf8.count > 255
        if isBad || name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw PlatformError.badDatasetName(name)
        }
        let dataset = StoredDataset(
            id: .randomObject(now()), name: name, description: description, createdAt: now().milliseconds)
        try await store.read(Text("add the dataset")) { try Self.checkName(name, $0) }
        return try await add(
            files, ownership: ownership, to: dataset.id, arrivedAt: arrivedAt, onProgress: onProgress
        ) { db in
            try Self.checkName(name, db)
            var dataset = dataset
            try dataset.insert(db)
        }
    }

    /// Adds a batch to a dataset, in the place of another if that is wanted.
    ///
    /// To those who export the dataset incrementally the batch is new, also where it replaces one that they have
    /// exported.
    /// - Parameters:
    ///   - paths: files, or folders of files.
    ///   - replaced: the batch that is no longer there when this one is.
    /// - Throws: `PlatformError.noDataset`, `.noBatch`, `.batchInUse`, `.unreadable`, `.unsupportedFile`,
    ///   `.nothingToAdd`, `.cannotStore`, `.sourceUnreadable`.
    @discardableResult
    public func add(
        paths: [String], into dataset: Identifier<Dataset>, replacing replaced: Int64? = nil,
        onProgress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> AddedBatch {
        guard let replaced else {
            return try await add(files: try DataFile.all(at: paths), into: dataset, onProgress: onProgress)
        }
        let stale = try await store.read(Text("look up the batch")) {
            try Self.removableBatch(replaced, of: dataset, $0).folder
        }
        let added = try await add(
            try DataFile.all(at: paths), ownership: .link, to: dataset, arrivedAt: nil, onProgress: onProgress
        ) { try Self.removableBatch(replaced, of: dataset, $0).delete($0) }
        files.remove(batch: stale)
        return added
    }

    /// Adds a batch of files that are known one by one to a dataset.
    @discardableResult
    public func add(
        files: [DataFile], into dataset: Identifier<Dataset>, ownership: FileOwnership = .link,
        arrivedAt: Date? = nil, onProgress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> AddedBatch {
        try await store.read(Text("add to the dataset")) { try Self.checkExists(dataset, $0) }
        return try await add(
            files, ownership: ownership, to: dataset, arrivedAt: arrivedAt, onProgress: onProgress
        ) { try Self.checkExists(dataset, $0) }
    }

    private func add(
        _ files: [DataFile], ownership: FileOwnership, to dataset: Identifier<Dataset>, arrivedAt: Date?,
        onProgress: @escaping @Sendable (Int) -> Void,
        registering: @escaping @Sendable (Database) throws -> Void
    ) async throws -> AddedBatch {
        if files.isEmpty { throw PlatformError.nothingToAdd(paths: []) }
        try await removeLeftovers()
        let batch = try self.files.newBatch(of: dataset)
        do {
            let staged = try batch.take(files, ownership: ownership)
            let counted = try await take(staged, onProgress: onProgress)
            let arrival = (arrivedAt ?? now()).milliseconds
            return try await store.write(Text("add the batch")) { db in
                try registering(db)
                return try Self.insert(
                    counted, dataset: dataset, folder: batch.relativePath, arrivedAt: arrival, db)
            }
        } catch {
            batch.discard()
            try Task.checkCancellation()
            throw error
        }
    }

    private static func insert(
        _ files: [StoredBatchFile], dataset: Identifier<Dataset>, folder: String, arrivedAt: Int64,
        _ db: Database
    ) throws -> AddedBatch {
        var batch = StoredBatch(
            datasetID: dataset, folder: folder,
            format: Set(files.map(\.format)).sorted().joined(separator: ","), arrivedAt: arrivedAt,
            files: files.count,
            bytes: files.reduce(0) { $0 + $1.bytes }, records: files.reduce(0) { $0 + $1.records },
            malformedRecords: files.reduce(0) { $0 + $1.malformedRecords })
        try batch.insert(db)
        let files = files.map { file in
            var file = file
            file.batchID = batch.id ?? 0
            return file
        }
        for file in files { try file.insert(db) }
        guard let dataset = try DatasetQuery.one(db, id: dataset) else {
            throw PlatformError.noDataset(id: dataset)
        }
        return AddedBatch(
            dataset: dataset, batch: Batch(batch, files: files), mixedFields: mixedFields(of: files))
    }

    private static func mixedFields(of files: [StoredBatchFile]) -> [MixedField] {
        var shape = RecordShape()
        for file in files { if let found = file.recordShape { shape.merge(found) } }
        // Records without fields have no schema, and no mixed fields either.
        return (try? shape.schema().mixedFields) ?? []
    }

    private static func checkName(_ name: String, _ db: Database) throws {
        if let taken = try StoredDataset.filter(Column("name") == name).fetchOne(db) {
            throw PlatformError.datasetNameTaken(name: name, id: taken.id)
        }
    }

    private static func checkExists(_ id: Identifier<Dataset>, _ db: Database) throws {
        if try StoredDataset.filter(Column("id") == id).isEmpty(db) { throw PlatformError.noDataset(id: id) }
    }

    /// Removes the folders of batches that were never registered, unless they are being filled.
    private func removeLeftovers() async throws {
        let strays = files.strays(known: try await registeredFolders())
        if strays.isEmpty { return }
        // One of them may have been registered before it was locked; from now on none can be.
        let registered = try await registeredFolders()
        for stray in strays where !registered.contains(stray.relativePath) { stray.discard() }
    }

    private func registeredFolders() async throws -> Set<String> {
        try await store.read(Text("look for unfinished batches")) { db in
            try Set(String.fetchAll(db, sql: "SELECT folder FROM batch"))
        }
    }
}

extension Lake {
    /// Looks at files, counting their records where they are not known.
    private func take(
        _ files: [StagedFile], onProgress: @escaping @Sendable (Int) -> Void
    ) async throws -> [StoredBatchFile] {
        var stored: [StoredBatchFile] = []
        var bytesRead = 0
        for (number, file) in files.enumerated() {
            let bytesBefore = bytesRead
            let census = try await FileCensus(file) { onProgress(bytesBefore + $0) }
            bytesRead += file.bytes
            onProgress(bytesRead)
            let malformed = census.count.firstMalformed
            stored.append(
                StoredBatchFile(
                    batchID: 0, number: number, path: file.relativePath, name: file.name,
                    format: file.format.name, bytes: file.bytes, records: census.count.records,
                    malformedRecords: census.count.malformedLines,
                    malformedLine: malformed?.line, malformedReason: malformed?.fault.description,
                    malformedText: malformed?.fault.text,
                    recordShape: census.shape, partition: file.partition))
        }
        return stored
    }
}

extension Identifier {
    /// A new id of 24 hex digits: the time in seconds, then chance.
    static func randomObject(_ now: Date) -> Identifier {
        let seconds = UInt32(truncatingIfNeeded: UInt64(clamping: now.seconds))
        return Identifier(seconds.hexadecimal + UInt64.random(in: 0 ... .max).hexadecimal)
    }
}
