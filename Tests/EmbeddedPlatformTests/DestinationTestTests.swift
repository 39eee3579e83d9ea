import ExportDomain
import Foundation
import Languages
import ObjectStorage
import Secrets
import Testing

@testable import DestinationStorages
@testable import EmbeddedPlatform

@Suite("The test of a destination")
struct DestinationTestTests {
    private static let zone: [String: JSONValue] = [
        "path": "backups/nightly", "datasetFileType": "JSON", "compression": "GZIP",
    ]

    private func draft(_ parameters: [String: JSONValue] = zone) -> DestinationDraft {
        DestinationDraft(
            name: "Backups", connectionSpecID: DataLandingZone().id,
            account: .new(BaseConnection.Draft(name: "Zone")), parameters: parameters)
    }

    private func reports(
        _ platform: EmbeddedPlatform, _ draft: DestinationDraft,
        _ consent: DestinationTestConsent = DestinationTestConsent()
    ) async -> [DestinationTestReport] {
        var reports: [DestinationTestReport] = []
        for await report in platform.test(draft, consent: consent) { reports.append(report) }
        return reports
    }

    /// What each step came to, in the order of the steps.
    private func outcomes(_ reports: [DestinationTestReport]) -> [DestinationTestReport.Outcome] {
        var latest: [DestinationTestStep: DestinationTestReport.Outcome] = [:]
        for report in reports { latest[report.step] = report.outcome }
        return DestinationTestStep.allCases.compactMap { latest[$0] }
    }

    @Test("Every step is told when it begins and when it has ended, in order; nothing stays behind")
    func passes() async throws {
        let test = try TestPlatform()
        let reports = await reports(test.platform, draft(), DestinationTestConsent(writesProbe: true))
        #expect(reports.map(\.step) == DestinationTestStep.allCases.flatMap { [$0, $0] })
        #expect(
            reports.enumerated().allSatisfy {
                ($0.offset.isMultiple(of: 2)) == ($0.element.outcome == .running)
            })
        let isPassed = outcomes(reports).map { if case .passed = $0 { true } else { false } }
        #expect(isPassed == Array(repeating: true, count: 8))
        #expect(outcomes(reports)[4] == .passed(Text("there are no files yet")))
        #expect(test.published.isEmpty)
    }

    @Test("Without consent nothing is written")
    func writesNothing() async throws {
        let recording = RecordingStorage()
        let test = try TestPlatform { _ in recording }
        let outcomes = outcomes(await reports(test.platform, draft()))
        #expect(outcomes.count == 8)
        #expect(
            outcomes.suffix(3)
                == Array(repeating: .skipped(because: Text("nothing is to be written")), count: 3)[...])
        #expect(await recording.calls == ["list backups/nightly/"])
    }

    @Test(
        "The probe lies below the folder, and nothing else is touched", arguments: ["a/b", "a/b/", "/a//b"])
    func staysInFolder(path: String) async throws {
        let recording = RecordingStorage()
        let test = try TestPlatform { _ in recording }
        var parameters = Self.zone
        parameters["path"] = .string(path)
        _ = await reports(test.platform, draft(parameters), DestinationTestConsent(writesProbe: true))
        let calls = await recording.calls
        #expect(calls.first == "list a/b/" || calls.isEmpty)
        if let written = calls.dropFirst().first {
            let key = written.dropFirst(4)
            #expect(key.wholeMatch(of: /a\/b\/\.sluice-probe-[0-9a-f]{16}/) != nil)
            #expect(calls.dropFirst() == ["put \(key)", "read \(key)", "delete \(key)"])
        }
    }

    @Test(
        "A step that fails ends the test with its sentence, and the probe does not stay",
        arguments: [
            ("list", 4, ["list"]), ("put", 5, ["list", "put", "delete"]),
            ("read", 6, ["list", "put", "read", "delete"]),
            ("delete", 7, ["list", "put", "read", "delete", "delete"]),
        ])
    func fails(call: String, index: Int, expected: [String]) async throws {
        let error = StorageError.denied(
            StorageFailure(action: .put, location: "s3://acme", key: nil, reason: .noPermission))
        let recording = RecordingStorage(failing: call, with: error)
        let test = try TestPlatform { _ in recording }
        let outcomes = outcomes(
            await reports(test.platform, draft(), DestinationTestConsent(writesProbe: true)))
        #expect(outcomes[index] == .failed(reason: error.text, field: "path"))
        #expect(
            outcomes.dropFirst(index + 1).allSatisfy {
                $0 == .skipped(because: Text("the step before it failed"))
            })
        #expect(await recording.calls.map { String($0.prefix { $0 != " " }) } == expected)
    }

    @Test("A server's key that is new is shown, and remembered once its fingerprint is confirmed")
    func hostKeys() async throws {
        let key = StorageFailure.ServerKey(
            host: "[sftp.example.com]:2222", algorithm: "ssh-ed25519", fingerprint: "SHA256:abc")
        let recording = RecordingStorage(unknownKey: key)
        let remembered = Remembered()
        let test = { (confirmed: String?) in
            DestinationTest(
                storage: recording, folder: "in",
                consent: DestinationTestConsent(confirmedFingerprint: confirmed), randomName: "0",
                field: { _, _ in nil },
                remember: { found in
                    await remembered.add(found)
                    await recording.trust()
                })
        }
        for confirmed in [nil, "SHA256:other"] {
            var reports: [DestinationTestReport] = []
            await test(confirmed).run { reports.append($0) }
            #expect(
                outcomes(reports)[2]
                    == .unknownHostKey(
                        HostKey(host: key.host, algorithm: key.algorithm, fingerprint: key.fingerprint)))
            #expect(
                outcomes(reports)[3] == .skipped(because: Text("the server's key has to be confirmed first")))
        }
        #expect(await remembered.keys.isEmpty)
        var reports: [DestinationTestReport] = []
        await test("SHA256:abc").run { reports.append($0) }
        #expect(outcomes(reports)[2] == .passed(nil))
        #expect(await remembered.keys == [key])
    }

    @Test("A draft that cannot be is refused at the field, before anything is reached")
    func refusesDrafts() async throws {
        let recording = RecordingStorage()
        let test = try TestPlatform { _ in recording }
        let reports = await reports(test.platform, draft(["datasetFileType": "JSON", "compression": "GZIP"]))
        guard case .failed(let reason, "path") = outcomes(reports)[0] else {
            Issue.record("\(outcomes(reports))")
            return
        }
        #expect(reason.english.contains("path"))
        #expect(
            outcomes(reports).dropFirst().allSatisfy {
                $0 == .skipped(because: Text("the destination is not complete"))
            })
        #expect(await recording.calls.isEmpty)
    }

    @Test("An account that is changed is tested with the secrets that it has")
    func usesStoredSecrets() async throws {
        let made = MadeSettings()
        let test = try TestPlatform { _ in
            RecordingStorage()
        } settings: {
            made.note($0)
        }
        let secretKey = String(repeating: "a/+0", count: 10)
        let answers: FormAnswers = [
            "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"), "s3SecretKey": .secret(Secret(secretKey)),
        ]
        let authentication = BaseConnection.Authentication(specName: "Access Key", answers: answers)
        let account = try await test.platform.createConnection(
            BaseConnection.Draft(name: "Amazon", authentication: authentication), spec: AmazonS3().id)
        var changed = BaseConnection.Draft(name: "Amazon", authentication: authentication)
        changed.authentication?.answers["s3SecretKey"] = nil
        changed.authentication?.answers["region"] = .value("eu-central-1")
        for account in [
            DestinationDraft.Account.existing(account.id), .changed(account.id, changed),
        ] {
            var parameters = Self.zone
            parameters["bucketName"] = "acme-exports"
            let draft = DestinationDraft(
                name: "S3", connectionSpecID: AmazonS3().id, account: account, parameters: parameters)
            #expect(
                outcomes(await reports(test.platform, draft))[4] == .passed(Text("there are no files yet")))
        }
        #expect(made.all.map { $0.secret("s3SecretKey")?.reveal() } == [secretKey, secretKey])
        #expect(made.all.map { $0.text("region") } == [nil, "eu-central-1"])
        #expect(made.all.allSatisfy { $0.text("bucketName") == "acme-exports" })
        try await test.platform.testConnection(account.id)
    }

    @Test("What an account is refused for is thrown with the field")
    func testsAccounts() async throws {
        let error = StorageError.denied(
            StorageFailure(action: .reach, location: "s3://acme", key: nil, reason: .wrongSecret))
        let test = try TestPlatform { _ in RecordingStorage(failing: "authenticate", with: error) }
        let account = try await test.platform.createConnection(
            BaseConnection.Draft(
                name: "Amazon",
                authentication: BaseConnection.Authentication(
                    specName: "Access Key",
                    answers: [
                        "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"),
                        "s3SecretKey": .secret(Secret(String(repeating: "a/+0", count: 10))),
                    ])), spec: AmazonS3().id)
        // Without a bucket there is nothing to sign in to: only the server is reached.
        try await test.platform.testConnection(account.id)
        var parameters = Self.zone
        parameters["bucketName"] = "acme-exports"
        _ = try await test.platform.createTargetConnection(
            TargetConnection.Draft(
                name: "S3", connectionSpecID: AmazonS3().id, baseConnectionID: account.id,
                parameters: parameters))
        await #expect(
            throws: FlowServiceError.refused(field: "s3SecretKey", reason: error.text)
        ) {
            try await test.platform.testConnection(account.id)
        }
    }

    static let failures: [(any Destination, String?, StorageFailure.Reason, DestinationTestStep, String?)] = [
        (AmazonS3(), "Access Key", .unknownAccount("AKIA"), .authenticate, "s3AccessKey"),
        (AmazonS3(), "Access Key", .wrongSecret, .authenticate, "s3SecretKey"),
        (AmazonS3(), "Access Key", .wrongRegion(configured: "a", actual: "b"), .authenticate, "region"),
        (AmazonS3(), "Access Key", .noSuchLocation, .list, "bucketName"),
        (AmazonS3(), "Access Key", .missingPermission("s3:PutObject"), .write, "path"),
        (AmazonS3(), "Access Key", .missingPermission("kms:GenerateDataKey"), .write, "kmsKeyId"),
        (AmazonS3(), "Access Key", .encryptionKey("disabled"), .write, "kmsKeyId"),
        (AmazonS3(), "Access Key", .clockOff(by: nil), .authenticate, nil),
        (AmazonS3(), "Access Key", .nameNotResolved(host: "x"), .resolve, "endpoint"),
        (AmazonS3(), "Assumed Role", .noPermission, .authenticate, "s3Role"),
        (GoogleCloudStorage(), nil, .unknownAccount("GOOG"), .authenticate, "accessKeyId"),
        (GoogleCloudStorage(), nil, .wrongSecret, .authenticate, "secretAccessKey"),
        (GoogleCloudStorage(), nil, .noSuchLocation, .list, "bucketName"),
        (AzureBlob(), nil, .signatureWithout("Write (w)"), .write, "connectionString"),
        (AzureBlob(), nil, .wrongSecret, .authenticate, "connectionString"),
        (AzureBlob(), nil, .expired(Text("the signature")), .authenticate, "connectionString"),
        (AzureBlob(), nil, .noSuchLocation, .list, "container"),
        (AzureBlob(), nil, .nameNotResolved(host: "x"), .resolve, "connectionString"),
        (AzureDataLake(), nil, .unknownAccount("acme.com"), .authenticate, "tenant"),
        (AzureDataLake(), nil, .unknownAccount("1234"), .authenticate, "servicePrincipalId"),
        (AzureDataLake(), nil, .unknownAccount("account"), .resolve, "url"),
        (AzureDataLake(), nil, .wrongSecret, .authenticate, "servicePrincipalKey"),
        (AzureDataLake(), nil, .noSuchLocation, .list, "url"),
        (DataLandingZone(), "SAS URL", .expired(Text("the signature")), .authenticate, "sasUri"),
        (DataLandingZone(), nil, .noPermission, .write, "path"),
        (SFTP(), "SFTP with Password", .wrongSecret, .authenticate, "password"),
        (SFTP(), "SFTP with SSH Key", .wrongSecret, .authenticate, "sshKey"),
        (SFTP(), "SSH Agent", .wrongSecret, .authenticate, "username"),
        (SFTP(), nil, .nameNotResolved(host: "x"), .resolve, "domain"),
        (SFTP(), nil, .unreachable(host: "x", words: Text("")), .connect, "domain"),
        (SFTP(), nil, .noPermission, .write, "remotePath"),
    ]

    @Test("A failure is shown at the field that it is about", arguments: failures.indices)
    func fields(index: Int) {
        let (destination, way, reason, step, field) = Self.failures[index]
        let credentials = AccountCredentials(
            specName: way,
            parameters: [
                "tenant": "acme.com", "servicePrincipalId": "1234", "endpoint": "https://minio.example.com",
            ])
        let settings = DestinationSettings(
            account: KnownAccount(name: "", credentials: credentials), parameters: [:])
        #expect(destination.field(for: reason, at: step, settings) == field)
    }
}

private actor Remembered {
    private(set) var keys: [StorageFailure.ServerKey] = []

    func add(_ key: StorageFailure.ServerKey) { keys.append(key) }
}
