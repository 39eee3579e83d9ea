// From a due occurrence to its runs: one for each dataset, with every file that it will write, made in one
// transaction.
import ExportDomain
import FoundationEssentials
import GRDB

/// What planning needs to know besides the database.
struct RunPlanning: Sendable {
    let place: Place
    let specs: [ConnectionSpec]
    let now: Date

    /// Makes the runs of the occurrence for which a flow has to run now; none if there is no such.
    func planDueRuns(_ db: Database, of id: Identifier<Flow>) throws {
        guard let flow = try FlowQuery.one(db, id: id) else { return }
        let latestRun = try FlowQuery.latestScheduledTime(db, flow: id)
        guard let occurrence = Planner.due(flow, now: now, latestRun: latestRun),
            let source = try StoredSourceConnection.entity(db, id: flow.draft.sourceConnectionID),
            let target =
                try StoredTargetConnection
                .filter(Column("id") == flow.draft.targetConnectionID).fetchOne(db)?.entity()
        else { return }
        for dataset in source.draft.datasets {
            try plan(db, dataset, flow: flow, target: target, occurrence: occurrence)
        }
    }

    private func plan(
        _ db: Database, _ dataset: DatasetReference, flow: Flow, target: TargetConnection, occurrence: Date
    ) throws {
        var run = newRun(of: dataset, flow: flow, target: target, occurrence: occurrence)
        let batches = try batches(db, of: dataset.id, flow: flow)
        let sources = try batches.flatMap { batch in
            try StoredBatchFile.filter(Column("batchID") == batch.id).order(Column("number")).fetchAll(db)
        }
        run.plannedInputBytes = sources.reduce(0) { $0 + $1.bytes }
        run.inputFiles = sources.count
        try run.insert(db)
        for batch in batches {
            try StoredRunBatch(runID: run.id, batchID: batch.id ?? 0).insert(db)
        }
        for (part, source) in sources.enumerated() {
            try file(part, from: source, of: run).insert(db)
        }
    }

    private func newRun(
        of dataset: DatasetReference, flow: Flow, target: TargetConnection, occurrence: Date
    ) -> StoredRun {
        let context = FolderContext(
            dataset: dataset,
            destination: specs.first { $0.id == target.draft.connectionSpecID }?.name ?? "",
            instanceName: target.draft.name, instanceID: target.id, place: place, exportTime: occurrence)
        let layout = ExportLayout(
            connectionFolder: target.draft.folder, template: flow.draft.folderTemplate, context: context)
        let options = target.draft.fileOptions
        return StoredRun(
            id: .random(), flowID: flow.id, datasetID: dataset.id, scheduledTime: occurrence.seconds,
            status: FlowRunStatus.waiting.word, folder: layout.folder,
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
            malformedReason: source.malformedReason)
    }

    /// The batches that a run exports: all, or in an incremental flow those that no run has exported yet.
    private func batches(_ db: Database, of dataset: Identifier<Dataset>, flow: Flow) throws -> [StoredBatch]
    {
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
