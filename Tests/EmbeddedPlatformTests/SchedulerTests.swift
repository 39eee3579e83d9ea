import ExportDomain
import Foundation
import ObjectStorage
import Testing

@testable import EmbeddedPlatform

@Suite("The scheduler of an open program")
struct SchedulerTests {
    @Test("It runs a flow as soon as it is made, and one that is resumed")
    func isWoken() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let scheduler = Task { await test.platform.keepRunning() }
        let flow = try await test.addFlow([orders], schedule: test.daily)
        #expect(try await until { try await test.platform.allRuns(of: flow.id).map(\.status) == [.success] })
        try await test.platform.perform(.disable, on: flow.id)
        test.clock.now += 86_400
        try await test.platform.perform(.enable, on: flow.id)
        #expect(
            try await until {
                try await test.platform.allRuns(of: flow.id).map(\.status) == [.success, .success]
            })
        scheduler.cancel()
        await scheduler.value
    }

    @Test("It wakes by itself when an occurrence comes")
    func wakesForAnOccurrence() async throws {
        let folder = try TemporaryFolder()
        let home = try Home(path: folder.path + "/home")
        let platform = try EmbeddedPlatform(home: home)
        let path = try folder.write("{}\n", to: "a.json")
        let dataset = try await platform.lake.add(name: "Orders", paths: [path]).dataset
        let scheduler = Task { await platform.keepRunning() }
        let start = Date(seconds: Date().seconds + 2)
        let flow = try await platform.flow(
            for: ExportPlan(
                name: "Soon", datasets: [dataset.name],
                destination: ExportPlan.Destination(
                    name: "Out", spec: "Data Landing Zone",
                    parameters: ["path": "out", "datasetFileType": "JSON", "compression": "GZIP"]),
                schedule: Schedule(mode: .full, frequency: .once, start: start)))
        #expect(try await platform.allRuns(of: flow.id).isEmpty)
        #expect(try await until { try await platform.allRuns(of: flow.id).map(\.status) == [.success] })
        #expect(Date() >= start)
        scheduler.cancel()
        await scheduler.value
    }

    @Test("When it is cancelled in mid-run it ends, and gives the flow free to be resumed")
    func isCancelled() async throws {
        let folder = try TemporaryFolder()
        let stalling = StallingStorage(landingZoneOf: folder)
        let test = try TestPlatform(folder: folder) { _ in stalling }
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders])
        let scheduler = Task { await test.platform.keepRunning() }
        #expect(try await until { stalling.isStalled })
        scheduler.cancel()
        await scheduler.value
        #expect(try await test.platform.allRuns(of: flow.id).map(\.status) == [.processing])
        let (store, clocks) = (test.platform.store, test.platform.clocks)
        #expect(try await Lease.acquire(flow.id, store: store, clocks: clocks) != nil)
        #expect(test.published.count == 1)
    }

    @Test("It runs what another process makes as soon as it is made")
    func hearsOthers() async throws {
        let test = try TestPlatform()
        let other = try TestPlatform(folder: test.folder, clock: test.clock)
        let scheduler = Task { await test.platform.keepRunning() }
        let orders = try await other.addDataset("Orders").dataset
        let flow = try await other.addFlow([orders])
        // Without being told it would look in an hour.
        #expect(try await until { try await other.platform.allRuns(of: flow.id).map(\.status) == [.success] })
        scheduler.cancel()
        await scheduler.value
    }

    @Test("It goes on with what another process has left, though nobody says that it has gone")
    func looksAgain() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders])
        let (store, clocks) = (test.platform.store, test.platform.clocks)
        _ = try #require(try await Lease.acquire(flow.id, store: store, clocks: clocks))
        var longestSleep = LongestSleep(othersAreHeard: true)
        longestSleep.whileSomethingIsLeft = .milliseconds(50)
        let scheduler = Scheduler(
            runner: test.platform.runner, wakeUp: test.platform.wakeUp, longestSleep: longestSleep)
        let task = Task { await scheduler.run() }
        // The holder falls silent.
        test.clock.now += 31
        #expect(try await until { try await test.platform.allRuns(of: flow.id).map(\.status) == [.success] })
        task.cancel()
        await task.value
    }
}
