import ExportDomain
import Foundation
import ObjectStorage
import Testing

@testable import EmbeddedPlatform

@Suite("A run that is interrupted")
struct ResumeTests {
    private let folder: TemporaryFolder
    private let clock = TestClock()

    init() throws { folder = try TemporaryFolder() }

    /// Starts a run of three files and interrupts it while put number `number` goes on; the fourth is the
    /// manifest.
    private func interrupted(atPut number: Int) async throws -> (flow: Flow, published: [String]) {
        let stalling = StallingStorage(landingZoneOf: folder, stallingAt: number)
        let test = try TestPlatform(folder: folder, clock: clock) { _ in stalling }
        let orders = try await test.addDataset("Orders", files: 3, records: 20).dataset
        let flow = try await test.addFlow([orders])
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled })
        running.cancel()
        await #expect(throws: FlowServiceError.self) { try await running.value }
        #expect(try await test.platform.allRuns(of: flow.id).map(\.status) == [.processing])
        return (flow, test.published)
    }

    @Test(
        "It goes on in another process: the same names, each record once, the manifest last", arguments: 0...3
    )
    func isResumed(number: Int) async throws {
        let (flow, published) = try await interrupted(atPut: number)
        #expect(published.count == number)
        #expect(!published.contains { $0.contains("manifest") })
        let dates = try published.map { try modified($0) }

        let again = try TestPlatform(folder: folder, clock: clock)
        let runs = try await again.platform.runDue(flow: flow.id)
        #expect(runs.map(\.status) == [.success])
        #expect(runs.map(\.metrics.outputRecords) == [60])
        #expect(runs.map(\.metrics.inputRecords) == [60])
        #expect(again.published.count == 4)
        #expect(Set(published).isSubset(of: again.published))
        #expect(try published.map { try modified($0) } == dates)
        #expect(
            Set(again.published.compactMap { PartFileName(($0 as NSString).lastPathComponent)?.job }).count
                == 1)
        #expect(try await again.platform.verification(of: runs[0]).findings.isEmpty)
        let parts = again.published.filter { $0.hasSuffix(".json.gz") }
        let rows = try parts.map { try output(of: "gzip", "-dc", again.landingZone + "/" + $0) }
        #expect(rows == (0..<3).map { TestPlatform.lines(file: $0, records: 20) })
    }

    @Test("While it goes on its record tells how far it has come, and nothing counts as missing")
    func tellsHowFarItHasCome() async throws {
        let stalling = StallingStorage(landingZoneOf: folder, stallingAt: 2)
        let test = try TestPlatform(folder: folder, clock: clock) { _ in stalling }
        let orders = try await test.addDataset("Orders", files: 3, records: 20).dataset
        let flow = try await test.addFlow([orders])
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(try await until { stalling.isStalled })
        let run = try #require(try await test.platform.allRuns(of: flow.id).first)
        #expect(run.status == .processing)
        #expect(run.metrics.outputFiles == 2 && run.metrics.inputFiles == 3)
        #expect(run.metrics.outputRecords == 40)
        #expect(run.metrics.plannedInputBytes == orders.bytes)
        let verification = try await test.platform.verification(of: run)
        #expect(verification.files.map(\.state) == [.present, .present])
        #expect(verification.findings.isEmpty)
        running.cancel()
        _ = await running.result
    }

    @Test("A file that was finished and then damaged is written again")
    func rewritesDamagedFiles() async throws {
        let (flow, published) = try await interrupted(atPut: 2)
        let path = "\(folder.path)/home/landing-zone/\(published[0])"
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: path))
        let again = try TestPlatform(folder: folder, clock: clock)
        let run = try #require(try await again.platform.runDue(flow: flow.id).first)
        #expect(run.status == .success)
        #expect(try output(of: "gzip", "-dc", path) == TestPlatform.lines(file: 0, records: 20))
        #expect(try await again.platform.verification(of: run).findings.isEmpty)
    }

    @Test("What a killed process has left half written is removed")
    func removesUnfinishedFiles() async throws {
        let (flow, published) = try await interrupted(atPut: 2)
        let name = (published[0] as NSString).lastPathComponent
        let exportFolder = (published[0] as NSString).deletingLastPathComponent
        try folder.write("half", to: "home/landing-zone/\(exportFolder)/.\(name).0123456789abcdef.tmp")
        let again = try TestPlatform(folder: folder, clock: clock)
        #expect(try await again.platform.runDue(flow: flow.id).map(\.status) == [.success])
        #expect(again.published.count == 4)
    }

    @Test("It is gone on with by the scheduler as well")
    func isResumedByTheScheduler() async throws {
        let (flow, _) = try await interrupted(atPut: 1)
        let again = try TestPlatform(folder: folder, clock: clock)
        let scheduler = Task { await again.platform.keepRunning() }
        #expect(try await until { try await again.platform.allRuns(of: flow.id).map(\.status) == [.success] })
        scheduler.cancel()
        await scheduler.value
    }

    private func modified(_ path: String) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: "\(folder.path)/home/landing-zone/\(path)")[
            .modificationDate]
            as? Date
    }
}
