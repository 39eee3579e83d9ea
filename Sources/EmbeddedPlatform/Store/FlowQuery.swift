// Questions about dataflows and their runs that more than one place asks.
import ExportDomain
import FoundationEssentials
import GRDB

enum FlowQuery {
    /// One dataflow; nil where there is none.
    static func one(_ db: Database, id: Identifier<Flow>) throws -> Flow? {
        try StoredFlow.filter(Column("id") == id).fetchOne(db)?.entity()
    }

    /// All enabled dataflows, in the order in which they were made.
    static func enabled(_ db: Database) throws -> [Flow] {
        try StoredFlow
            .filter(Column("state") == FlowState.enabled.rawValue).order(Column("sequence")).fetchAll(db)
            .map { try $0.entity() }
    }

    /// The latest occurrence up to now that a dataflow has runs for, or that was taken note of as missed.
    ///
    /// What lies in the future was run while the clock was wrong, and keeps nothing from being run until then.
    static func settled(_ db: Database, flow: Identifier<Flow>, now: Date) throws -> Date? {
        try Int64.fetchOne(
            db,
            sql: """
                SELECT MAX(scheduledTime) FROM (
                    SELECT scheduledTime FROM run WHERE flowID = :flow AND isScheduled
                    UNION ALL SELECT scheduledTime FROM missedOccurrence WHERE flowID = :flow
                ) WHERE scheduledTime <= :now
                """, arguments: ["flow": flow, "now": now.seconds]
        )
        .map(Date.init(seconds:))
    }

    /// What a dataflow has to do now about its occurrences.
    static func due(_ db: Database, _ flow: Flow, now: Date) throws -> DueOccurrences {
        Planner.due(flow, now: now, settled: try settled(db, flow: flow.id, now: now))
    }

    /// The runs of a dataflow that are not over, in the order in which they were planned.
    static func unfinishedRuns(_ db: Database, flow: Identifier<Flow>) throws -> [StoredRun] {
        try StoredRun
            .filter(Column("flowID") == flow && unfinishedStatuses.contains(Column("status")))
            .order(Column("sequence")).fetchAll(db)
    }

    /// The runs that are not over and export a batch.
    static func unfinishedRuns(_ db: Database, batch: Int64) throws -> [StoredRun] {
        let runs = try StoredRunBatch.filter(Column("batchID") == batch).fetchAll(db).map(\.runID)
        return
            try StoredRun
            .filter(runs.contains(Column("id")) && unfinishedStatuses.contains(Column("status")))
            .order(Column("sequence")).fetchAll(db)
    }

    /// The names of the dataflows that need a dataset: enabled and not over, or with a run of it under way.
    static func using(_ db: Database, dataset: Identifier<Dataset>, now: Date) throws -> [String] {
        let rows = try StoredFlow.fetchAll(
            db,
            sql: """
                SELECT * FROM flow WHERE sourceConnectionID IN
                    (SELECT sourceConnectionID FROM sourceConnectionDataset WHERE datasetID = ?)
                ORDER BY sequence
                """, arguments: [dataset])
        return try rows.filter { row in
            if try unfinishedRuns(db, flow: row.id).contains(where: { $0.datasetID == dataset }) {
                return true
            }
            let flow = try row.entity()
            let settled = try settled(db, flow: flow.id, now: now)
            return flow.state == .enabled && !Planner.isOver(flow, now: now, settled: settled)
        }
        .map(\.name)
    }

    /// The names of the dataflows that export to a target connection, paused ones too.
    static func using(_ db: Database, target: Identifier<TargetConnection>) throws -> [String] {
        try StoredFlow.filter(Column("targetConnectionID") == target).order(Column("sequence")).fetchAll(db)
            .map(\.name)
    }

    /// The names of the dataflows that have a source connection.
    static func using(_ db: Database, source: Identifier<SourceConnection>) throws -> [String] {
        try StoredFlow.filter(Column("sourceConnectionID") == source).order(Column("sequence")).fetchAll(db)
            .map(\.name)
    }

    /// Whether another run that is not over has the folder of a run, of whatever flow.
    static func sharesFolder(_ db: Database, run: Identifier<FlowRun>) throws -> Bool {
        guard let folder = try StoredRun.filter(Column("id") == run).fetchOne(db)?.folder else {
            return false
        }
        return try
            !StoredRun
            .filter(Column("folder") == folder && Column("id") != run)
            .filter(unfinishedStatuses.contains(Column("status"))).isEmpty(db)
    }

    private static let unfinishedStatuses = [FlowRunStatus.waiting.word, FlowRunStatus.processing.word]
}
