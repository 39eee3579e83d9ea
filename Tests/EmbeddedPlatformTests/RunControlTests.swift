import ExportDomain
import Foundation
import GRDB
import Languages
import ObjectStorage
import Records
import Testing

@testable import EmbeddedPlatform

@Suite("Runs made again, ended, and mended")
struct RunControlTests {
    private func onlyRun(_ test: TestPlatform, _ flow: Flow) async throws -> FlowRun {
        try #require(try await test.platform.allRuns(of: flow.id).first)
    }

    // MARK: By themselves

    @Test(
        "A run that failed for what passes is made again after a while, under the same names, with a record")
    func retriesByItself() async throws {
        let storage = UnreliableStorage(failures: 1)
        let test = try TestPlatform(storage: { _ in storage }, patience: .oneAttempt)
        let flow = try await test.addFlow([try await test.addDataset("Orders", files: 1).dataset])
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.failed])
        let failed = try await onlyRun(test, flow)
        let history = try await test.platform.history(of: failed.id)
        #expect(history.nextAttempt == test.clock.now.addingTimeInterval(300))
        #expect(try await test.platform.runner.nextOccurrence() == history.nextAttempt)

        test.clock.now += 299
        #expect(try await test.platform.runDue(flow: flow.id).isEmpty)
        test.clock.now += 1
        let again = try await test.platform.runDue(flow: flow.id)
        #expect(again.map(\.status) == [.success])
        #expect(again.map(\.id) == [failed.id])
        let after = try await test.platform.history(of: failed.id)
        #expect(after.nextAttempt == nil)
        #expect(after.attempts.map(\.number) == [1])
        #expect(after.attempts.map(\.errors) == [failed.metrics.errors])
        #expect(again.first?.metrics.errors == [])
    }

    @Test("After five attempts within hours it stays as it is; what a person has to mend is not tried again")
    func retriesHaveALimit() async throws {
        let away = UnreliableStorage(failures: 1_000)
        let test = try TestPlatform(storage: { _ in away }, patience: .oneAttempt)
        let flow = try await test.addFlow([try await test.addDataset("Orders", files: 1).dataset])
        var attempts = 0
        for _ in 0..<200 {
            attempts += try await test.platform.runDue(flow: flow.id).count
            test.clock.now += 300
        }
        #expect(attempts == 5)
        let run = try await onlyRun(test, flow)
        #expect(run.status == .failed)
        #expect(try await test.platform.history(of: run.id).attempts.map(\.number) == [1, 2, 3, 4])
        #expect(try await test.platform.runner.nextOccurrence() == nil)

        let denied = StorageError.denied(
            StorageFailure(action: .put, location: "memory", key: nil, reason: .interrupted(Text("no"))))
        #expect(RunRetries.wait(after: denied, attempt: 1) == nil)
        #expect(RunRetries.wait(after: PlatformError.cancelled, attempt: 1) == nil)
        #expect(RunRetries.wait(after: UnreliableStorage.cut, attempt: 1) == 300)
    }

    @Test("What the next occurrence has exported is not exported again by a run that failed before it")
    func retryIsOvertaken() async throws {
        let storage = UnreliableStorage(failures: 1)
        let test = try TestPlatform(storage: { _ in storage }, patience: .oneAttempt)
        let orders = try await test.addDataset("Orders", files: 1)
        let flow = try await test.addFlow([orders.dataset], schedule: test.daily)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.failed])
        let failed = try await onlyRun(test, flow)
        // Asked for by a person before the time of the retry.
        let now = try await test.platform.exportNow([orders.dataset.id], of: flow.id)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.id) == now)
        #expect(try await test.platform.history(of: failed.id).nextAttempt == nil)
        let error = await #expect(throws: FlowServiceError.self) {
            try await test.platform.retry(failed.id)
        }
        #expect(error?.description.contains("is in the run “\(now.first?.rawValue ?? "")”") == true)
        test.clock.now += 3_600
        #expect(try await test.platform.runDue(flow: flow.id).isEmpty)
        #expect(try await test.platform.history(of: now.first ?? "").batches.map(\.records) == [3])
    }

    // MARK: By a person

    @Test("Only a run that failed is made again by a person, and only while its flow goes on")
    func retriesWhatFailed() async throws {
        let storage = UnreliableStorage(failures: 1)
        let test = try TestPlatform(storage: { _ in storage }, patience: .oneAttempt)
        let flow = try await test.addFlow([try await test.addDataset("Orders", files: 1).dataset])
        _ = try await test.platform.runDue(flow: flow.id)
        let run = try await onlyRun(test, flow)
        try await test.platform.perform(.disable, on: flow.id)
        await #expect(
            throws: FlowServiceError.wrongState(what: "flow", id: flow.id.rawValue, state: "disabled")
        ) { try await test.platform.retry(run.id) }
        try await test.platform.perform(.enable, on: flow.id)
        try await test.platform.retry(run.id)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.success])
        await #expect(
            throws: FlowServiceError.wrongState(what: "run", id: run.id.rawValue, state: "success")
        ) { try await test.platform.retry(run.id) }
        await #expect(throws: FlowServiceError.notFound(what: "run", id: "x")) {
            try await test.platform.retry("x")
        }
    }

    @Test("A run that is cancelled under way, by another process too, ends with nothing of it published")
    func cancelsUnderWay() async throws {
        let folder = try TemporaryFolder()
        let stalling = StallingStorage(landingZoneOf: folder)
        let test = try TestPlatform(folder: folder, storage: { _ in stalling })
        let flow = try await test.addFlow([try await test.addDataset("Orders").dataset])
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled })
        let run = try await onlyRun(test, flow)
        let other = try TestPlatform(folder: folder, clock: test.clock)
        try await other.platform.cancel(run.id)
        #expect(try await running.value.map(\.status) == [.failed])
        #expect(test.published.isEmpty)
        let ended = try await onlyRun(test, flow)
        #expect(ended.metrics.errors.map(\.code) == ["SLUICE-1004-409"])
        #expect(try await test.platform.history(of: run.id).nextAttempt == nil)
        await #expect(
            throws: FlowServiceError.wrongState(what: "run", id: run.id.rawValue, state: "failed")
        ) { try await other.platform.cancel(run.id) }
        // It can be made again, whole.
        try await test.platform.retry(run.id)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.success])
        #expect(test.published.count == 3)
    }

    @Test("A run that waits, or that a killed process has left, is cancelled at once and cleaned up")
    func cancelsWhatNobodyMakes() async throws {
        let folder = try TemporaryFolder()
        let stalling = StallingStorage(landingZoneOf: folder)
        let test = try TestPlatform(folder: folder, storage: { _ in stalling })
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders])
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled })
        running.cancel()
        _ = await running.result
        #expect(!test.published.isEmpty)
        let run = try await onlyRun(test, flow)
        try await test.platform.cancel(run.id)
        #expect(test.published.isEmpty)
        #expect(try await onlyRun(test, flow).status == .failed)

        let waiting = try #require(try await test.platform.exportNow([orders.id], of: flow.id).first)
        try await test.platform.cancel(waiting)
        #expect(try await test.platform.run(waiting).status == .failed)
        #expect(try await test.platform.runDue(flow: flow.id).isEmpty)
    }

    @Test("A run that waits behind a long one is cancelled while that goes on, and is not made afterwards")
    func cancelsBehindAnother() async throws {
        let folder = try TemporaryFolder()
        let stalling = StallingStorage(landingZoneOf: folder, stallingAt: 0)
        let test = try TestPlatform(folder: folder, storage: { _ in stalling })
        let flow = try await test.addFlow([
            try await test.addDataset("Orders").dataset, try await test.addDataset("Events").dataset,
        ])
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled })
        let runs = try await test.platform.allRuns(of: flow.id)
        let long = try #require(runs.first { $0.status == .processing })
        let waiting = try #require(runs.first { $0.status == .waiting })
        let other = try TestPlatform(folder: folder, clock: test.clock)
        try await other.platform.cancel(waiting.id)
        let ended = try await other.platform.run(waiting.id)
        #expect(ended.status == .failed && ended.metrics.errors.map(\.code) == ["SLUICE-1004-409"])
        #expect(try await other.platform.run(long.id).status == .processing)
        try await other.platform.cancel(long.id)
        #expect(try await running.value.map(\.status) == [.failed, .failed])
        #expect(test.published.isEmpty)
        #expect(try await other.platform.run(waiting.id) == ended)
    }

    // MARK: Files

    @Test("Files that are no longer what was exported are written again, and the others are not touched")
    func exportsAgain() async throws {
        let test = try TestPlatform()
        let flow = try await test.addFlow([try await test.addDataset("Orders", files: 3).dataset])
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        let files = try await test.platform.exportedFiles(of: run)
        let before = try files.map { try Data(contentsOf: URL(filePath: test.localPath(of: $0.path))) }
        try FileManager.default.removeItem(atPath: test.localPath(of: files[0].path))
        try Data("damage".utf8).write(to: URL(filePath: test.localPath(of: files[1].path)))
        let manifest = try #require(try await test.platform.manifestPath(of: run))
        try Data("{}".utf8).write(to: URL(filePath: test.localPath(of: manifest)))
        let untouched = try Self.inode(test.localPath(of: files[2].path))

        let differing = try await test.platform.verification(of: run).filesToExportAgain
        // As people write paths of a landing zone.
        #expect(Set(differing) == ["/" + files[0].path, "/" + files[1].path, "/" + manifest])
        try await test.platform.exportAgain(differing, of: run.id)
        let again = try await test.platform.runDue(flow: flow.id)
        #expect(again.map(\.status) == [.success])
        #expect(try await test.platform.verification(of: run, depth: .contents).findings.isEmpty)
        let after = try files.map { try Data(contentsOf: URL(filePath: test.localPath(of: $0.path))) }
        #expect(after == before)
        #expect(try Self.inode(test.localPath(of: files[2].path)) == untouched)
        #expect(again.first?.metrics.outputFiles == 3)
        #expect(try await test.platform.history(of: run.id).attempts.map(\.status) == [.success])
    }

    @Test("Where writing again fails, the files that were good stay, and it can be tried again")
    func keepsWhatIsGood() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders")
        let flow = try await test.addFlow([orders.dataset])
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        let files = try await test.platform.exportedFiles(of: run)
        try FileManager.default.removeItem(atPath: test.localPath(of: files[0].path))
        // The lake's own file is gone for a while.
        let lake = test.folder.path + "/home/lake"
        try FileManager.default.moveItem(atPath: lake, toPath: lake + "-away")
        try await test.platform.exportAgain([files[0].path], of: run.id)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.failed])
        #expect(test.published.contains(files[1].path))
        let failed = try await test.platform.run(run.id)
        #expect(try await test.platform.verification(of: failed).findings.map(\.kind) == ["missing"])
        try FileManager.default.moveItem(atPath: lake + "-away", toPath: lake)
        try await test.platform.retry(run.id)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.success])
        let mended = try await test.platform.run(run.id)
        #expect(try await test.platform.verification(of: mended, depth: .contents).findings.isEmpty)
    }

    @Test("Only what a run has written is written again, and only when it is over")
    func refusesStrangers() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders])
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        await #expect(throws: FlowServiceError.self) {
            try await test.platform.exportAgain(["backups/other"], of: run.id)
        }
        let waiting = try #require(try await test.platform.exportNow([orders.id], of: flow.id).first)
        await #expect(
            throws: FlowServiceError.wrongState(what: "run", id: waiting.rawValue, state: "waiting")
        ) { try await test.platform.exportAgain([], of: waiting) }
    }

    // MARK: All that is due

    @Test(
        "All due flows are run, whatever becomes of one of them, and what another process runs is left to it")
    func runsAllThatIsDue() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let gone = try await test.addDataset("Gone", files: 1)
        let good = try await test.addFlow([orders])
        let bad = try await test.addFlow([gone.dataset], to: try await test.addDestination(path: "bad"))
        let held = try await test.addFlow([orders], to: try await test.addDestination(path: "held"))
        try FileManager.default.removeItem(
            atPath: test.folder.path + "/home/lake/\(gone.dataset.id)")
        let (store, clocks) = (test.platform.store, test.platform.clocks)
        let lease = try #require(try await Lease.acquire(held.id, store: store, clocks: clocks))
        let outcomes = try await test.platform.runDueFlows()
        #expect(outcomes.map(\.flow.id) == [good.id, bad.id, held.id])
        #expect(outcomes.map { $0.runs.map(\.status) } == [[.success], [.failed], []])
        #expect(outcomes.map(\.isElsewhere) == [false, false, true])
        #expect(outcomes.map(\.hasFailed) == [false, true, false])
        await lease.release()
        #expect(try await test.platform.runDueFlows().map(\.flow.id) == [held.id])
        #expect(try await test.platform.runDueFlows().isEmpty)
    }

    private static func inode(_ path: String) throws -> Int {
        try #require(
            try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
    }
}
