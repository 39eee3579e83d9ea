import ExportDomain
import Foundation
import ObjectStorage
import Testing

@testable import EmbeddedPlatform

@Suite("What an incremental export holds")
struct IncrementTests {
    private func addBatch(_ test: TestPlatform, to dataset: Dataset, _ name: String) async throws -> Int64 {
        let path = try test.folder.write(TestPlatform.lines(file: 9, records: 2), to: "\(name).ndjson")
        return try await test.platform.lake.add(paths: [path], into: dataset.id).batch.id
    }

    private func batches(_ test: TestPlatform, _ run: FlowRun) async throws -> [Int64] {
        try await test.platform.history(of: run.id).batches.map(\.id)
    }

    private func batches(_ test: TestPlatform, of dataset: Dataset) async throws -> [Int64] {
        try await test.platform.lake.show(dataset.id).batches.map(\.id)
    }

    @Test(
        "Everything first, then what arrived since the last success; a failed run's batches are in the next")
    func isExact() async throws {
        let storage = UnreliableStorage(failures: 0)
        let away = UnreliableStorage(failures: 1)
        let test = try TestPlatform(storage: { _ in storage })
        let orders = try await test.addDataset("Orders").dataset
        let first = try await batches(test, of: orders)
        let flow = try await test.addFlow([orders], schedule: test.daily)
        let backfill = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(try await batches(test, backfill) == first)

        let second = try await addBatch(test, to: orders, "second")
        test.clock.now += 86_400
        let failing = try TestPlatform(
            folder: test.folder, clock: test.clock, storage: { _ in away }, patience: .oneAttempt)
        let failed = try #require(try await failing.platform.runDue(flow: flow.id).first)
        #expect(failed.status == .failed)
        #expect(try await batches(test, failed) == [second])

        let third = try await addBatch(test, to: orders, "third")
        test.clock.now += 86_400
        let next = try await test.platform.runDue(flow: flow.id)
        // The retry comes before what is new, so that every batch is in one run.
        #expect(next.map(\.id).first == failed.id)
        #expect(next.map(\.status) == [.success, .success])
        #expect(try await batches(test, next[0]) == [second])
        #expect(try await batches(test, next[1]) == [third])
        test.clock.now += 86_400
        let empty = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(try await batches(test, empty) == [])
    }

    @Test("A batch that arrives while a run goes on belongs to the next")
    func arrivesInMidRun() async throws {
        let folder = try TemporaryFolder()
        let stalling = StallingStorage(landingZoneOf: folder)
        let test = try TestPlatform(folder: folder, storage: { _ in stalling })
        let orders = try await test.addDataset("Orders").dataset
        let before = try await batches(test, of: orders)
        let flow = try await test.addFlow([orders], schedule: test.daily)
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled })
        let late = try await addBatch(test, to: orders, "late")
        running.cancel()
        _ = await running.result
        let resumed = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(resumed.status == .success)
        #expect(try await batches(test, resumed) == before)
        test.clock.now += 86_400
        let next = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(try await batches(test, next) == [late])
    }

    @Test("A dataset that is added to a flow is backfilled alone")
    func backfillsAlone() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let events = try await test.addDataset("Events").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        _ = try await test.platform.runDue(flow: flow.id)
        let details = try await test.platform.details(of: flow)
        _ = try await test.platform.editFlow(
            details, FlowEdit(datasets: [orders.reference, events.reference]))
        test.clock.now += 86_400
        let runs = try await test.platform.runDue(flow: flow.id)
        let held = try await [batches(test, runs[0]), batches(test, runs[1])]
        #expect(runs.map(\.datasetID) == [orders.id, events.id])
        #expect(held == [[], try await batches(test, of: events)])
    }

    @Test("A batch that replaces another is exported as a new one; one that was removed is exported no more")
    func replacesAndRemoves() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        let first = try #require(try await test.platform.runDue(flow: flow.id).first)
        let old = try #require(try await batches(test, first).first)
        let files = test.published
        let path = try test.folder.write(TestPlatform.lines(file: 7, records: 1), to: "mended.ndjson")
        let new = try await test.platform.lake.add(paths: [path], into: orders.id, replacing: old).batch.id
        #expect(try await batches(test, of: orders) == [new])
        // What was exported stays, and the record says what it was of.
        #expect(test.published == files)
        #expect(try await test.platform.history(of: first.id).batches.map(\.arrivedAt) == [nil])
        #expect(test.folder.files(below: "home/lake").count == 1)

        let dropped = try await addBatch(test, to: orders, "dropped")
        try await test.platform.lake.remove(batch: dropped, of: orders.id)
        test.clock.now += 86_400
        let second = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(try await batches(test, second) == [new])
        #expect(second.metrics.outputRecords == 1)
        await #expect(throws: PlatformError.noBatch(id: dropped, dataset: "Orders")) {
            try await test.platform.lake.remove(batch: dropped, of: orders.id)
        }
        let waiting = try await test.platform.exportNow([orders.id], of: flow.id)
        let third = try await addBatch(test, to: orders, "third")
        try await test.platform.lake.remove(batch: third, of: orders.id)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.id) == waiting)
    }

    @Test("A batch that a run is to export cannot be taken away under it")
    func keepsWhatIsBeingExported() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        let run = try #require(try await test.platform.exportNow([orders.id], of: flow.id).first)
        let batch = try #require(try await batches(test, of: orders).first)
        await #expect(throws: PlatformError.batchInUse(id: batch, runs: [run])) {
            try await test.platform.lake.remove(batch: batch, of: orders.id)
        }
        await #expect(throws: PlatformError.batchInUse(id: batch, runs: [run])) {
            try await test.platform.lake.add(
                paths: [test.folder.path + "/Orders/data-0.ndjson"], into: orders.id, replacing: batch)
        }
        #expect(try await batches(test, of: orders) == [batch])
    }
}
