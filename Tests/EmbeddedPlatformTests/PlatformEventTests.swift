// What a platform tells of what it does.
import ExportDomain
import Foundation
import ObjectStorage
import Testing

@testable import EmbeddedPlatform

@Suite("What an open platform tells")
struct PlatformEventTests {
    private let events = Events()

    /// The words of events, without their facts.
    private var words: [String] {
        events.all.map { event in
            switch event {
            case .schedulerBegan: "scheduler began"
            case .schedulerEnded: "scheduler ended"
            case .runBegan(_, let isResumed): isResumed ? "resumed" : "began"
            case .runTriesAgain: "tries again"
            case .runInterrupted: "interrupted"
            case .runEnded(let run): run.run.status.word
            case .flowNotRun: "not run"
            case .occurrencesMissed: "missed"
            case .endNear: "end near"
            case .flowOver: "over"
            case .notified: "notified"
            }
        }
    }

    @Test("A run is told when it begins and when it is over, once, whoever waits for it")
    func runs() async throws {
        let test = try TestPlatform(observe: events.note)
        let orders = try await test.addDataset("Orders", files: 1, records: 3).dataset
        let flow = try await test.addFlow([orders])
        let other = try TestPlatform(folder: test.folder, clock: test.clock, observe: events.note)
        async let first = test.platform.runDue(flow: flow.id)
        async let second = other.platform.runDue(flow: flow.id)
        _ = try await (first, second)
        #expect(words == ["began", "success"])
        guard case .runEnded(let ended) = events.all.last else { return }
        #expect(ended.flow.name == "Nightly" && ended.dataset.name == "Orders")
        #expect(ended.run.metrics.outputRecords == 3 && ended.folder.hasPrefix("backups/\(orders.id)/"))
    }

    @Test("A stop in the middle is told, and that another goes on")
    func interruption() async throws {
        let folder = try TemporaryFolder()
        let stalling = StallingStorage(landingZoneOf: folder)
        let test = try TestPlatform(folder: folder, storage: { _ in stalling }, observe: events.note)
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders])
        let stopped = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled })
        stopped.cancel()
        _ = await stopped.result
        let next = try TestPlatform(folder: folder, clock: test.clock, observe: events.note)
        _ = try await next.platform.runDue(flow: flow.id)
        #expect(words == ["began", "interrupted", "resumed", "success"])
    }

    @Test("A scheduler tells when it begins and ends, and the end date that is near, once")
    func scheduler() async throws {
        let test = try TestPlatform(observe: events.note)
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        let scheduler = Task { await test.platform.keepRunning() }
        #expect(try await until { words.contains("success") && words.contains("end near") })
        scheduler.cancel()
        await scheduler.value
        #expect(words.first == "scheduler began" && words.last == "scheduler ended")
        #expect(words.sorted() == ["began", "end near", "scheduler began", "scheduler ended", "success"])
        _ = try await test.platform.runDue(flow: flow.id)
        #expect(words.count { $0 == "end near" } == 1)
    }

    @Test("A flow that cannot be run is told once for each reason, and not every minute")
    func notRun() async throws {
        let test = try TestPlatform(
            storage: { _ in MemoryStorage() }, settings: { _ in throw VaultError.locked },
            observe: events.note)
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        let scheduler = Task { await test.platform.keepRunning() }
        #expect(try await until { words.contains("not run") })
        for _ in 0..<3 {
            test.platform.wakeUp.call()
            try await Task.sleep(for: .milliseconds(100))
        }
        scheduler.cancel()
        await scheduler.value
        #expect(words.count { $0 == "not run" } == 1)
        #expect(try await test.platform.allRuns(of: flow.id).map(\.status) == [.waiting])
    }
}
