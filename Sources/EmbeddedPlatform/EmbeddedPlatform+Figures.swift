// What exports have come to, counted by the database.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

extension EmbeddedPlatform: MeasuredExports {
    /// What the exports have come to.
    public func figures() async throws(FlowServiceError) -> ExportFigures {
        let now = now()
        return try await answering(Text("count the runs")) {
            try await store.read(Text("count the runs")) { db in
                let runs = Dictionary(grouping: try RunCounts.all(db), by: \.flowID)
                let notifications = try StoredNotifications.fetchAll(db)
                let flows = try StoredFlow.order(Column("sequence")).fetchAll(db).map { try $0.entity() }
                return ExportFigures(
                    flows: try flows.map { flow in
                        var figures = ExportFigures.OfFlow(
                            id: flow.id, name: flow.draft.name, isEnabled: flow.state == .enabled,
                            nextOccurrence: Planner.next(flow, after: now), end: flow.draft.schedule.end)
                        if let stored = notifications.first(where: { $0.flowID == flow.id }) {
                            figures.sentNotifications = stored.sent
                            figures.failedNotifications = stored.failed
                            figures.waitingNotifications = try WaitingNotification.filter(
                                Column("flowID") == flow.id
                            ).fetchCount(db)
                        }
                        figures.datasets = try Self.datasets(
                            of: flow, counts: runs[flow.id] ?? [], db)
                        return figures
                    })
            }
        }
    }

    /// The datasets of a flow, and those that it once had, with what their runs have come to.
    private static func datasets(
        of flow: Flow, counts: [RunCounts], _ db: Database
    ) throws -> [ExportFigures.OfDataset] {
        var datasets = try RunPlanning.datasets(db, of: flow)
        for former in counts where !datasets.contains(where: { $0.id == former.datasetID }) {
            let name = try DatasetQuery.one(db, id: former.datasetID)?.name
            datasets.append(DatasetReference(id: former.datasetID, name: name ?? former.datasetID.rawValue))
        }
        return datasets.map { dataset in
            var figures = ExportFigures.OfDataset(dataset: dataset)
            for count in counts where count.datasetID == dataset.id { count.add(to: &figures) }
            return figures
        }
    }
}

/// What the runs of a dataset in a flow have come to that have one status.
private struct RunCounts: Codable, FetchableRecord {
    var flowID: Identifier<Flow>
    var datasetID: Identifier<Dataset>
    var status: String
    var runs: Int
    var records: Int
    var skippedRecords: Int
    var bytes: Int
    var timedRuns: Int
    var milliseconds: Int64
    var latestEnd: Int64?
    /// The first end after the latest success.
    var firstEndSinceSuccess: Int64?

    static func all(_ db: Database) throws -> [RunCounts] {
        try RunCounts.fetchAll(
            db,
            sql: """
                WITH success AS (
                    SELECT flowID, datasetID, MAX(completedAt) AS completedAt FROM run WHERE status = ?
                    GROUP BY flowID, datasetID
                )
                SELECT run.flowID, run.datasetID, run.status, COUNT(*) AS runs,
                    COALESCE(SUM(run.outputRecords), 0) AS records,
                    COALESCE(SUM(run.skippedRecords), 0) AS skippedRecords,
                    COALESCE(SUM(run.outputBytes), 0) AS bytes,
                    COUNT(run.completedAt - run.startedAt) AS timedRuns,
                    COALESCE(SUM(run.completedAt - run.startedAt), 0) AS milliseconds,
                    MAX(run.completedAt) AS latestEnd,
                    MIN(CASE WHEN success.completedAt IS NULL OR run.completedAt > success.completedAt
                        THEN run.completedAt END) AS firstEndSinceSuccess
                FROM run LEFT JOIN success
                    ON success.flowID = run.flowID AND success.datasetID = run.datasetID
                GROUP BY run.flowID, run.datasetID, run.status
                """, arguments: [FlowRunStatus.success.word])
    }

    func add(to figures: inout ExportFigures.OfDataset) {
        figures.runs[status] = runs
        figures.timedRuns += timedRuns
        figures.seconds += Double(milliseconds) / 1_000
        switch FlowRunStatus(word: status) {
        case .success:
            figures.records = records
            figures.skippedRecords = skippedRecords
            figures.bytes = bytes
            figures.lastSuccess = latestEnd.map(Date.init(milliseconds:))
        case .failed: figures.failingSince = firstEndSinceSuccess.map(Date.init(milliseconds:))
        default: break
        }
    }
}
