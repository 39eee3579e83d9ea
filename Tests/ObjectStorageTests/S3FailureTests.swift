// What can be wrong with a destination on S3: each provoked, with the error it becomes and its sentence.

import Foundation
import ObjectStorage
import Secrets
import TestServers
import Testing
import Transfer

@Suite struct S3FailureTests {
    private func server() async throws -> SeaweedFS { try await SeaweedFS.shared() }

    private func failure(
        of work: () async throws -> Void, _ sourceLocation: SourceLocation = #_sourceLocation
    ) async -> StorageError? {
        await #expect(throws: StorageError.self, sourceLocation: sourceLocation) { try await work() }
    }

    private func expect(
        _ error: StorageError?, _ reason: StorageFailure.Reason, _ sentence: String,
        isRetryable: Bool = false,
        _ sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(error?.failure.reason == reason, sourceLocation: sourceLocation)
        #expect(error.map { "\($0)" } == sentence, sourceLocation: sourceLocation)
        #expect(error?.isRetryable == isRetryable, sourceLocation: sourceLocation)
    }

    private let key = try? StorageKey("backups/part-0")

    @Test("A wrong secret is told from an unknown key, from reaching on")
    func credentials() async throws {
        let server = try await server()
        let bucket = try await server.makeBucket()
        let wrong = try server.storage(bucket: bucket, user: .init(id: server.admin.id, secret: "wrong"))
        for step in ReachStep.allCases.dropLast() { try await wrong.reach(step) }
        expect(
            await failure { try await wrong.reach(.authenticate) }, .wrongSecret,
            "Cannot use s3://\(bucket): the secret does not match the account (403 SignatureDoesNotMatch, request 4F2A). Enter the secret again, or make a new one."
        )
        let id = "UNKNOWNAAAAAAAAAAA22"
        let unknown = try server.storage(bucket: bucket, user: .init(id: id, secret: server.admin.secret))
        expect(
            await failure { try await unknown.put(bytes: [1], at: try #require(key)) }, .unknownAccount(id),
            "Cannot write “backups/part-0” to s3://\(bucket): “\(id)” is not known there (403 InvalidAccessKeyId, request 4F2A). Check the account or access key for typing errors and for the right service."
        )
        // HEAD has no words; they are asked for.
        #expect(
            await failure { _ = try await wrong.stat(try #require(key)) }?.failure.reason == .wrongSecret)
    }

    @Test("A wrong region is found out once, and work goes on; where it is not named it is told")
    func region() async throws {
        let server = try await server()
        let bucket = try await server.makeBucket()
        let storage = try server.storage(bucket: bucket, change: { $0.region = "us-west-2" })
        try await storage.reach(.authenticate)
        #expect(storage.discoveredRegion == "eu-central-1")
        let key = try #require(key)
        try await storage.put(bytes: [1, 2, 3], at: key)
        #expect(try await storage.bytes(of: key) == [1, 2, 3])
        let lost = try server.storage(
            bucket: bucket,
            change: {
                $0.region = "us-west-2"
                $0.endpoint = HTTPOrigin(scheme: "http", host: "127.0.0.1", port: server.hidingFront)
            })
        expect(
            await failure { try await lost.reach(.authenticate) },
            .wrongRegion(configured: "us-west-2", actual: nil),
            "Cannot use s3://\(bucket): it does not lie in the region us-west-2 (400 AuthorizationHeaderMalformed, request 4F2A). Look up the bucket's region and set it."
        )
    }

    @Test("A bucket that is not there is told when it is used, with the keys proven right")
    func bucket() async throws {
        let storage = try await server().storage(bucket: "no-such-bucket")
        try await storage.reach(.authenticate)
        let error = await failure { _ = try await storage.list(prefix: "", after: nil, limit: 1) }
        #expect(error?.failure.reason == .noSuchLocation)
        #expect(
            error.map { "\($0)" }?.hasPrefix(
                "Cannot list in s3://no-such-bucket: the location does not exist (404 NoSuchBucket, request ")
                == true)
        #expect(
            error.map { "\($0)" }?.hasSuffix("Create it, or choose another.") == true)
        let put = await failure { try await storage.put(bytes: [1], at: try #require(key)) }
        #expect(put?.failure.reason == .noSuchLocation)
    }

    @Test("Who may only read is told which right is missing to write")
    func readOnly() async throws {
        let server = try await server()
        let bucket = try await server.makeBucket()
        let key = try #require(key)
        try await server.storage(bucket: bucket).put(bytes: [1, 2], at: key)
        let storage = try server.storage(bucket: bucket, user: server.reader)
        for step in ReachStep.allCases { try await storage.reach(step) }
        #expect(try await storage.bytes(of: key) == [1, 2])
        let error = await failure { try await storage.put(bytes: [1], at: key) }
        #expect(error?.failure.reason == .missingPermission("s3:PutObject"))
        #expect(
            error.map { "\($0)" }?.contains("the right s3:PutObject is missing (403 AccessDenied, request")
                == true)
        #expect(
            await failure { try await storage.delete(key) }?.failure.reason
                == .missingPermission("s3:DeleteObject"))
    }

    @Test("Rights below one folder suffice for everything that is done there")
    func onePrefix() async throws {
        let server = try await server()
        let bucket = try await server.makeBucket()
        let storage = try server.storage(
            bucket: bucket, user: server.tenant, change: { $0.folder = "tenant" })
        for step in ReachStep.allCases { try await storage.reach(step) }
        let key = try StorageKey("tenant/2026/part-0")
        let bytes = [UInt8](repeating: 7, count: (9 << 20))
        try await storage.put(bytes: bytes, at: key)
        #expect(try await storage.bytes(of: key) == bytes)
        #expect(try await storage.stat(key).size == Int64(bytes.count))
        #expect(try await storage.list(prefix: "tenant/", after: nil, limit: 9).objects.map(\.key) == [key])
        #expect(try await storage.abortUnfinished(prefix: "tenant/") == 0)
        try await storage.delete(key)
        #expect(
            await failure { _ = try await storage.list(prefix: "", after: nil, limit: 1) }?.failure.reason
                == .missingPermission("s3:ListBucket"))
        // The keys are right all the same.
        try await server.storage(bucket: bucket, user: server.tenant).reach(.authenticate)
    }

    @Test("A clock that is off is told with the difference", arguments: [3_600.0, -3_600.0])
    func clock(seconds: Double) async throws {
        let server = try await server()
        let storage = try server.storage(
            bucket: "any-bucket", clock: { Date().addingTimeInterval(seconds) })
        let error = await failure { try await storage.reach(.authenticate) }
        guard case .clockOff(let difference?) = error?.failure.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(abs(Double(difference.components.seconds) - seconds) <= 120)
        #expect(error.map { "\($0)" }?.contains("Set the clock of this machine, by NTP.") == true)
    }

    @Test("A host without address, a closed port and an untrusted certificate are told apart")
    func network() async throws {
        let server = try await server()
        func reach(_ step: ReachStep, _ origin: HTTPOrigin) async throws -> StorageError? {
            let key = AccessKey(id: server.admin.id, secret: Secret(server.admin.secret))
            let configuration = S3Configuration(
                bucket: "backups", region: "eu-central-1", credentials: .accessKey(key), endpoint: origin)
            let storage = S3Storage(configuration, http: try HTTPClient(), retrying: .none)
            return await failure { try await storage.reach(step) }
        }
        let unresolved = try await reach(.resolve, HTTPOrigin(host: "no-such-host.invalid"))
        expect(
            unresolved, .nameNotResolved(host: "no-such-host.invalid"),
            "Cannot use s3://backups: the name no-such-host.invalid has no address. Check the name for typing errors, and this machine's DNS."
        )
        let closed = try await reach(.connect, HTTPOrigin(scheme: "http", host: "127.0.0.1", port: 1))
        guard case .unreachable(host: "127.0.0.1:1", words: _) = closed?.failure.reason else {
            Issue.record("\(String(describing: closed))")
            return
        }
        let untrusted = try await reach(.identify, HTTPOrigin(host: "localhost", port: server.frontTLS))
        guard case .notTrusted(let host, words: _) = untrusted?.failure.reason, host.hasPrefix("localhost")
        else {
            Issue.record("untrusted: \(String(describing: untrusted))")
            return
        }
        #expect(untrusted.map { "\($0)" }?.contains("--cacert") == true)
    }
}
