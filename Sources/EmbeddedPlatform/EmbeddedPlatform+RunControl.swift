// Runs that a person has made again, ended, or mended.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages
import Transfer

extension EmbeddedPlatform: RunControl {
    /// Has all transfers of this process heed limits from now on, those of runs under way too.
    public func limitTransfers(to limits: TransferLimits) {
        bandwidth.limit(to: limits.rate?.value)
        filesAtATime.change(to: limits.files)
    }

    /// How often to look whether another process has ended a run.
    private static let waitingInterval = Duration.milliseconds(100)

    /// Has a run that failed made again, under the names that it had.
    public func retry(_ run: Identifier<FlowRun>) async throws(FlowServiceError) {
        try await requeue(run, doing: Text("make the run again")) { db, run, flow in
            guard run.status == FlowRunStatus.failed.word else { throw run.wrongState }
            if flow.draft.schedule.mode == .incremental, !run.keepsPublished,
                let successor = try RunAttempts.successor(db, of: run)
            {
                throw FlowServiceError.invalid(
                    field: nil,
                    reason: Text(
                        "The run “\(run.id)” is not made again: what it was to export is in the run “\(successor.id)” of \(Date(seconds: successor.scheduledTime).rfc3339)"
                    )
                )
            }
        }
    }

    /// Has files of a run that is over written again as they were exported.
    public func exportAgain(
        _ files: [String], of run: Identifier<FlowRun>
    ) async throws(FlowServiceError) {
        try await requeue(run, doing: Text("export the files again")) { db, run, flow in
            // A run that has failed has no files, unless it was over once.
            guard run.status == FlowRunStatus.success.word || run.keepsPublished else { throw run.wrongState }
            var rows = try StoredRunFile.filter(Column("runID") == run.id).fetchAll(db)
            // Keys never begin with a slash, though people write them so where they count from a server's root.
            var wanted = Set(files.map { String($0.drop { $0 == "/" }) })
            if run.includesManifest { wanted.remove(run.manifestPath) }
            for index in rows.indices where wanted.remove(run.layout.path(of: rows[index].name)) != nil {
                rows[index].state = .damaged
                try rows[index].update(db)
            }
            if let stranger = wanted.sorted().first {
                throw FlowServiceError.invalid(
                    field: nil, reason: Text("The run “\(run.id)” has not written \(stranger)"))
            }
            run.keepsPublished = true
        }
    }

    /// Ends a run that is waiting or under way, and returns when it is over.
    public func cancel(_ id: Identifier<FlowRun>) async throws(FlowServiceError) {
        let runner = runner
        let now = now()
        try await answering(Text("cancel the run")) {
            let flow = try await store.write(Text("cancel the run")) { db in
                var run = try Self.storedRun(id, db)
                let isOver = FlowRunStatus(word: run.status).isOver
                if isOver, run.retryAt == nil { throw run.wrongState }
                run.retryAt = nil
                run.isCancelled = !isOver
                run.touch(now)
                try run.update(db)
                return isOver ? nil : run.flowID
            }
            guard let flow else { return }
            while true {
                if try await !runner.cancel(id, of: flow) { try await runner.cancelWaiting(id) }
                let run = try await storedRun(id)
                switch FlowRunStatus(word: run.status) {
                case .success: throw run.wrongState
                case .failed: return
                case .waiting, .processing, .other: try await Task.sleep(for: Self.waitingInterval)
                }
            }
        }
    }

    /// What was done for a run, and what it exports.
    public func history(of id: Identifier<FlowRun>) async throws(FlowServiceError) -> RunHistory {
        try await answering(Text("show the run")) {
            try await store.read(Text("show the run")) { db in
                let run = try Self.storedRun(id, db)
                let batches = try Int64.fetchAll(
                    db, sql: "SELECT batchID FROM runBatch WHERE runID = ? ORDER BY batchID", arguments: [id])
                return RunHistory(
                    batches: try batches.map { batch in
                        let stored = try StoredBatch.filter(Column("id") == batch).fetchOne(db)
                        return RunHistory.Batch(
                            id: batch, arrivedAt: stored.map { Date(milliseconds: $0.arrivedAt) },
                            files: stored?.files ?? 0, records: stored?.records ?? 0)
                    },
                    attempts: try StoredRunAttempt.filter(Column("runID") == id).order(Column("number"))
                        .fetchAll(db).map(\.entity),
                    nextAttempt: run.retryAt.map(Date.init(milliseconds:)))
            }
        }
    }

    /// Takes a run from over to waiting, after a look at it and its dataflow.
    private func requeue(
        _ id: Identifier<FlowRun>, doing: Text,
        _ prepare: @escaping @Sendable (Database, inout StoredRun, Flow) throws -> Void
    ) async throws(FlowServiceError) {
        let now = now()
        try await answering(doing) {
            try await store.write(doing) { db in
                var run = try Self.storedRun(id, db)
                let flow = try Self.storedFlow(run.flowID, db).entity()
                guard flow.state == .enabled else {
                    throw FlowServiceError.wrongState(
                        what: "flow", id: flow.id.rawValue, state: flow.state.rawValue)
                }
                try prepare(db, &run, flow)
                try RunAttempts.requeue(db, run, now: now)
            }
        }
        wakeUp.call()
    }
}

extension StoredRun {
    /// The run is not in a state that allows what was asked.
    fileprivate var wrongState: FlowServiceError {
        .wrongState(what: "run", id: id.rawValue, state: status)
    }
}
