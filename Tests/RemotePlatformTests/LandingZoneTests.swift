// A Data Landing Zone as Experience Platform has it: one a sandbox, opened with what the platform hands out.
import DestinationStorages
import ExportDomain
import FlowServiceAPI
import FlowServiceClient
import Foundation
import ObjectStorage
import RemotePlatform
import Secrets
import TestFiles
import TestServers
import Testing
import Transfer

@Suite("A landing zone of Experience Platform", .timeLimit(.minutes(10)))
struct LandingZoneTests {
    private static let dataset: Identifier<Dataset> = "65a0f0c2b1d2e3f405162738"

    /// A platform with a run that has written files.
    private struct Platform: Sendable {
        let server: FaultyFlowService
        let service: RemoteFlowService
        let flow: Flow

        init() async throws {
            let specs = try ConnectionSpecCatalog.embedded().destinations.map { spec in
                var entity = ConnectionSpecEntity(spec)
                entity.set(\.attributes, to: nil)
                return Data(try entity.body())
            }
            server = try FaultyFlowService(specs: specs)
            let address = try #require(PlatformAddress(server.url))
            service = RemoteFlowService(
                PlatformSettings(
                    credential: PlatformSettings.Credential(
                        clientID: FaultyFlowService.clientID,
                        clientSecret: Secret(FaultyFlowService.clientSecret)),
                    organizationID: FaultyFlowService.organization, gateway: address,
                    identityService: address),
                client: try HTTPClient())
            let spec = try #require(
                try await service.connectionSpecs().first { $0.name == "Data Landing Zone" })
            let target = try await service.createDestination(LandingZoneTests.draft(spec))
            let source = try await service.createSourceConnection(
                SourceConnection.Draft(
                    name: "Lake", datasets: [DatasetReference(id: LandingZoneTests.dataset, name: "Orders")]))
            flow = try await service.createFlow(
                Flow.Draft(
                    name: "Nightly", flowSpecID: spec.flowSpecID, sourceConnectionID: source.id,
                    targetConnectionID: target.id,
                    schedule: Schedule(
                        mode: .incremental, frequency: .daily,
                        start: try #require(Date(rfc3339: "2026-01-15T06:00:00Z")),
                        end: Date(rfc3339: "2026-06-15T06:00:00Z"))))
        }

        /// A run of a morning, a little late, as the platform tells of it.
        func run(files: Int, bytes: Int) async throws -> FlowRun {
            let start = try #require(Date(rfc3339: "2026-01-16T06:04:11Z")).timeIntervalSince1970 * 1_000
            try await server.run(
                flow: flow.id.rawValue,
                metrics: [
                    "durationSummary": [
                        "startedAtUTC": Int(start), "completedAtUTC": Int(start) + 60_000,
                    ],
                    "sizeSummary": ["inputBytes": 999, "outputBytes": bytes],
                    "fileSummary": ["inputFileCount": files, "outputFileCount": files],
                    "statusSummary": ["status": "success"],
                ])
            return try #require(try await service.allRuns(of: flow.id).first)
        }

        func exports(_ environment: [String: String]) -> RemoteExports {
            RemoteExports(
                of: service, credentials: NoCredentials(),
                over: StorageNetwork(
                    landingZone: nil, knownHosts: "/nonexistent", environment: environment,
                    bandwidth: Bandwidth(bytesPerSecond: nil), userAgent: "sluice"))
        }

        /// Has the platform hand out these credentials.
        func handOut(_ credentials: String, to method: String) async throws {
            try await server.fail(
                FaultyFlowService.Fault(.body, method, "landingzone/credentials") {
                    $0.body = credentials
                    $0.times = 1_000
                })
        }

        func calls(_ method: String, _ text: String) async throws -> Int {
            try await server.state().requests.count { $0.method == method && $0.target.contains(text) }
        }
    }

    fileprivate static func draft(_ spec: ConnectionSpec) -> DestinationDraft {
        DestinationDraft(
            name: "Zone", connectionSpecID: spec.id, account: .new(BaseConnection.Draft(name: "Zone")),
            parameters: ["path": "in/backups", "datasetFileType": "PARQUET", "compression": "NONE"])
    }

    /// Puts the files of three mornings.
    private func putFiles(in storage: any Storage) async throws {
        for time in ["202601150600", "202601160600", "202601170600"] {
            for part in 0..<2 {
                let path = "in/backups/\(Self.dataset)/exportTime=\(time)/part-\(part).parquet"
                try await storage.put(bytes: [1, 2, 3], at: try StorageKey(path))
            }
        }
    }

    /// Expects the files of the run's morning, and their sum to be compared.
    private func expectFiles(_ platform: Platform, _ exports: RemoteExports) async throws {
        let run = try await platform.run(files: 2, bytes: 6)
        #expect(run.scheduledTime == nil)
        let seen = try await exports.verification(of: run)
        #expect(seen.folder == "/in/backups/\(Self.dataset)/exportTime=202601160600")
        #expect(seen.files.map(\.file.name) == ["part-0.parquet", "part-1.parquet"])
        #expect(seen.findings.isEmpty)
        let other = try await platform.run(files: 3, bytes: 6)
        #expect(try await exports.verification(of: other).findings.map(\.kind) == ["total"])
        let spec = try #require(
            try await platform.service.connectionSpecs().first { $0.name == "Data Landing Zone" })
        var passed = 0
        for await report in exports.test(Self.draft(spec), consent: DestinationTestConsent(writesProbe: true))
        {
            if case .passed = report.outcome { passed += 1 }
            if case .failed(let reason, _) = report.outcome { Issue.record("\(report.step): \(reason)") }
        }
        #expect(passed == DestinationTestStep.allCases.count)
    }

    @Test("In Azure it is opened by its SAS URL, and by another when that has run out")
    func azure() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let url = "https://\(AzureServer.account).blob.localhost:\(server.securePort)/\(container)"
        let credentials = { (signature: String) in
            #"{"containerName":"\#(container)","SASToken":"\#(signature)","storageAccountName":"testaccount","#
                + #""SASUri":"\#(url)?\#(signature)"}"#
        }
        let environment = ["SSL_CERT_FILE": server.authority]
        let network = StorageNetwork(
            landingZone: nil, knownHosts: "/nonexistent", environment: environment,
            bandwidth: Bandwidth(bytesPerSecond: nil), userAgent: "sluice")
        let fresh = try await server.signature(of: container)
        try await putFiles(
            in: try AzureBlobStorage(
                containerURL: Secret("\(url)?\(fresh)"), client: try network.httpClient()))
        let platform = try await Platform()
        try await platform.handOut(
            credentials(try await server.signature(of: container, seconds: -60)), to: "GET")
        try await platform.handOut(credentials(fresh), to: "POST")
        try await expectFiles(platform, platform.exports(environment))
        #expect(try await platform.calls("POST", "action=refresh") == 1)
    }

    @Test("In AWS it is opened by temporary keys below their folder, and by others before they run out")
    func aws() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let endpoint = "https://localhost:\(server.frontTLS)"
        let temporary = try Python.run(
            "temporary_keys.py",
            [endpoint, "eu-central-1", server.admin.id, server.admin.secret, server.certificate])
        let keys = try JSONDecoder().decode([String: String].self, from: Data(temporary.text.utf8))
        let credentials = { (secret: String, expiry: Date) in
            #"{"credentials":{"awsAccessKeyId":"\#(keys["id"] ?? "")","awsSecretAccessKey":"\#(secret)","#
                + #""awsSessionToken":"\#(keys["token"] ?? "")"},"dlzPath":{"bucketName":"\#(bucket)","#
                + #""dlzFolder":"dlz-destination"},"dlzProvider":"Amazon S3","#
                + #""expiryTime":\#(Int(expiry.timeIntervalSince1970))}"#
        }
        let environment = ["SSL_CERT_FILE": server.certificate, "AWS_ENDPOINT_URL_S3": endpoint]
        let network = StorageNetwork(
            landingZone: nil, knownHosts: "/nonexistent", environment: environment,
            bandwidth: Bandwidth(bytesPerSecond: nil), userAgent: "sluice")
        let whole = S3Storage(
            S3Configuration(
                bucket: bucket, region: "eu-central-1",
                credentials: .accessKey(
                    AccessKey(id: server.admin.id, secret: Secret(server.admin.secret))),
                endpoint: HTTPOrigin(host: "localhost", port: server.frontTLS)),
            http: try network.httpClient())
        try await putFiles(in: SubfolderStorage("dlz-destination", of: whole))
        let platform = try await Platform()
        try await platform.handOut(credentials("no longer right", Date() - 60), to: "GET")
        try await platform.handOut(credentials(keys["secret"] ?? "", Date() + 3_600), to: "POST")
        let exports = platform.exports(environment)
        try await expectFiles(platform, exports)
        #expect(try await platform.calls("POST", "action=refresh") == 1)
        let run = try #require(try await platform.service.allRuns(of: platform.flow.id).first)
        let location = try await exports.location(of: "in/backups/x", in: run.id)
        #expect(location == "s3://\(bucket)/dlz-destination/in/backups/x")
    }

    @Test("Files are kept as many days as the platform says, else seven")
    func expiry() async throws {
        for (answer, days) in [
            (#"{"containerName":"zone","containerTTL":"5"}"#, 5),
            (#"{"dlzPath":{},"dataTTL":{"timeUnit":"days","timeQuantity":9}}"#, 9), (#"{}"#, 7), ("?", 7),
        ] {
            let platform = try await Platform()
            try await platform.server.fail(
                FaultyFlowService.Fault(.status, "GET", "landingzone?") {
                    $0.status = 200
                    $0.body = answer
                    $0.times = 10
                })
            let run = try await platform.run(files: 0, bytes: 0)
            let end = try #require(run.metrics.completedAt)
            let expected = end.addingTimeInterval(Double(days) * 86_400)
            #expect(try await platform.exports([:]).expiry(of: run) == expected)
        }
    }
}

/// Somebody who has given none.
private struct NoCredentials: CredentialStore {
    func credentials(of account: Identifier<BaseConnection>) -> BaseConnection.Authentication? { nil }
    func keep(_ authentication: BaseConnection.Authentication, of account: Identifier<BaseConnection>) {}
    func forget(_ account: Identifier<BaseConnection>) {}
}
