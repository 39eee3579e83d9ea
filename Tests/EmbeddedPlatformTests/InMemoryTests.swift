// A platform without a home folder: what it can do, and that it leaves nothing on the disk.
import ExportDomain
import Foundation
import ObjectStorage
import Secrets
import Testing

@testable import EmbeddedPlatform

@Suite("A platform in memory")
struct InMemoryTests {
    private let test: TestPlatform

    init() throws { test = try TestPlatform(inMemory: TestClock()) }

    private var account: BaseConnection.Draft {
        BaseConnection.Draft(
            name: "Amazon",
            authentication: BaseConnection.Authentication(
                specName: "Access Key",
                answers: [
                    "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"),
                    "s3SecretKey": .secret(Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")),
                ]))
    }

    private func spec(_ name: String) async throws -> ConnectionSpec {
        try #require(try await test.platform.connectionSpecs().first { $0.name == name })
    }

    @Test("What it exports can be verified, and nothing but the data that was given lies on the disk")
    func exports() async throws {
        let orders = try await test.addDataset("Orders", files: 2, records: 3)
        let given = test.folder.files()
        let flow = try await test.addFlow([orders.dataset])
        let runs = try await test.platform.runDue()
        #expect(runs.count == 1)
        let run = try #require(try await test.platform.allRuns(of: flow.id).first)
        #expect(run.status == .success && run.metrics.outputRecords == 6, "\(run.metrics.errors)")
        let verification = try await test.platform.verification(of: run, depth: .contents)
        #expect(verification.findings.isEmpty, "\(verification.findings)")
        #expect(verification.files.count == 3)
        #expect(test.folder.files() == given)
    }

    @Test("A folder that is given for the landing zone receives the files")
    func landingZone() async throws {
        var configuration = TestPlatform.configuration(test.clock)
        configuration.landingZone = test.folder.path + "/landing-zone"
        try FileManager.default.createDirectory(
            atPath: test.folder.path + "/landing-zone", withIntermediateDirectories: true)
        let platform = try EmbeddedPlatform(inMemory: configuration)
        let file = try test.folder.write(TestPlatform.lines(file: 0, records: 3), to: "orders.ndjson")
        let orders = try await platform.lake.add(name: "Orders", paths: [file]).dataset
        let destination = try await platform.createDestination(
            ExportPlan.Destination(
                name: "Out", spec: "Data Landing Zone",
                parameters: ["path": "out", "datasetFileType": "JSON", "compression": "GZIP"]),
            specs: try await platform.connectionSpecs())
        _ = try await platform.createFlow(
            from: ExportPlan(
                name: "Once", datasets: ["Orders"], destination: ExportPlan.Destination(name: "Out"),
                schedule: Schedule(mode: .full, frequency: .once, start: test.clock.now)),
            datasets: [orders], destination: destination, specs: try await platform.connectionSpecs())
        _ = try await platform.runDue()
        let published = test.folder.files(below: "landing-zone")
        #expect(published.count == 1 && published[0].hasPrefix("out/\(orders.id)/"), "\(published)")
    }

    @Test("Its lake reads files where they are, says so when one is gone, and removes none")
    func lakeInPlace() async throws {
        let orders = try await test.addDataset("Orders", files: 2)
        let events = try await test.addDataset("Events", files: 1)
        try await test.platform.lake.remove(orders.dataset.id)
        #expect(orders.paths.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        #expect(try await test.platform.lake.list() == [events.dataset])
        try FileManager.default.removeItem(atPath: events.paths[0])
        let flow = try await test.addFlow([events.dataset])
        _ = try await test.platform.runDue()
        let run = try #require(try await test.platform.allRuns(of: flow.id).first)
        #expect(run.status == .failed)
        #expect(run.metrics.errors.contains { $0.message.contains("data-0.ndjson") }, "\(run.metrics.errors)")
    }

    @Test("The same file, added twice, counts and is exported twice")
    func sameFileTwice() async throws {
        let orders = try await test.addDataset("Orders", files: 1, records: 3)
        _ = try await test.platform.lake.add(paths: orders.paths, into: orders.dataset.id)
        let flow = try await test.addFlow([orders.dataset])
        _ = try await test.platform.runDue()
        let run = try #require(try await test.platform.allRuns(of: flow.id).first)
        #expect(run.status == .success && run.metrics.outputRecords == 6 && run.metrics.outputFiles == 2)
    }

    @Test(
        "Its secrets are sealed all the same: with a key in memory, or a passphrase, each changed for the other"
    )
    func vault() async throws {
        let platform = test.platform
        #expect(try await platform.vault.state() == .empty)
        let made = try await platform.createConnection(account, spec: try await spec("Amazon S3").id)
        #expect(try await platform.vault.state() == .keyInMemory)
        let secret = {
            try await platform.vault.secrets(of: made.id, named: "Amazon")["s3SecretKey"]?.reveal()
        }
        #expect(try await secret() == "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        #expect(try await platform.vault.rotate(to: .passphrase(Secret("correct horse"))) == 1)
        #expect(try await platform.vault.state() == .passphrase(isUnlocked: true))
        #expect(try await platform.vault.rotate(to: .keyFile) == 1)
        #expect(try await platform.vault.state() == .keyInMemory)
        #expect(try await secret() == "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        #expect(try await platform.vault.reset() == 1)
        #expect(try await secret() == nil)
    }

    @Test("Two have nothing in common")
    func apart() async throws {
        let other = try TestPlatform(inMemory: test.clock)
        _ = try await test.addDataset("Orders")
        _ = try await test.addDestination()
        #expect(try await other.platform.lake.list().isEmpty)
        #expect(try await other.platform.allTargetConnections().isEmpty)
        _ = try await other.addDataset("Orders")
    }
}
