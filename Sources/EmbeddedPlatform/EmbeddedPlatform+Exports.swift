// What a run has promised and what its folder has: for the verification pane and the commands.
import DestinationStorages
import ExportDomain
import FoundationEssentials
import GRDB
import Languages
import ObjectStorage
import Secrets

extension EmbeddedPlatform {
    /// Compares a run's record and its manifest with its folder, and with what is in its files if that is asked for.
    /// - Parameters:
    ///   - depth: how far to look.
    ///   - onProgress: called as files are read back, from any thread.
    /// - Throws: `FlowServiceError.notFound` for an unknown run, `.unavailable` where the storage cannot be
    ///   listed or read.
    public func verification(
        of run: FlowRun, depth: VerificationDepth,
        onProgress: @escaping @Sendable (VerificationProgress) -> Void
    ) async throws(FlowServiceError) -> RunVerification {
        let stored = try await storedRun(run.id)
        let record = try await record(of: run.id)
        let root = try await rootOfPaths(of: run)
        return try await answering(Text("verify the run")) {
            try await RunFolder(of: stored.entity, record, in: try await storage(of: stored), root: root)
                .verification(depth: depth, onProgress: onProgress)
        }
    }

    /// What is recorded of a run's files.
    public func record(of run: Identifier<FlowRun>) async throws(FlowServiceError) -> RunRecord {
        let stored = try await storedRun(run)
        return try await answering(Text("list the run's files")) {
            try await store.read(Text("list the run's files")) { db in
                RunRecord(
                    folder: stored.folder,
                    manifestPath: stored.includesManifest ? stored.manifestPath : nil,
                    files: try StoredRunFile.filter(Column("runID") == run).order(Column("part")).fetchAll(db)
                        .compactMap { $0.exported(in: stored.layout) },
                    filesOfOtherRuns: try Self.filesOfOtherRuns(in: stored, db))
            }
        }
    }

    /// The files that a run has written, as its record has them, without the manifest.
    public func exportedFiles(of run: FlowRun) async throws(FlowServiceError) -> [ExportedFile] {
        try await record(of: run.id).files ?? []
    }

    /// The folder of a run, relative to the root of the storage.
    public func folder(of run: FlowRun) async throws(FlowServiceError) -> String {
        try await storedRun(run.id).folder
    }

    /// The path of a run's manifest in the storage; nil where it has none.
    public func manifestPath(of run: FlowRun) async throws(FlowServiceError) -> String? {
        let stored = try await storedRun(run.id)
        return stored.includesManifest ? stored.manifestPath : nil
    }

    /// What stands before the paths of a run's files where people read them.
    public func rootOfPaths(of run: FlowRun) async throws(FlowServiceError) -> String {
        try await targetConnection(try await target(of: run.flowID)).draft.rootOfPaths
    }

    /// When the service deletes the files of a run by itself; nil where it keeps them, and while the run goes on.
    public func expiry(of run: FlowRun) async throws(FlowServiceError) -> Date? {
        guard let end = run.metrics.completedAt else { return nil }
        let id = try await target(of: run.flowID)
        return try await answering(Text("look up how long the run's files are kept")) {
            let (spec, authentication) = try await store.read(Text("look up the run's destination")) { db in
                let target = try Self.target(id, db)
                return (target.connectionSpecID, try Self.account(target.baseConnectionID, db).authSpec)
            }
            return try Destinations.destination(spec).retention(authentication: authentication).map {
                end.addingTimeInterval($0)
            }
        }
    }

    /// The records of a file that a run has written, of which only what is asked for is read.
    public func records(
        of path: String, in run: Identifier<FlowRun>
    ) async throws(FlowServiceError) -> any RecordPages {
        let stored = try await storedRun(run)
        return try await answering(Text("show \(path)")) {
            try StoredRecords(path, in: try await storage(of: stored))
        }
    }

    /// Where a file that a run has written lies, as a person or another program finds it: a path, or a URL
    /// without any signature.
    public func location(
        of path: String, in run: Identifier<FlowRun>
    ) async throws(FlowServiceError) -> String {
        let stored = try await storedRun(run)
        return try await answering(Text("say where \(path) is")) {
            try await storage(of: stored).place(of: path)
        }
    }

    /// The storage that a run writes to.
    private func storage(of run: StoredRun) async throws -> any Storage {
        try await storages.storage(of: try await target(of: run.flowID)).storage
    }

    /// The destination of a flow.
    private func target(
        of flow: Identifier<Flow>
    ) async throws(FlowServiceError) -> Identifier<TargetConnection> {
        try await answering(Text("look up the run's destination")) {
            try await store.read(Text("look up the run's destination")) { db in
                guard let row = try StoredFlow.filter(Column("id") == flow).fetchOne(db) else {
                    throw FlowServiceError.notFound(what: "flow", id: flow.rawValue)
                }
                return row.targetConnectionID
            }
        }
    }

    private static func filesOfOtherRuns(in run: StoredRun, _ db: Database) throws -> Set<String> {
        let others = try StoredRun.filter(Column("folder") == run.folder && Column("id") != run.id)
            .fetchAll(db)
        let names = try String.fetchAll(
            db,
            sql: """
                SELECT runFile.name FROM runFile JOIN run ON run.id = runFile.runID
                WHERE run.folder = ? AND run.id <> ?
                """, arguments: [run.folder, run.id])
        return Set(others.map(\.manifestPath) + names.map { run.layout.path(of: $0) })
    }
}

extension EmbeddedPlatform {
    /// The URL of the container of a landing zone, with the signature that its account was given.
    public func landingZone(
        of account: Identifier<BaseConnection>?
    ) async throws(FlowServiceError) -> Secret? {
        try await answering(Text("look up the landing zone")) {
            let zones = try await store.read(Text("look up the landing zone")) { db in
                try StoredBaseConnection
                    .filter(Column("connectionSpecID") == Destinations.landingZone)
                    .order(Column("sequence").desc).fetchAll(db)
            }
            let zone = zones.first { $0.authSpec != nil && (account == nil || account == $0.id) }
            guard let zone else { return nil }
            return Destinations.landingZoneURL(of: try await storages.credentials(of: zone))
        }
    }
}
