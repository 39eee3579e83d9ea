// An embedded platform on a server, and a client on another home folder that looks into the same storages.
import DestinationStorages
import ExportDomain
import FlowServiceClient
import FlowServiceServer
import Foundation
import ObjectStorage
import RemotePlatform
import Secrets
import TestFiles
import Testing
import Transfer

@testable import EmbeddedPlatform

/// A platform that is served, and a client of it.
final class ServedPlatform: Sendable {
    /// The platform behind the server.
    let platform: EmbeddedPlatform
    /// What the client keeps on its own machine.
    let own: EmbeddedPlatform
    let ownHome: Home
    /// The client.
    let service: RemoteFlowService
    let folder: TemporaryFolder
    private let serving: Task<Void, any Error>

    /// - Parameters:
    ///   - environment: of both machines.
    ///   - tellsRecords: false for a server that tells of its exports no more than Experience Platform.
    init(environment: [String: String] = [:], tellsRecords: Bool = true) async throws {
        folder = try TemporaryFolder()
        let configuration = EmbeddedPlatform.Configuration(environment: environment)
        platform = try EmbeddedPlatform(home: Home(path: folder.file("served")), configuration: configuration)
        ownHome = try Home(path: folder.file("own"))
        own = try EmbeddedPlatform(home: ownHome, configuration: configuration)
        let (access, credentials) = ServerAccess.make()
        let sandbox = try Sandbox(
            name: "prod", service: platform, exports: tellsRecords ? platform : nil)
        let server = try FlowServiceServer(
            FlowServiceServer.Settings(), sandboxes: [sandbox], access: access, log: { _ in })
        let (addresses, listening) = AsyncStream.makeStream(of: String.self)
        serving = Task {
            defer { listening.finish() }
            try await server.run { listening.yield($0.url) }
        }
        let url = await addresses.first { _ in true }
        let address = try #require(PlatformAddress(url ?? ""))
        service = RemoteFlowService(
            PlatformSettings(
                credential: PlatformSettings.Credential(
                    clientID: access.clientID, clientSecret: credentials.clientSecret),
                organizationID: access.organizationID, gateway: address, identityService: address),
            client: try HTTPClient(), keeping: own.vault.remoteCredentials(ofProfile: "served"))
    }

    deinit { serving.cancel() }

    /// What the client sees of the exports.
    /// - Parameters:
    ///   - environment: of the client's machine.
    ///   - profile: under which its vault is looked into; of another than `served` it has nothing.
    func exports(environment: [String: String] = [:], profile: String = "served") -> RemoteExports {
        RemoteExports(
            of: service, credentials: own.vault.remoteCredentials(ofProfile: profile),
            over: StorageNetwork(
                landingZone: nil, knownHosts: ownHome.knownHosts, environment: environment,
                bandwidth: Bandwidth(bytesPerSecond: nil), userAgent: "sluice"))
    }

    /// Makes a destination and exports a dataset of some files to it, all as the client.
    func export(
        to draft: DestinationDraft, files: Int = 3, template: FolderTemplate = .standard
    ) async throws -> FlowRun {
        let target = try await service.createDestination(draft)
        return try await export(to: target, files: files, template: template)
    }

    /// Exports a dataset of some files to a destination.
    func export(
        to target: TargetConnection, files: Int = 3, template: FolderTemplate = .standard
    ) async throws -> FlowRun {
        let name = "Orders \(UUID().uuidString)"
        let paths = try (0..<files).map { file in
            try folder.write(
                (0..<50).map { #"{"file":\#(file),"record":\#($0),"name":"Zoë"}"# + "\n" }.joined(),
                to: "\(name)/\(file).ndjson")
        }
        let dataset = try await platform.lake.add(name: name, paths: paths).dataset
        let flow = try await service.createFlow(
            from: ExportPlan(
                name: name, datasets: [name], destination: ExportPlan.Destination(name: target.draft.name),
                // Begun some time ago: on its way it becomes a whole second, also one that has not come yet.
                schedule: Schedule(mode: .full, frequency: .once, start: Date(timeIntervalSinceNow: -60)),
                folderTemplate: template),
            datasets: [dataset], destination: target, specs: try await service.connectionSpecs())
        _ = try await platform.runDue(flow: flow.id)
        let run = try #require(try await service.allRuns(of: flow.id).first)
        #expect(run.status == .success, "\(run.metrics.errors)")
        return run
    }

    /// The storage of a run, as the platform has it: for damage.
    func storage(of run: FlowRun) async throws -> any Storage {
        let flow = try await platform.flow(run.flowID)
        return try await platform.storages.storage(of: flow.draft.targetConnectionID).storage
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
