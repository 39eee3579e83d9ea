// Runs that are made again: taken from failed, or from over, to waiting, with a record of what came of them before.
import ExportDomain
import FoundationEssentials
import GRDB

enum RunAttempts {
    /// Has a run that is over made again, as the next attempt.
    static func requeue(_ db: Database, _ stored: StoredRun, now: Date) throws {
        try StoredRunAttempt(
            runID: stored.id, number: stored.attempt, startedAt: stored.startedAt,
            endedAt: stored.completedAt, status: stored.status, errors: stored.errors
        ).insert(db)
        var run = stored
        run.attempt += 1
        run.status = FlowRunStatus.waiting.word
        run.startedAt = nil
        run.completedAt = nil
        run.retryAt = nil
        run.isCancelled = false
        run.errors = "[]"
        run.touch(now)
        try run.update(db)
    }

    /// The failed runs of a dataflow whose time to be made again has come, in the order in which they were planned.
    static func due(_ db: Database, flow: Identifier<Flow>, now: Date) throws -> [StoredRun] {
        try StoredRun
            .filter(Column("flowID") == flow && Column("retryAt") <= now.milliseconds)
            .order(Column("sequence")).fetchAll(db)
    }

    /// When the first run of any enabled dataflow is made again; nil where none is.
    static func next(_ db: Database) throws -> Date? {
        try Int64.fetchOne(
            db,
            sql: """
                SELECT MIN(run.retryAt) FROM run JOIN flow ON flow.id = run.flowID
                WHERE flow.state = ? AND run.retryAt IS NOT NULL
                """, arguments: [FlowState.enabled.rawValue]
        )
        .map(Date.init(milliseconds:))
    }

    /// Failed runs of a dataset are not made again by themselves any more, and are told as failed for good.
    static func forgetRetries(
        _ db: Database, flow: Identifier<Flow>, dataset: Identifier<Dataset>, now: Date
    ) throws {
        let failed =
            try StoredRun
            .filter(Column("flowID") == flow && Column("datasetID") == dataset && Column("retryAt") != nil)
            .fetchAll(db)
        for var run in failed {
            run.retryAt = nil
            try run.update(db)
            try NotificationOutbox.put(.runEnded(try PlatformEvent.Run(run, db)), at: now, db)
        }
    }

    /// A run that has exported, or is to export, something of what a run of an incremental dataflow was to; nil where
    /// there is none.
    static func successor(_ db: Database, of run: StoredRun) throws -> StoredRun? {
        try StoredRun.fetchOne(
            db,
            sql: """
                SELECT other.* FROM run AS other WHERE other.flowID = :flow AND other.datasetID = :dataset
                    AND other.id <> :run AND other.status <> :failed AND EXISTS (
                        SELECT 1 FROM runBatch AS its JOIN runBatch AS mine ON mine.batchID = its.batchID
                        WHERE its.runID = other.id AND mine.runID = :run)
                ORDER BY other.sequence DESC LIMIT 1
                """,
            arguments: [
                "flow": run.flowID, "dataset": run.datasetID, "run": run.id,
                "failed": FlowRunStatus.failed.word,
            ])
    }
}
