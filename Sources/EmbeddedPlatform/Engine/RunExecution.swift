// One run from its first file to its record. Files first, each whole or not at all; the manifest after the
// last of them; the record of success after the manifest. A run that is interrupted is left as it is, and
// the next execution goes on from there; a run that fails takes back what it has published.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages
import ObjectStorage
import Parquet
import Records

/// The execution of one run.
struct RunExecution: Sendable {
    let run: StoredRun
    let malformedRecords: MalformedRecords
    let lake: Lake
    let target: TargetStorage
    let filesAtATime: ChosenFilesAtATime
    let patience: Patience
    let journal: Journal

    private var storage: any Storage { target.storage }

    /// Figures are written down this often, and looked whether the run is to be ended.
    private static let watchingInterval = Duration.milliseconds(250)
    /// When an object store is looked at again after what an interruption has left was removed.
    private static let lateArrivals: [Duration] = [
        .milliseconds(200), .milliseconds(400), .milliseconds(800), .milliseconds(1_600),
    ]

    /// Runs to success or failure, which the run's record then has.
    /// - Throws: what interrupts the run without deciding it: `CancellationError`,
    ///   `PlatformError.leaseLost`, `.database`, `.databaseDamaged`, `.homeFull`.
    func execute() async throws {
        guard let (told, files) = try await journal.begin() else { return }
        let progress = RunProgress { journal.observe(.runTriesAgain(told, reason: $0)) }
        do {
            let notes = try await unlessCancelled(noting: progress) { try await publish(files, progress) }
            try await journal.succeed(progress.figures, notes: notes)
        } catch {
            if Task.isCancelled {
                journal.observe(.runInterrupted(told))
                throw CancellationError()
            }
            if Self.interrupts(error) { throw error }
            // Whoever has taken over meanwhile has published under the same names.
            try await journal.checkLease()
            let remaining = await removePublished(files)
            let reason = Self.reason(error, files: files, lake: lake)
            try await journal.fail(
                [reason.runError] + remaining, figures: progress.figures,
                retryIn: RunRetries.wait(after: error, attempt: run.attempt))
        }
    }

    /// Writes the files and then the manifest; gives what is to be noted.
    private func publish(
        _ files: [StoredRunFile], _ progress: RunProgress
    ) async throws -> [FlowRunError] {
        try await checkDataset()
        try checkKnownRecords(of: files)
        // What can be continued is removed when all files are whole.
        if run.mayHaveBegun, !storage.capabilities.continuesUnfinished {
            try await removeUnfinished(files)
        }
        let export = FileExport(
            run: run, sources: try await RunSources(of: run, in: lake),
            malformedRecords: malformedRecords, lake: lake, storage: storage, patience: patience,
            progress: progress)
        let exported = try await self.export(files, by: export)
        try await publishManifest(of: exported, progress)
        return notes(on: exported) + (try await removeUnfinished(files, after: progress))
    }

    /// Does the work of the run, unless a person ends it meanwhile; figures are written down from time to time.
    private func unlessCancelled<Value: Sendable>(
        noting progress: RunProgress, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await watch(progress)
                return nil
            }
            defer { group.cancelAll() }
            while let ended = try await group.next() {
                if let value = ended { return value }
            }
            throw CancellationError()
        }
    }

    /// Writes figures down from time to time, until a person ends the run; what decides the run does not depend on
    /// them.
    private func watch(_ progress: RunProgress) async throws {
        var noted = RunFigures()
        while true {
            if (try? await journal.isCancelled()) == true { throw PlatformError.cancelled }
            let figures = progress.figures
            if figures != noted {
                noted = figures
                try? await journal.note(figures)
            }
            try await Task.sleep(for: Self.watchingInterval)
        }
    }

    private func checkDataset() async throws {
        let contents = try await lake.store.read(Text("look up the dataset")) { db in
            try DatasetQuery.one(db, id: run.datasetID)
        }
        if contents == nil { throw PlatformError.datasetRemoved(id: run.datasetID) }
    }

    /// Fails before anything is written where it is known that the run would.
    private func checkKnownRecords(of files: [StoredRunFile]) throws {
        let malformed = files.reduce(0) { $0 + $1.sourceMalformed }
        guard malformedRecords == .fail, malformed > 0,
            let first = files.lazy.compactMap(\.firstMalformed).first
        else { return }
        let records = files.reduce(malformed) { $0 + $1.sourceRecords }
        throw PlatformError.malformedRecords(count: malformed, isWhole: true, records: records, first: first)
    }

    /// Writes the files, several at a time, in the order of their parts as far as they are begun.
    private func export(_ files: [StoredRunFile], by export: FileExport) async throws -> [StoredRunFile] {
        try await withThrowingTaskGroup(of: StoredRunFile?.self) { group in
            defer { group.cancelAll() }
            var exported: [Int: StoredRunFile] = [:]
            var underWay: [Int: Int] = [:]
            var remaining = files[...]
            var watched: Int?
            while exported.count < files.count {
                let chosen = filesAtATime.current
                let bounds = FilesInFlight(gainful: target.filesInFlight, chosen: chosen.files)
                while let file = remaining.first,
                    case let size = export.sources.expectedSize(of: file),
                    bounds.allowsOneMore(ofSize: size, beside: Array(underWay.values))
                {
                    underWay[file.part] = size
                    group.addTask { try await export.export(file) }
                    remaining.removeFirst()
                }
                if watched != chosen.version {
                    // More files may be allowed while those under way take hours.
                    watched = chosen.version
                    group.addTask {
                        await filesAtATime.awaitChange(since: chosen.version)
                        return nil
                    }
                }
                guard let ended = try await group.next(), let done = ended else { continue }
                underWay[done.part] = nil
                export.progress.finish(done)
                try await journal.note(done, figures: export.progress.figures)
                exported[done.part] = done
            }
            return files.compactMap { exported[$0.part] }
        }
    }

    /// Removes what the puts of an earlier execution have left.
    ///
    /// Where that is not allowed, the run can go on nevertheless.
    private func removeUnfinished(_ files: [StoredRunFile]) async throws {
        do {
            try await patience.run { try await abortUnfinished(files) }
        } catch StorageError.denied {}
    }

    /// Removes what interruptions have left, when all files are whole; gives what is to be noted where that
    /// cannot be done.
    ///
    /// Where none is known there may be something too: an upload whose beginning the storage has confirmed in
    /// an answer that was lost. That is looked for where the folder is the run's own, and so not large.
    private func removeUnfinished(
        _ files: [StoredRunFile], after progress: RunProgress
    ) async throws -> [FlowRunError] {
        let wasInterrupted = progress.failedAttempts > 0 || run.mayHaveBegun
        if !wasInterrupted, try await !journal.hasFolderForItself() { return [] }
        do {
            try await patience.run { try await abortUnfinished(files) }
            if wasInterrupted, storage.capabilities.continuesUnfinished {
                // What was sent before an interruption may arrive after it, and be kept then.
                for pause in Self.lateArrivals {
                    try await Task.sleep(for: pause)
                    try await patience.run { try await abortUnfinished(files) }
                }
            }
        } catch let error as StorageError {
            if wasInterrupted {
                return [PlatformError.unfinishedNote(folder: run.folderPrefix, reason: error.text)]
            }
        }
        return []
    }

    /// Removes what puts of this run's files have left that did not come to their end.
    ///
    /// Others may put into the same folder: further runs, also of a platform that this one knows nothing of.
    private func abortUnfinished(_ files: [StoredRunFile]) async throws {
        let keys = Set(paths(of: files).compactMap { try? StorageKey($0) })
        try await storage.abortUnfinished(prefix: run.folderPrefix, of: keys)
    }

    /// Everything that the run publishes.
    private func paths(of files: [StoredRunFile]) -> [String] {
        files.map { run.layout.path(of: $0.name) } + [run.manifestPath]
    }

    /// Writes the manifest, unless the execution that wrote it was interrupted right after.
    private func publishManifest(of files: [StoredRunFile], _ progress: RunProgress) async throws {
        guard run.includesManifest else { return }
        let manifest = Manifest(
            run: run.id, scheduledTime: Date(seconds: run.scheduledTime), folder: run.layout.folder,
            files: files.map { (name: $0.name, bytes: $0.bytes ?? 0) })
        let key = try StorageKey(run.manifestPath)
        let bytes = Array(manifest.json.utf8)
        try await patience.run(onFailure: progress.noteFailedAttempt) {
            if run.mayHaveBegun, try await isThere(bytes, at: key) { return }
            try await storage.put(bytes: bytes, at: key)
        }
    }

    private func isThere(_ bytes: [UInt8], at key: StorageKey) async throws -> Bool {
        do {
            return try await storage.bytes(of: key) == bytes
        } catch StorageError.notFound {
            return false
        }
    }

    private func notes(on files: [StoredRunFile]) -> [FlowRunError] {
        let skipped = files.reduce(0) { $0 + ($1.skippedRecords ?? 0) }
        guard skipped > 0, let first = files.lazy.compactMap(\.firstMalformed).first else { return [] }
        return [PlatformError.skippedNote(count: skipped, first: first)]
    }
}

extension RunExecution {
    /// Ends a run that nobody will go on with: it has failed, and nothing of it is published.
    func abandon(because reason: PlatformError) async throws {
        let files = try await lake.store.read(Text("look up the run's files")) { db in
            try StoredRunFile.filter(Column("runID") == run.id).fetchAll(db)
        }
        let remaining = await removePublished(files)
        try await journal.fail([reason.runError] + remaining, figures: RunFigures())
    }

    /// Removes whatever the run has published, and says what could not be removed.
    ///
    /// Where only some files of a run were written again, the others are as good as they were.
    private func removePublished(_ files: [StoredRunFile]) async -> [FlowRunError] {
        try? await abortUnfinished(files)
        if run.keepsPublished { return [] }
        var errors: [FlowRunError] = []
        for path in paths(of: files) {
            do {
                try await storage.delete(try StorageKey(path))
            } catch StorageError.notFound {
                continue
            } catch {
                // A storage that takes nothing does not delete either, but then there is nothing.
                if await exists(path) {
                    errors.append(PlatformError.notCleanedUp(path: path, reason: .of(error)).runError)
                }
            }
        }
        return errors
    }

    private func exists(_ path: String) async -> Bool {
        guard let key = try? StorageKey(path) else { return false }
        return (try? await storage.stat(key)) != nil
    }

    /// Whether an error leaves the run undecided.
    static func interrupts(_ error: any Error) -> Bool {
        switch error {
        case VaultError.secretDamaged: false
        // Somebody has to unlock the vault; the run waits for that.
        case is VaultError: true
        case is CancellationError, PlatformError.leaseLost, PlatformError.database,
            PlatformError.databaseDamaged, PlatformError.homeFull:
            true
        default: false
        }
    }

    /// An error in the platform's words, with files called as they were when they were added.
    private static func reason(
        _ error: any Error, files: [StoredRunFile], lake: Lake
    ) -> PlatformError {
        let name = { (path: String) in
            files.first { lake.files.path(of: $0.source) == path }?.sourceName ?? path
        }
        return switch error {
        case let error as PlatformError:
            error
        case RecordsError.malformedLine(let line, let count):
            .malformedRecords(
                count: count, isWhole: false, records: nil,
                first: MalformedRecord(file: name(line.file), line: line.line, reason: line.fault.text))
        case RecordsError.unreadable(let file, let code):
            .sourceUnreadable(name: name(file), reason: .verbatim(SystemFailure(code: code).reason))
        case RecordsError.notAFile(let file):
            .sourceUnreadable(name: name(file), reason: Text("it is not a file"))
        case RecordsError.damagedGzip(let file, let fault):
            .sourceUnreadable(name: name(file), reason: fault.text)
        case let error as ParquetError where error.file != nil:
            .sourceUnreadable(name: name(error.file ?? ""), reason: error.reason)
        default:
            .failed(reason: .of(error))
        }
    }
}
