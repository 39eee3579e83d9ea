import ExportDomain
import Foundation
import GRDB
import Languages
import TestFiles
import Testing

@testable import EmbeddedPlatform

@Suite("The lease of a flow")
struct LeaseTests {
    private let test: TestPlatform

    init() throws { test = try TestPlatform() }

    private func acquire(_ flow: Flow) async throws -> Lease? {
        try await Lease.acquire(flow.id, store: test.platform.store, clocks: test.platform.clocks)
    }

    private func flow() async throws -> Flow {
        try await test.addFlow([try await test.addDataset("Orders").dataset])
    }

    private func isHeld(_ lease: Lease) async throws -> Bool {
        do {
            try await test.platform.store.read(Text("check")) { try lease.check($0) }
            return true
        } catch PlatformError.leaseLost {
            return false
        }
    }

    @Test("One at a time has it, until it is given up")
    func isExclusive() async throws {
        let flow = try await flow()
        let first = try #require(try await acquire(flow))
        #expect(try await acquire(flow) == nil)
        await first.release()
        #expect(try await acquire(flow) != nil)
        #expect(try await isHeld(first) == false)
    }

    @Test("A holder that is not heard of loses it, and notices")
    func expires() async throws {
        let flow = try await flow()
        let first = try #require(try await acquire(flow))
        test.clock.now += 30
        #expect(try await acquire(flow) == nil)
        test.clock.now += 1
        let second = try #require(try await acquire(flow))
        #expect(try await isHeld(first) == false)
        await first.release()
        #expect(try await isHeld(second))
    }

    @Test("The lease of a process that has ended is free at once")
    func isFreedByDeath() async throws {
        let process = try ChildProcess(["true"])
        process.wait()
        let current = ProcessIdentity.current
        let dead = "\(current.host) \(current.boot) \(process.id) 1 x"
        let now = Clocks.Instant(now: .distantPast, uptime: 0)
        let lease = { (holder: String) in StoredLease(flowID: "f", holder: holder, instant: now) }
        #expect(lease(dead).isFree(at: now))
        #expect(!lease("\(current.text) x").isFree(at: now))
        #expect(lease("\(current.host) \(current.boot) \(current.id) 1 x").isFree(at: now))
        #expect(!lease("elsewhere \(current.boot) 1 1 x").isFree(at: now))
        #expect(lease("nonsense").isFree(at: now))
    }

    @Test("A clock that is put forward or back makes no holder on the same machine look silent, or heard of")
    func outlastsClockSteps() async throws {
        let flow = try await flow()
        let first = try #require(try await acquire(flow))
        test.clock.step(by: 3_600)
        #expect(try await acquire(flow) == nil)
        test.clock.step(by: -7_200)
        #expect(try await acquire(flow) == nil)
        #expect(try await isHeld(first))
        test.clock.now += 31
        #expect(try await acquire(flow) != nil)
    }

    @Test("A holder on another machine, or before a restart, is judged by the time of day")
    func judgesStrangersByTheTimeOfDay() {
        let current = ProcessIdentity.current
        let then = Clocks.Instant(now: Date(seconds: 1_000), uptime: 5_000_000)
        let elsewhere = StoredLease(flowID: "f", holder: "elsewhere other-boot 1 1 x", instant: then)
        #expect(!elsewhere.isFree(at: Clocks.Instant(now: Date(seconds: 1_030), uptime: 1)))
        #expect(elsewhere.isFree(at: Clocks.Instant(now: Date(seconds: 1_031), uptime: 1)))
        var old = StoredLease(flowID: "f", holder: "\(current.text) x", instant: then)
        old.heartbeatUptime = nil
        #expect(old.isFree(at: Clocks.Instant(now: Date(seconds: 1_031), uptime: 5_000_000)))
    }

    @Test("Who makes the runs of a flow is told, with how long it has been silent, and that nobody does")
    func isTold() async throws {
        let flow = try await flow()
        let id = flow.id
        #expect(try await test.platform.unfinishedRuns(of: id) == .none)
        let lease = try #require(try await acquire(flow))
        test.clock.now += 12
        let current = ProcessIdentity.current
        let maker = EmbeddedPlatform.RunMaker(
            host: current.host, process: current.id, silence: .seconds(12))
        #expect(try await test.platform.unfinishedRuns(of: id) == .madeBy(maker))
        await lease.release()
        let dataset = try #require(try await test.platform.allExportableDatasets().first)
        let runs = try await test.platform.exportNow([dataset.id], of: id)
        guard case .left(let left) = try await test.platform.unfinishedRuns(of: id) else {
            Issue.record("Nobody makes the run")
            return
        }
        #expect(left.map(\.id) == runs)
    }

    @Test("A flow whose holder died is run by the next who asks")
    func isTakenOver() async throws {
        let flow = try await flow()
        let current = ProcessIdentity.current
        let instant = test.platform.clocks.instant
        try await test.platform.store.write(Text("hold the flow")) { db in
            try StoredLease(
                flowID: flow.id, holder: "\(current.host) \(current.boot) \(current.id) 1 x", instant: instant
            ).insert(db)
        }
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.success])
    }
}
