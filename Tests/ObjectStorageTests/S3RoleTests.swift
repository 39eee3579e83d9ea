// Roles that are assumed: their keys are asked for once, whoever needs them, and again when they run out.

import ObjectStorage
import Secrets
import TestServers
import Testing
import Transfer

@Suite(.timeLimit(.minutes(5)))
struct S3RoleTests {
    @Test("A role is assumed once for all that ask, and its temporary keys sign")
    func assumedRole() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let base = AccessKey(id: server.admin.id, secret: Secret(server.admin.secret))
        let sts = HTTPOrigin(scheme: "http", host: "127.0.0.1", port: server.front)
        let role = AssumedRole(
            arn: "arn:aws:iam::123456789012:role/export", externalID: "sluice",
            sessionName: bucket, endpoint: sts)
        let storage = try server.storage(
            bucket: bucket, change: { $0.credentials = .assumedRole(role, by: base) })
        try await storage.reach(.authenticate)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<10 {
                group.addTask { try await storage.put(bytes: [1], at: try StorageKey("\(number)")) }
            }
            try await group.waitForAll()
        }
        let keys = try await server.seen(containing: bucket).compactMap { $0.headers["x-amz-security-token"] }
        #expect(keys.count == 11)
        #expect(Set(keys).count == 1)

        let refused = try server.storage(
            bucket: bucket,
            change: {
                $0.credentials = .assumedRole(
                    AssumedRole(arn: "arn:aws:iam::123456789012:role/other", endpoint: sts), by: base)
            })
        let error = await #expect(throws: StorageError.self) { try await refused.reach(.authenticate) }
        #expect(error?.failure.reason == .missingPermission("sts:AssumeRole"))
    }

    @Test(
        "Keys that run out within an upload, or are not accepted any more, are renewed, once for all parts",
        arguments: ["-for-6-seconds", "-revoked-after-6-seconds"])
    func renewal(kind: String) async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let role = AssumedRole(
            arn: "arn:aws:iam::123456789012:role/export\(kind)", sessionName: bucket,
            endpoint: HTTPOrigin(scheme: "http", host: "127.0.0.1", port: server.front))
        let base = AccessKey(id: server.admin.id, secret: Secret(server.admin.secret))
        let storage = try server.storage(
            bucket: bucket, change: { $0.credentials = .assumedRole(role, by: base) })
        let body = SlowBody(parts: 6, rest: .seconds(1.5))
        let key = try StorageKey("large object")
        try await storage.put(body, at: key)
        // HEAD is refused without a word; the keys are renewed all the same.
        try await Task.sleep(for: .seconds(6))
        #expect(try await storage.stat(key).size == Int64(6 * SlowBody.partSize))
        #expect(try await storage.bytes(of: key) == body.content)
        let tokens = try await server.seen(containing: bucket).compactMap {
            $0.headers["x-amz-security-token"]
        }
        let asked = try await server.seen(containing: "role-session=\(bucket)").count
        #expect(Set(tokens).count > 2)
        #expect(asked == Set(tokens).count)
    }
}
