// What is written down of a run, before and after each of its steps, by whoever holds the lease.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

/// The journal of one run.
///
/// Every entry throws `PlatformError.leaseLost` when another process has taken over the flow.
struct Journal: Sendable {
    let run: Identifier<FlowRun>
    let store: Store
    let lease: Lease
    let now: @Sendable () -> Date
    let observe: @Sendable (PlatformEvent) -> Void

    /// The run is under way; gives what is told of it, and its files as they stand; nil where it was ended while it
    /// waited.
    func begin() async throws -> (PlatformEvent.Run, [StoredRunFile])? {
        let begun = try await write(Text("begin the run")) { db, run, now in
            if FlowRunStatus(word: run.status).isOver {
                return (PlatformEvent.Run, Bool, [StoredRunFile])?.none
            }
            let isResumed = run.startedAt != nil
            run.status = FlowRunStatus.processing.word
            run.startedAt = run.startedAt ?? now.milliseconds
            try run.update(db)
            let files = try StoredRunFile.filter(Column("runID") == run.id).order(Column("part")).fetchAll(db)
            return (try PlatformEvent.Run(run, db), isResumed, files)
        }
        guard let (told, isResumed, files) = begun else { return nil }
        observe(.runBegan(told, isResumed: isResumed))
        return (told, files)
    }

    /// How far the run has come.
    func note(_ figures: RunFigures) async throws {
        try await write(Text("note the run's progress")) { db, run, _ in
            guard run.status == FlowRunStatus.processing.word else { return }
            run.take(figures)
            try run.update(db)
        }
    }

    /// A file is whole in the storage.
    func note(_ file: StoredRunFile, figures: RunFigures) async throws {
        try await write(Text("note a file of the run")) { db, run, _ in
            try file.update(db)
            run.take(figures)
            try run.update(db)
        }
    }

    /// The run is done.
    func succeed(_ figures: RunFigures, notes: [FlowRunError]) async throws {
        try await end { db, run, now in
            run.take(figures)
            run.end(.success, at: now)
            run.keepsPublished = false
            run.errors = try StoredRunError.encoded(notes)
            try run.update(db)
        }
    }

    /// The run has failed, and nothing of it is published, unless it was over once and what is published stays.
    /// - Parameter wait: seconds until it is made again by itself; nil where it is not.
    func fail(
        _ errors: [FlowRunError], figures: RunFigures, retryIn wait: TimeInterval? = nil
    ) async throws {
        try await end { db, run, now in
            run.errors = try StoredRunError.encoded(errors)
            run.retryAt = wait.map { now.addingTimeInterval($0).milliseconds }
            run.end(.failed, at: now)
            if run.keepsPublished { return try run.update(db) }
            var figures = figures
            figures.outputFiles = 0
            figures.outputBytes = 0
            figures.outputRecords = 0
            run.take(figures)
            try run.update(db)
            try db.execute(
                sql: """
                    UPDATE runFile SET state = ?, bytes = NULL, digest = NULL, records = NULL WHERE runID = ?
                    """,
                arguments: [StoredRunFile.State.planned.rawValue, run.id])
        }
    }

    /// Whether a person has asked for the run's end.
    func isCancelled() async throws -> Bool {
        try await store.read(Text("look whether the run goes on")) { db in
            try StoredRun.filter(Column("id") == run && Column("isCancelled")).isEmpty(db) == false
        }
    }

    /// Whether no other run that is not over writes into the run's folder.
    func hasFolderForItself() async throws -> Bool {
        try await store.read(Text("look for runs in the same folder")) { db in
            try !FlowQuery.sharesFolder(db, run: run)
        }
    }

    /// Refuses to go on without the lease.
    func checkLease() async throws {
        try await store.read(Text("look for the lease")) { try lease.check($0) }
    }

    /// Writes down how the run has ended, and what is to be told of it, and tells it.
    private func end(
        _ entry: @escaping @Sendable (Database, inout StoredRun, Date) throws -> Void
    ) async throws {
        let event = try await write(Text("end the run")) { db, run, now -> PlatformEvent? in
            // A person has ended it while it waited.
            if FlowRunStatus(word: run.status).isOver { return nil }
            try entry(db, &run, now)
            let event = PlatformEvent.runEnded(try PlatformEvent.Run(run, db))
            try NotificationOutbox.put(event, at: now, db)
            return event
        }
        if let event { observe(event) }
    }

    private func write<T: Sendable>(
        _ doing: Text, _ entry: @escaping @Sendable (Database, inout StoredRun, Date) throws -> T
    ) async throws -> T {
        let now = now()
        return try await store.write(doing) { db in
            try lease.check(db)
            guard var stored = try StoredRun.filter(Column("id") == run).fetchOne(db) else {
                throw PlatformError.leaseLost(flow: lease.flow)
            }
            stored.touch(now)
            return try entry(db, &stored, now)
        }
    }
}

extension StoredRun {
    fileprivate mutating func take(_ figures: RunFigures) {
        inputBytes = figures.inputBytes
        inputRecords = figures.inputRecords
        outputBytes = figures.outputBytes
        outputRecords = figures.outputRecords
        skippedRecords = figures.skippedRecords
        outputFiles = figures.outputFiles
    }

    /// The run is over.
    mutating func end(_ status: FlowRunStatus, at now: Date) {
        self.status = status.word
        completedAt = now.milliseconds
    }
}
