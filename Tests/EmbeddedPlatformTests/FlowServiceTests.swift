import ExportDomain
import Foundation
import Secrets
import Testing

@testable import DestinationStorages
@testable import EmbeddedPlatform

@Suite("The embedded platform as a Flow Service")
struct FlowServiceTests {
    @Test("It offers the six destinations, in JSON and Parquet")
    func offersWhatItCan() async throws {
        let specs = try await TestPlatform().platform.connectionSpecs()
        #expect(
            specs.map(\.name) == [
                "Amazon S3", "Azure Blob Storage", "Azure Data Lake Gen2", "Data Landing Zone",
                "Google Cloud Storage", "SFTP",
            ])
        for spec in specs {
            let fields = spec.targetForm.fields()
            #expect(fields.first { $0.id == "datasetFileType" }?.kind == .choice(["JSON", "PARQUET"]))
        }
    }

    @Test("The landing zone needs no credentials, and takes none of others")
    func takesNoCredentials() async throws {
        let platform = try TestPlatform().platform
        let zone = DataLandingZone().id
        let made = try await platform.createConnection(BaseConnection.Draft(name: "Zone"), spec: zone)
        #expect(made.draft.authentication == nil)
        let authentication = BaseConnection.Authentication(
            specName: "Access Key", answers: ["s3SecretKey": .secret(Secret("hush"))])
        let error = await #expect(throws: FlowServiceError.self) {
            try await platform.createConnection(
                BaseConnection.Draft(name: "Account", authentication: authentication), spec: zone)
        }
        #expect(error?.description.contains("“Access Key”") == true)
    }

    @Test("A plan finds the flow that it has made")
    func plansFindTheirFlow() async throws {
        let test = try TestPlatform()
        let orders = try await test.addDataset("Orders").dataset
        let plan = ExportPlan(
            name: "Nightly", datasets: [orders.id.rawValue],
            destination: ExportPlan.Destination(
                name: "Backups", spec: "Data Landing Zone",
                parameters: ["path": "backups", "datasetFileType": "JSON", "compression": "GZIP"]),
            schedule: test.daily)
        let flow = try await test.platform.flow(for: plan)
        #expect(try await test.platform.flow(for: plan) == flow)
        #expect(try await test.platform.allFlows() == [flow])
    }
}
