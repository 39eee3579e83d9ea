// The client against this program's own server of the API, with the embedded platform behind it: the same contract.
import EmbeddedPlatform
import ExportDomain
import FlowServiceClient
import FlowServiceConformance
import FlowServiceServer
import Foundation
import Secrets
import Synchronization
import TestFiles
import TestServers
import Testing
import Transfer

@Suite("The contract of Flow Service over the network")
struct ConformanceTests {
    @Test(
        "A remote platform keeps the contract of Flow Service, through client, API and server",
        arguments: FlowServiceConformance.all)
    func remote(rule: FlowServiceConformance) async throws {
        let platform = try await ServedPlatform()
        defer { platform.stop() }
        try await rule.check(platform)
    }
}

/// An embedded platform, served, and asked by a client.
private final class ServedPlatform: PlatformFixture {
    let service: any FlowService
    private let folder: TemporaryFolder
    private let platform: EmbeddedPlatform
    private let clock: Clock
    private let serving: Task<Void, any Error>

    /// A clock that stands still.
    private final class Clock: Sendable {
        private let instant = Mutex(Date(rfc3339: "2026-01-15T06:00:00Z") ?? .distantPast)
        var now: Date { instant.withLock { $0 } }
        func advance(_ seconds: TimeInterval) { instant.withLock { $0 += seconds } }
    }

    init() async throws {
        folder = try TemporaryFolder()
        let clock = Clock()
        self.clock = clock
        platform = try EmbeddedPlatform(
            inMemory: EmbeddedPlatform.Configuration(environment: [:], now: { clock.now }))
        let (access, credentials) = ServerAccess.make()
        let server = try FlowServiceServer(
            FlowServiceServer.Settings(), sandboxes: [try Sandbox(name: "prod", service: platform)],
            access: access,
            log: { _ in })
        let (addresses, listening) = AsyncStream.makeStream(of: String.self)
        serving = Task {
            defer { listening.finish() }
            try await server.run { listening.yield($0.url) }
        }
        let url = await addresses.first { _ in true }
        let address = try #require(PlatformAddress(TestRecorder.url(of: url ?? "", for: .client)))
        service = RemoteFlowService(
            PlatformSettings(
                credential: PlatformSettings.Credential(
                    clientID: access.clientID, clientSecret: credentials.clientSecret),
                organizationID: access.organizationID, gateway: address, identityService: address),
            client: try HTTPClient())
    }

    func stop() { serving.cancel() }

    var now: Date { clock.now }

    func wait(_ seconds: TimeInterval) { clock.advance(seconds) }

    func addDataset(_ name: String) async throws -> Dataset {
        let file = try folder.write(
            (0..<3).map { "{\"record\":\($0)}\n" }.joined(), to: "\(UUID().uuidString).ndjson")
        return try await platform.lake.add(name: name, paths: [file]).dataset
    }

    func runDue() async throws { _ = try await platform.runDue() }
}
