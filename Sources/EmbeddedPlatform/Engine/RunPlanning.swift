// From a due occurrence, or the wish of a person, to its runs: one for each dataset, with every file that it will
// write, made in one transaction.
import ExportDomain
import FoundationEssentials
import GRDB

/// What planning needs to know besides the database.
struct RunPlanning: Sendable {
    let place: Place
    let specs: [ConnectionSpec]
    let now: Date

    /// Makes the runs of the occurrence for which a flow has to run now, if there is one, and takes note of those that
    /// it has missed.
    /// - Returns: those that it has missed and that were not noted before.
    func planDueRuns(_ db: Database, of id: Identifier<Flow>) throws -> [Date] {
        guard let flow = try FlowQuery.one(db, id: id) else { return [] }
        let due = try FlowQuery.due(db, flow, now: now)
        for missed in due.missed {
            try StoredMissedOccurrence(
                flowID: id, scheduledTime: missed.seconds, noticedAt: now.milliseconds
            ).insert(db, onConflict: .ignore)
        }
        guard let occurrence = due.run else { return due.missed }
        for dataset in try Self.datasets(db, of: flow) where try !adoptRun(db, of: dataset, flow, occurrence)
        {
            try plan(db, dataset, flow: flow, time: occurrence, isScheduled: true)
        }
        return due.missed
    }

    /// Makes runs of some datasets of a flow that its schedule has not asked for.
    func planRunsNow(
        _ db: Database, of datasets: [DatasetReference], _ flow: Flow
    ) throws -> [Identifier<FlowRun>] {
        var time = now.seconds
        while try !StoredRun.filter(Column("flowID") == flow.id && Column("scheduledTime") == time).isEmpty(
            db)
        {
            time += 1
        }
        return try datasets.map {
            try plan(db, $0, flow: flow, time: Date(seconds: time), isScheduled: false)
        }
    }

    /// The datasets of a flow.
    static func datasets(_ db: Database, of flow: Flow) throws -> [DatasetReference] {
        try EmbeddedPlatform.source(flow.draft.sourceConnectionID, db).entity(db).draft.datasets
    }

    /// Takes a run that was asked for at the very time of an occurrence for that of the occurrence.
    private func adoptRun(
        _ db: Database, of dataset: DatasetReference, _ flow: Flow, _ occurrence: Date
    ) throws -> Bool {
        let isThat =
            Column("flowID") == flow.id && Column("datasetID") == dataset.id
            && Column("scheduledTime") == occurrence.seconds
        return try StoredRun.filter(isThat).updateAll(db, Column("isScheduled").set(to: true)) > 0
    }

    @discardableResult
    private func plan(
        _ db: Database, _ dataset: DatasetReference, flow: Flow, time: Date, isScheduled: Bool
    ) throws -> Identifier<FlowRun> {
        let target = try EmbeddedPlatform.target(flow.draft.targetConnectionID, db).entity()
        var run = newRun(of: dataset, flow: flow, target: target, time: time, isScheduled: isScheduled)
        let batches = try Self.batches(db, of: dataset.id, flow: flow)
        let sources = try batches.flatMap { batch in
            try StoredBatchFile.filter(Column("batchID") == batch.id).order(Column("number")).fetchAll(db)
        }
        run.plannedInputBytes = sources.reduce(0) { $0 + $1.bytes }
        run.inputFiles = sources.count
        try run.insert(db)
        // What those had to export, this one has: a second time nobody wants it.
        if flow.draft.schedule.mode == .incremental {
            try RunAttempts.forgetRetries(db, flow: flow.id, dataset: dataset.id, now: now)
        }
        for batch in batches {
            try StoredRunBatch(runID: run.id, batchID: batch.id ?? 0).insert(db)
        }
        for (part, source) in sources.enumerated() {
            try file(part, from: source, of: run).insert(db)
        }
        return run.id
    }

    private func newRun(
        of dataset: DatasetReference, flow: Flow, target: TargetConnection, time: Date, isScheduled: Bool
    ) -> StoredRun {
        let context = FolderContext(
            dataset: dataset,
            destination: specs.first { $0.id == target.draft.connectionSpecID }?.name ?? "",
            instanceName: target.draft.name, instanceID: target.id, place: place, exportTime: time)
        let layout = ExportLayout(
            connectionFolder: target.draft.folder, template: flow.draft.folderTemplate, context: context)
        let options = target.draft.fileOptions
        return StoredRun(
            id: .random(), flowID: flow.id, datasetID: dataset.id, scheduledTime: time.seconds,
            isScheduled: isScheduled, status: FlowRunStatus.waiting.word, folder: layout.folder,
            fileExtension: options?.fileExtension ?? "json.gz",
            includesManifest: options?.includesManifest ?? false,
            transactionNumber: .random(in: 1 ... .max), job: UUID().uuidString.lowercased(), errors: "[]",
            createdAt: now.milliseconds, updatedAt: now.milliseconds, etag: Revision.newETag())
    }

    private func file(_ part: Int, from source: StoredBatchFile, of run: StoredRun) -> StoredRunFile {
        StoredRunFile(
            runID: run.id, part: part, source: source.path, sourceName: source.name,
            sourceBytes: source.bytes, sourceRecords: source.records,
            sourceMalformed: source.malformedRecords,
            name: PartFileName(
                part: part, transaction: run.transactionNumber, job: run.job, task: part,
                fileExtension: run.fileExtension
            ).description, state: .planned, malformedLine: source.malformedLine,
            malformedReason: source.malformedReason, malformedText: source.malformedText)
    }

    /// The batches that a run exports: all, or in an incremental flow those that no run has exported yet.
    static func batches(
        _ db: Database, of dataset: Identifier<Dataset>, flow: Flow
    ) throws -> [StoredBatch] {
        let all = try StoredBatch.filter(Column("datasetID") == dataset).order(Column("id")).fetchAll(db)
        guard flow.draft.schedule.mode == .incremental else { return all }
        let exported = try Set(
            Int64.fetchAll(
                db,
                sql: """
                    SELECT batchID FROM runBatch JOIN run ON run.id = runBatch.runID
                    WHERE run.flowID = ? AND run.datasetID = ? AND run.status = ?
                    """, arguments: [flow.id, dataset, FlowRunStatus.success.word]))
        return all.filter { !exported.contains($0.id ?? 0) }
    }
}
