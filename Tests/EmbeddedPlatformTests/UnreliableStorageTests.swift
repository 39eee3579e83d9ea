import ExportDomain
import Foundation
import ObjectStorage
import Secrets
import Testing
import Transfer

@testable import DestinationStorages
@testable import EmbeddedPlatform

@Suite("An export over a network")
struct UnreliableStorageTests {
    private func platform(_ storage: UnreliableStorage) throws -> TestPlatform {
        try TestPlatform(
            storage: { _ in storage },
            patience: Patience(
                policy: RetryPolicy(
                    attempts: 4, firstDelay: .milliseconds(1), longestDelay: .milliseconds(2))))
    }

    private func addBucket(_ test: TestPlatform) async throws -> TargetConnection {
        let answers: FormAnswers = [
            "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"),
            "s3SecretKey": .secret(Secret(String(repeating: "a/+0", count: 10))),
        ]
        return try await test.platform.createDestination(
            DestinationDraft(
                name: "Bucket", connectionSpecID: AmazonS3().id,
                account: .new(
                    BaseConnection.Draft(
                        name: "Amazon",
                        authentication: BaseConnection.Authentication(
                            specName: "Access Key", answers: answers))),
                parameters: [
                    "bucketName": "acme", "path": "backups", "datasetFileType": "JSON", "compression": "GZIP",
                    "includeFileManifest": true,
                ]))
    }

    @Test("A file whose connection is cut is written again, whole, and counted once")
    func writesAgain() async throws {
        let storage = UnreliableStorage(failures: 3)
        let test = try platform(storage)
        let orders = try await test.addDataset("Orders", files: 4, records: 20).dataset
        let flow = try await test.addFlow([orders], to: try await addBucket(test))
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .success, "\(run.metrics.errors)")
        #expect(run.metrics.outputRecords == 80 && run.metrics.inputRecords == 80)
        #expect(storage.seen.attempts == 4 + 1 + 3)
        // What the cut ones may have left is removed, and nothing of others.
        #expect(storage.seen.aborts == [try await test.platform.folder(of: run) + "/"])
        let published = try await storage.memory.list(prefix: "", after: nil, limit: 10).objects
        #expect(storage.seen.abortedKeys == Set(published.map(\.key)))
        let verification = try await test.platform.verification(of: run, depth: .contents)
        #expect(verification.findings.isEmpty && verification.files.count == 5)
        let manifest = try #require(try await test.platform.manifestPath(of: run))
        #expect(try await test.platform.location(of: manifest, in: run.id).hasSuffix("/" + manifest))
    }

    @Test("When the storage stays away, the run fails with the cause, and nothing is left of it")
    func givesUp() async throws {
        let storage = UnreliableStorage(failures: .max)
        let test = try platform(storage)
        let orders = try await test.addDataset("Orders", files: 3, records: 20).dataset
        let flow = try await test.addFlow([orders], to: try await addBucket(test))
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.status == .failed)
        #expect(run.metrics.errors.first?.message == UnreliableStorage.cut.description)
        #expect(storage.seen.attempts <= 3 * 4 && storage.seen.attempts >= 4)
        #expect(storage.seen.aborts == [try await test.platform.folder(of: run) + "/"])
        #expect(try await storage.memory.list(prefix: "", after: nil, limit: 10).objects.isEmpty)
    }

    @Test("What will not pass is not tried again")
    func doesNotInsist() async throws {
        let denied = StorageError.denied(
            StorageFailure(action: .put, location: "s3://acme", key: nil, reason: .noPermission))
        let storage = UnreliableStorage(failures: .max, error: denied)
        let test = try platform(storage)
        let orders = try await test.addDataset("Orders", files: 1).dataset
        let flow = try await test.addFlow([orders], to: try await addBucket(test))
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        #expect(run.metrics.errors.map(\.message) == [denied.description])
        #expect(storage.seen.attempts == 1)
    }

    @Test("Several files are on their way at once")
    func overlaps() async throws {
        let storage = UnreliableStorage(failures: 0)
        let test = try platform(storage)
        let orders = try await test.addDataset("Orders", files: 12, records: 5).dataset
        let flow = try await test.addFlow([orders], to: try await addBucket(test))
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.success])
        #expect(storage.seen.mostUnderWay == 3)
    }

    @Test("A run whose account has lost its secret fails and says so; one of a locked vault waits")
    func needsSecrets() async throws {
        let storage = UnreliableStorage(failures: 0)
        let folder = try TemporaryFolder()
        let test = try TestPlatform(folder: folder) { _ in storage }
        let orders = try await test.addDataset("Orders", files: 1).dataset
        let flow = try await test.addFlow([orders], to: try await addBucket(test))
        try await test.platform.vault.rotate(to: .passphrase(Secret("horse")))
        let again = try TestPlatform(folder: folder)
        await #expect(throws: FlowServiceError.self) { try await again.platform.runDue(flow: flow.id) }
        #expect(try await again.platform.allRuns(of: flow.id).map(\.status) == [.waiting])
        try await again.platform.vault.reset()
        let run = try #require(try await again.platform.runDue(flow: flow.id).first)
        #expect(run.status == .failed)
        #expect(run.metrics.errors.first?.message.contains("“Amazon” has no “s3SecretKey” any more") == true)
    }
}
