import ExportDomain
import Foundation
import ObjectStorage
import Secrets
import Testing

@testable import DestinationStorages
@testable import EmbeddedPlatform

@Suite("How long exported files are kept")
struct ExpiryTests {
    private func addContainer(_ test: TestPlatform) async throws -> TargetConnection {
        let url = Secret("https://acme.blob.core.windows.net/zone?sv=2024-11-04&sp=rcwdl&sig=c2ln")
        return try await test.platform.createDestination(
            DestinationDraft(
                name: "Zone", connectionSpecID: DataLandingZone().id,
                account: .new(
                    BaseConnection.Draft(
                        name: "Zone",
                        authentication: BaseConnection.Authentication(
                            specName: "SAS URL", answers: ["sasUri": .secret(url)]))),
                parameters: ["path": "backups", "datasetFileType": "JSON", "compression": "GZIP"]))
    }

    @Test("What lies in a container of a landing zone is deleted seven days after its run has ended")
    func container() async throws {
        let test = try TestPlatform(storage: { _ in MemoryStorage() })
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], to: try await addContainer(test))
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .success, "\(run.metrics.errors)")
        let end = try #require(run.metrics.completedAt)
        #expect(try await test.platform.expiry(of: run) == end.addingTimeInterval(7 * 86_400))
    }

    @Test("What lies in the folder of a landing zone is kept")
    func folder() async throws {
        let test = try TestPlatform()
        let flow = try await test.addFlow([try await test.addDataset("Orders").dataset])
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .success)
        #expect(try await test.platform.expiry(of: run) == nil)
    }
}
