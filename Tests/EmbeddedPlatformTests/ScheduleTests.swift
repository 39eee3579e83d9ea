import ExportDomain
import Foundation
import Testing

@testable import EmbeddedPlatform

@Suite("A flow that runs again and again")
struct ScheduleTests {
    private static let day = 86_400.0
    private let test: TestPlatform

    init() throws { test = try TestPlatform() }

    private func addBatch(_ text: String, to dataset: Dataset) async throws {
        let path = try test.folder.write(text, to: "\(UUID().uuidString).json")
        try await test.platform.lake.add(paths: [path], into: dataset.id)
    }

    @Test("The first run exports everything, each later one only what arrived since")
    func isIncremental() async throws {
        let orders = try await test.addDataset("Orders", files: 2, records: 3).dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        let first = try await test.platform.runDue(flow: flow.id)
        #expect(first.map(\.metrics.outputRecords) == [6])

        test.clock.now += Self.day
        try await addBatch("{\"new\":1}\n", to: orders)
        let second = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(second.metrics.outputRecords == 1)
        let file = try #require(try await test.platform.exportedFiles(of: second).first)
        #expect(file.path.contains("exportTime=202601160600"))
        #expect(try output(of: "gzip", "-dc", test.localPath(of: file.path)) == "{\"new\":1}\n")

        test.clock.now += Self.day
        let third = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(third.status == .success && third.metrics.outputFiles == 0)
        #expect(try await test.platform.verification(of: third).findings.isEmpty)
        #expect(try await test.platform.allRuns(of: flow.id).map(\.id) == [third.id, second.id, first[0].id])
    }

    @Test("What a failed run should have exported is exported by the next")
    func catchesUpFailures() async throws {
        let orders = try await test.addDataset("Orders", files: 1, records: 3).dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        let obstacle = try test.folder.write("in the way", to: "home/landing-zone/backups")
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.failed])
        try FileManager.default.removeItem(atPath: obstacle)
        #expect(try await test.platform.runDue(flow: flow.id).isEmpty)
        test.clock.now += Self.day
        #expect(try await test.platform.runDue(flow: flow.id).map(\.metrics.outputRecords) == [3])
    }

    @Test("Occurrences that were missed are caught up by one run")
    func catchesUpMissedOccurrences() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        test.clock.now += 3.5 * Self.day
        let runs = try await test.platform.runDue()
        #expect(runs.map(\.scheduledTime?.rfc3339) == ["2026-01-18T06:00:00Z"])
        #expect(try await test.platform.runDue().isEmpty)
        #expect(try await test.platform.allRuns(of: flow.id).count == 1)
    }

    @Test("A start in the future is not due before it comes")
    func waitsForItsStart() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let start = test.clock.now + 3_600
        let flow = try await test.addFlow(
            [orders], schedule: Schedule(mode: .full, frequency: .once, start: start))
        #expect(try await test.platform.runDue(flow: flow.id).isEmpty)
        test.clock.now = start
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.success])
        test.clock.now += 10 * Self.day
        #expect(try await test.platform.runDue(flow: flow.id).isEmpty)
    }

    @Test("A paused flow is not due, and catches up when it is resumed")
    func canBePaused() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        try await test.platform.perform(.disable, on: flow.id)
        #expect(try await test.platform.runDue().isEmpty)
        try await test.platform.perform(.enable, on: flow.id)
        #expect(try await test.platform.runDue().map(\.status) == [.success])
    }

    @Test("Two programs on one home run what is due once")
    func runsOnceForTwoPrograms() async throws {
        let orders = try await test.addDataset("Orders", files: 4, records: 100).dataset
        let flow = try await test.addFlow([orders])
        let other = try TestPlatform(folder: test.folder, clock: test.clock)
        let both = try await withThrowingTaskGroup(of: [FlowRun].self) { group in
            for platform in [test.platform, other.platform, test.platform] {
                group.addTask { try await platform.runDue(flow: flow.id) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let run = try #require(try await test.platform.allRuns(of: flow.id).first)
        #expect(try await test.platform.allRuns(of: flow.id).count == 1)
        #expect(run.status == .success)
        #expect(Set(both) == [run])
        #expect(test.published.count == 5)
    }

    @Test("An unknown flow is refused")
    func refusesUnknownFlow() async throws {
        await #expect(throws: FlowServiceError.notFound(what: "flow", id: "x")) {
            try await test.platform.runDue(flow: "x")
        }
    }
}
