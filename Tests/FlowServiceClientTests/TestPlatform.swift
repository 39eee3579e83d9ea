// A platform that is played by a server of its own, and the service that speaks to it.
import ExportDomain
import FlowServiceAPI
import FlowServiceClient
import Foundation
import Secrets
import TestServers
import Testing
import Transfer

/// A server, and a service that speaks to it.
struct TestPlatform: Sendable {
    let server: FaultyFlowService
    let service: RemoteFlowService
    private let settings: PlatformSettings

    init(
        secret: String = FaultyFlowService.clientSecret, clientID: String = FaultyFlowService.clientID,
        scopes: [String] = PlatformSettings.Credential.usualScopes, sandbox: String = "prod",
        organization: String = FaultyFlowService.organization, sandboxes: [String] = ["prod", "dev"],
        attempts: Int = 5, stallTimeout: Duration = .seconds(60), tokens: (any SharedTokens)? = nil
    ) throws {
        // As Experience Platform serves them: which recipe belongs to them is not said.
        let specs = try ConnectionSpecCatalog.embedded().destinations.map { spec in
            var entity = ConnectionSpecEntity(spec)
            entity.set(\.attributes, to: nil)
            return Data(try entity.body())
        }
        server = try FaultyFlowService(specs: specs, sandboxes: sandboxes)
        let address = try #require(PlatformAddress(server.url))
        settings = PlatformSettings(
            credential: PlatformSettings.Credential(
                clientID: clientID, clientSecret: Secret(secret), scopes: scopes),
            organizationID: organization, sandboxName: sandbox, gateway: address,
            identityService: address,
            retrying: RetryPolicy(
                attempts: attempts, firstDelay: .milliseconds(20), longestDelay: .milliseconds(100),
                longestAsked: RetryPolicy.interactive.longestAsked))
        var configuration = HTTPClient.Configuration()
        configuration.stallTimeout = stallTimeout
        service = RemoteFlowService(settings, client: try HTTPClient(configuration), tokens: tokens)
    }

    /// Another client of the same platform, as another process would have it.
    func another(tokens: any SharedTokens) throws -> RemoteFlowService {
        RemoteFlowService(settings, client: try HTTPClient(), tokens: tokens)
    }

    func spec(_ name: String) async throws -> ConnectionSpec {
        try #require(try await service.connectionSpecs().first { $0.name == name })
    }

    /// An account, a destination, a selection of datasets, and a dataflow of them.
    struct Parts: Sendable {
        let account: BaseConnection
        let target: TargetConnection
        let source: SourceConnection
        let flow: Flow
    }

    func makeParts() async throws -> Parts {
        let account = try await service.createConnection(
            Self.account("AKIA1"), spec: try await spec("Amazon S3").id)
        let target = try await service.createTargetConnection(
            Self.target(on: account, spec: try await spec("Amazon S3")))
        let source = try await service.createSourceConnection(Self.source())
        let flow = try await service.createFlow(Self.flow(source, target, spec: try await spec("Amazon S3")))
        return Parts(account: account, target: target, source: source, flow: flow)
    }

    static func account(_ key: String, secret: String? = "NotARealSecret") -> BaseConnection.Draft {
        var answers: FormAnswers = ["s3AccessKey": .value(.string(key))]
        answers["s3SecretKey"] = secret.map { .secret(Secret($0)) }
        return BaseConnection.Draft(
            name: "Archive, old",
            authentication: BaseConnection.Authentication(specName: "Access Key", answers: answers))
    }

    static func target(on account: BaseConnection, spec: ConnectionSpec) -> TargetConnection.Draft {
        TargetConnection.Draft(
            name: "Nightly", description: "For all", connectionSpecID: spec.id, baseConnectionID: account.id,
            parameters: [
                "bucketName": "acme", "path": "out", "datasetFileType": "JSON", "compression": "GZIP",
                "includeFileManifest": true,
            ])
    }

    static func source(_ datasets: [String] = ["65a0f0c2b1d2e3f405162738"]) -> SourceConnection.Draft {
        SourceConnection.Draft(
            name: "Data lake",
            datasets: datasets.map { DatasetReference(id: Identifier($0), name: "Dataset \($0)") })
    }

    static func flow(
        _ source: SourceConnection, _ target: TargetConnection, spec: ConnectionSpec
    ) -> Flow.Draft {
        Flow.Draft(
            name: "Loyalty", description: "For all", flowSpecID: spec.flowSpecID,
            sourceConnectionID: source.id, targetConnectionID: target.id,
            schedule: Schedule(
                mode: .incremental, frequency: .daily, start: Date(timeIntervalSince1970: 1_767_250_800),
                end: Date(timeIntervalSince1970: 1_782_889_200)))
    }
}

/// The error that an operation throws.
func failure(_ operation: () async throws -> Void) async -> FlowServiceError? {
    do {
        try await operation()
        Issue.record("It should have failed")
        return nil
    } catch {
        if let error = error as? FlowServiceError { return error }
        Issue.record("\(error) is no error of Flow Service")
        return nil
    }
}
