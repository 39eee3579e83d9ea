import ExportDomain
import Foundation
import Languages
import ObjectStorage
import Secrets
import TestServers
import Testing

@testable import DestinationStorages
@testable import EmbeddedPlatform

@Suite("An export to a real store")
struct RealStoreTests {
    /// A destination with everything that must not be found in any file of the home.
    struct Setup {
        var draft: DestinationDraft
        var secrets: [String]
        /// What the location of every file begins with.
        var location: String
    }

    private func setup(_ kind: String, path: String = "backups") async throws -> (Setup, certificate: String)
    {
        switch kind {
        case "Amazon S3":
            let server = try await SeaweedFS.shared()
            let bucket = try await server.makeBucket()
            return (
                Self.bucket(
                    AmazonS3().id, "Access Key", bucket: bucket, path: path,
                    [
                        "s3AccessKey": .value(.string(server.admin.id)),
                        "s3SecretKey": .secret(Secret(server.admin.secret)),
                        "endpoint": .value(.string("https://localhost:\(server.frontTLS)")),
                        "region": .value("eu-central-1"),
                    ], secret: server.admin.secret, location: "s3://\(bucket)/"), server.certificate
            )
        case "Google Cloud Storage":
            let server = try await SeaweedFS.shared()
            let bucket = try await server.makeBucket()
            return (
                Self.bucket(
                    GoogleCloudStorage().id, "Google Cloud Storage authentication credentials",
                    bucket: bucket,
                    path: path,
                    [
                        "accessKeyId": .value(.string(server.admin.id)),
                        "secretAccessKey": .secret(Secret(server.admin.secret)),
                        "endpoint": .value(.string("https://localhost:\(server.googleFront)")),
                    ], secret: server.admin.secret, location: "gs://\(bucket)/"), server.certificate
            )
        default:
            throw CancellationError()
        }
    }

    private static func bucket(
        _ spec: Identifier<ConnectionSpec>, _ way: String, bucket: String, path: String,
        _ answers: FormAnswers, secret: String, location: String
    ) -> Setup {
        Setup(
            draft: DestinationDraft(
                name: "Bucket", connectionSpecID: spec,
                account: .new(
                    BaseConnection.Draft(
                        name: "Account",
                        authentication: BaseConnection.Authentication(specName: way, answers: answers))),
                parameters: [
                    "bucketName": .string(bucket), "path": .string(path), "datasetFileType": "JSON",
                    "compression": "GZIP", "includeFileManifest": true,
                ]), secrets: [secret], location: location)
    }

    @Test(
        "It is tested, written, verified to the last record, and no secret is left in any file",
        arguments: ["Amazon S3", "Google Cloud Storage"])
    func whole(kind: String) async throws {
        let (setup, certificate) = try await setup(kind)
        let test = try TestPlatform(environment: ["SSL_CERT_FILE": certificate])
        for await report in test.platform.test(
            setup.draft, consent: DestinationTestConsent(writesProbe: true))
        {
            if case .failed(let reason, _) = report.outcome { Issue.record("\(report.step): \(reason)") }
        }
        let target = try await test.platform.createDestination(setup.draft)
        try await test.platform.testConnection(target.draft.baseConnectionID)
        let orders = try await test.addDataset("Orders", files: 5, records: 200).dataset
        let flow = try await test.addFlow([orders], to: target)
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .success, "\(run.metrics.errors)")
        #expect(run.metrics.outputRecords == 1_000)
        let verification = try await test.platform.verification(of: run, depth: .contents)
        #expect(verification.findings.isEmpty && verification.files.count == 6)
        for file in try await test.platform.exportedFiles(of: run) {
            let location = try await test.platform.location(of: file.path, in: run.id)
            #expect(location == setup.location + file.path)
        }
        try expectHidden(setup.secrets, in: test)
    }

    @Test("A run that is interrupted goes on: what was there stays, and no upload is left unfinished")
    func isResumed() async throws {
        let (setup, certificate) = try await setup("Amazon S3")
        let environment = ["SSL_CERT_FILE": certificate]
        let folder = try TemporaryFolder()
        let test = try TestPlatform(folder: folder, environment: environment)
        let target = try await test.platform.createDestination(setup.draft)
        let orders = try await test.addDataset("Orders", files: 8, records: 400).dataset
        let flow = try await test.addFlow([orders], to: target)
        let running = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(
            try await until {
                try await (test.platform.allRuns(of: flow.id).first?.metrics.outputFiles ?? 0) > 0
            })
        running.cancel()
        _ = await running.result
        let again = try TestPlatform(folder: folder, environment: environment)
        let before = try #require(try await again.platform.allRuns(of: flow.id).first)
        let written = try await again.platform.exportedFiles(of: before)
        if before.status == .processing { _ = try await again.platform.runDue(flow: flow.id) }
        let run = try await again.platform.run(before.id)
        #expect(run.status == .success && run.metrics.outputRecords == 3_200)
        #expect(Set(written).isSubset(of: try await again.platform.exportedFiles(of: run)))
        let verification = try await again.platform.verification(of: run, depth: .contents)
        #expect(verification.findings.isEmpty && verification.files.count == 9)
        let storage = try await again.platform.storages.storage(of: target.id).storage
        #expect(try await storage.abortUnfinished(prefix: "") == 0)
    }

    @Test(
        "What is wrong is told at its field",
        arguments: [
            ("s3SecretKey", "s3SecretKey", "wrongwrongwrongwrongwrongwrongwrongwrong"),
            ("s3AccessKey", "s3AccessKey", "AKIAIOSFODNN7UNKNOWN"),
            ("endpoint", "endpoint", "https://localhost:1"),
        ])
    func tellsWhatIsWrong(key: String, field: String, value: String) async throws {
        var (setup, certificate) = try await setup("Amazon S3")
        guard case .new(var account) = setup.draft.account else { return }
        account.authentication?.answers[key] =
            key == "s3SecretKey" ? .secret(Secret(value)) : .value(.string(value))
        setup.draft.account = .new(account)
        let test = try TestPlatform(environment: ["SSL_CERT_FILE": certificate])
        var failures: [String?] = []
        for await report in test.platform.test(setup.draft) {
            if case .failed(let reason, let field) = report.outcome {
                failures.append(field)
                #expect(!reason.english.contains(value) || key != "s3SecretKey")
            }
        }
        #expect(failures == [field])
    }

    @Test("A bucket that is not there is told at its field")
    func tellsMissingBucket() async throws {
        var (setup, certificate) = try await setup("Amazon S3")
        setup.draft.parameters["bucketName"] = "there-is-no-such-bucket"
        let test = try TestPlatform(environment: ["SSL_CERT_FILE": certificate])
        var failures: [DestinationTestStep: String?] = [:]
        for await report in test.platform.test(setup.draft) {
            if case .failed(_, let field) = report.outcome { failures[report.step] = field }
        }
        #expect(failures == [.list: "bucketName"])
    }

    @Test("A server of SFTP is met, its key confirmed once, and written to from then on")
    func sftp() async throws {
        let server = try OpenSSHServer()
        let key = try server.makeKey("ed25519", passphrase: "open sesame")
        let answers: FormAnswers = [
            "domain": .value("127.0.0.1"), "port": .value(.integer(server.port)),
            "username": .value(.string(server.user.name)), "sshKey": .secret(Secret(key.text)),
            "sshKeyPassphrase": .secret(Secret("open sesame")),
        ]
        let draft = Self.draft(SFTP().id, "SFTP with SSH Key", answers, ["remotePath": "in/backups"])
        let test = try TestPlatform()
        var met: [HostKey] = []
        for await report in test.platform.test(draft) {
            if case .unknownHostKey(let key) = report.outcome { met.append(key) }
        }
        #expect(met.map(\.fingerprint) == [try server.fingerprint()])
        let account = try await test.platform.createConnection(
            try #require(draft.newAccount), spec: draft.connectionSpecID)
        await #expect(throws: FlowServiceError.self) { try await test.platform.testConnection(account.id) }
        let consent = DestinationTestConsent(
            writesProbe: true, confirmedFingerprint: met.first?.fingerprint)
        var passed: [DestinationTestStep] = []
        for await report in test.platform.test(draft, consent: consent) {
            if case .passed = report.outcome { passed.append(report.step) }
            if case .failed(let reason, _) = report.outcome { Issue.record("\(report.step): \(reason)") }
        }
        #expect(passed == DestinationTestStep.allCases)
        try await test.platform.testConnection(account.id)
        let lines = key.text.split(separator: "\n").map(String.init)
        try await expectExport(to: draft, hiding: ["open sesame", lines[1]], in: test)
    }

    @Test("Azure is written to by a connection string, a SAS URL, and a service principal")
    func azure() async throws {
        let server = try AzureServer.shared()
        let environment = [
            "SSL_CERT_FILE": server.authority,
            "AZURE_AUTHORITY_HOST": "https://localhost:\(server.securePort)",
        ]
        let container = try await server.makeContainer()
        let address = { (service: String) in
            "https://\(AzureServer.account).\(service).localhost:\(server.securePort)"
        }
        let connection =
            "BlobEndpoint=\(address("blob"));AccountName=\(AzureServer.account);AccountKey=\(AzureServer.key)"
        let signature = try await server.signature(of: container)
        let drafts = [
            Self.draft(
                AzureBlob().id, "ConnectionString", ["connectionString": .secret(Secret(connection))],
                ["container": .string(container), "path": "blob"]),
            Self.draft(
                DataLandingZone().id, "SAS URL",
                ["sasUri": .secret(Secret("\(address("blob"))/\(container)?\(signature)"))],
                ["path": "zone"]),
            Self.draft(
                AzureDataLake().id, "Azure Service Principal Auth",
                [
                    "url": .value(.string("\(address("dfs"))/\(container)")),
                    "tenant": .value(.string(AzureServer.tenant)),
                    "servicePrincipalId": .value(.string(AzureServer.clientID)),
                    "servicePrincipalKey": .secret(Secret(AzureServer.clientSecret)),
                ], ["path": "lake"]),
        ]
        let hidden = [AzureServer.key, AzureServer.clientSecret, signature]
        for draft in drafts {
            let test = try TestPlatform(environment: environment)
            let account = try await test.platform.createConnection(
                try #require(draft.newAccount), spec: draft.connectionSpecID)
            try await test.platform.testConnection(account.id)
            try await expectExport(to: draft, hiding: hidden, in: test)
        }
    }

    private static func draft(
        _ spec: Identifier<ConnectionSpec>, _ way: String, _ answers: FormAnswers,
        _ place: [String: JSONValue]
    ) -> DestinationDraft {
        DestinationDraft(
            name: way, connectionSpecID: spec,
            account: .new(
                BaseConnection.Draft(
                    name: "Account",
                    authentication: BaseConnection.Authentication(specName: way, answers: answers))),
            parameters: place.merging([
                "datasetFileType": "PARQUET", "compression": "GZIP", "includeFileManifest": true,
            ]) { $1 })
    }

    /// Exports to a destination, and expects all to be there and no secret to be in any file.
    private func expectExport(
        to draft: DestinationDraft, hiding secrets: [String], in test: TestPlatform
    ) async throws {
        let target = try await test.platform.createDestination(draft)
        let orders = try await test.addDataset("Orders", files: 3, records: 50).dataset
        let flow = try await test.addFlow([orders], to: target)
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .success, "\(run.metrics.errors)")
        let verification = try await test.platform.verification(of: run, depth: .contents)
        #expect(verification.findings.isEmpty && verification.files.count == 4)
        try expectHidden(secrets, in: test)
    }

    private func expectHidden(_ secrets: [String], in test: TestPlatform) throws {
        for file in test.folder.files(below: "home") {
            let content = try Data(contentsOf: URL(fileURLWithPath: "\(test.folder.path)/home/\(file)"))
            for secret in secrets { #expect(content.range(of: Data(secret.utf8)) == nil, "\(file)") }
        }
    }
}

extension DestinationDraft {
    fileprivate var newAccount: BaseConnection.Draft? {
        if case .new(let draft) = account { draft } else { nil }
    }
}
