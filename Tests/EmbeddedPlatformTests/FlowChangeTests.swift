import ExportDomain
import Foundation
import GRDB
import Languages
import ObjectStorage
import Testing

@testable import EmbeddedPlatform

@Suite("A flow that is changed or removed")
struct FlowChangeTests {
    @Test("In the middle of a run it is not removed; when the run is over it is, and its files stay")
    func staysDuringRun() async throws {
        let folder = try TemporaryFolder()
        let stalling = StallingStorage(landingZoneOf: folder)
        let test = try TestPlatform(folder: folder) { _ in stalling }
        let flow = try await test.addFlow([try await test.addDataset("Orders").dataset])
        let other = try TestPlatform(folder: folder, clock: test.clock)
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled })
        let refusal = FlowServiceError.wrongState(what: "flow", id: flow.id.rawValue, state: "exporting")
        for platform in [test.platform, other.platform] {
            await #expect(throws: refusal) { try await platform.deleteFlow(flow.id) }
        }
        #expect(try await test.platform.flow(flow.id) == flow)
        running.cancel()
        _ = await running.result
        // The run that was interrupted is gone on with by whoever comes next.
        #expect(try await other.platform.runDue(flow: flow.id).map(\.status) == [.success])
        let files = test.published
        #expect(files.count == 3)
        try await other.platform.deleteFlow(flow.id)
        #expect(test.published == files)
        let rows = try await test.platform.store.read(Text("count")) { db in
            try ["flow", "run", "runFile", "runBatch", "flowLease"].map {
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \($0)") ?? -1
            }
        }
        #expect(rows == [0, 0, 0, 0, 0])
    }

    @Test("Of a run that was interrupted nothing stays published when its flow is removed")
    func takesBackHalves() async throws {
        let folder = try TemporaryFolder()
        // The first run puts two files and the manifest; of the second run the second file is never whole.
        let stalling = StallingStorage(landingZoneOf: folder, stallingAt: 4)
        let test = try TestPlatform(folder: folder) { _ in stalling }
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.success])
        let whole = test.published
        #expect(whole.count == 3)
        test.clock.now += 86_400
        let more = try folder.write("{}\n", to: "more.json")
        try await test.platform.lake.add(paths: [more, folder.write("{}\n", to: "b.json")], into: orders.id)
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled && test.published.count > whole.count })
        running.cancel()
        _ = await running.result
        #expect(test.published.count > whole.count)
        try await test.platform.deleteFlow(flow.id)
        #expect(test.published == whole)
        #expect(try await test.platform.allFlows().isEmpty)
    }

    @Test("A run that was planned ends in the folder that it was planned for")
    func keepsPlannedFolders() async throws {
        let folder = try TemporaryFolder()
        let stalling = StallingStorage(landingZoneOf: folder)
        let test = try TestPlatform(folder: folder) { _ in stalling }
        let orders = try await test.addDataset("Orders").dataset
        let events = try await test.addDataset("Events").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled })
        let other = try TestPlatform(folder: folder, clock: test.clock).platform
        let source = try await other.createSourceConnection(
            SourceConnection.Draft(name: "Other", datasets: [events.reference]))
        let change = Flow.Change(
            sourceConnectionID: source.id, folderTemplate: try FolderTemplate("changed/%EXPORT_TIME%"))
        _ = try await other.updateFlow(flow.id, change, etag: flow.revision.etag)
        try await other.deleteSourceConnection(flow.draft.sourceConnectionID)
        running.cancel()
        _ = await running.result
        #expect(try await other.runDue(flow: flow.id).map(\.datasetID) == [orders.id])
        #expect(test.published.allSatisfy { $0.hasPrefix("backups/\(orders.id)/exportTime=202601150600/") })
        test.clock.now += 86_400
        #expect(try await other.runDue(flow: flow.id).map(\.datasetID) == [events.id])
        #expect(test.published.contains { $0.hasPrefix("backups/changed/exportTime=202601160600/") })
    }

    @Test("A program that waits for the runs of a flow ends when another has removed it")
    func waitsForNoneThatIsGone() async throws {
        let test = try TestPlatform()
        let flow = try await test.addFlow([try await test.addDataset("Orders").dataset])
        try await test.platform.deleteFlow(flow.id)
        let (store, clocks) = (test.platform.store, test.platform.clocks)
        #expect(try await Lease.acquire(flow.id, store: store, clocks: clocks) == nil)
        #expect(try await test.platform.runDue().isEmpty)
        await #expect(throws: FlowServiceError.notFound(what: "flow", id: flow.id.rawValue)) {
            try await test.platform.runDue(flow: flow.id)
        }
    }

    @Test("A run that is asked for at the very second of an occurrence counts for both")
    func adoptsRuns() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let events = try await test.addDataset("Events").dataset
        let flow = try await test.addFlow([orders, events], schedule: test.daily)
        let asked = try await test.platform.exportNow([events.id], of: flow.id)
        let runs = try await test.platform.runDue(flow: flow.id)
        #expect(Set(runs.map(\.datasetID)) == [orders.id, events.id] && runs.count == 2)
        #expect(runs.map(\.id).contains(asked[0]))
        #expect(try await test.platform.runDue(flow: flow.id).isEmpty)
    }

    @Test("The scheduler of an open program does an export now at once")
    func wakesScheduler() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let tomorrow = Schedule(mode: .full, frequency: .once, start: test.clock.now + 86_400)
        let flow = try await test.addFlow([orders], schedule: tomorrow)
        let scheduler = Task { await test.platform.keepRunning() }
        let asked = try await test.platform.exportNow([orders.id], of: flow.id)
        #expect(try await until { try await test.platform.run(asked[0]).status == .success })
        scheduler.cancel()
        await scheduler.value
    }
}
