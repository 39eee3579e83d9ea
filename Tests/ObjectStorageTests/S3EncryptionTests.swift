// Objects that are encrypted with a key of the key management service, and what is said when that cannot be used.

import ObjectStorage
import TestServers
import Testing

@Suite struct S3EncryptionTests {
    private static let keys = "arn:aws:kms:eu-central-1:123456789012:key/"

    @Test(
        "The key is asked for where an object is begun, and nowhere else", arguments: [nil, keys + "export"])
    func kms(keyID: String?) async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let storage = try server.storage(bucket: bucket, change: { $0.encryption = .kms(keyID: keyID) })
        let content = [UInt8](repeating: 7, count: 9 << 20)
        try await storage.put(bytes: [1], at: try StorageKey("small"))
        try await storage.put(bytes: content, at: try StorageKey("large"))
        #expect(try await storage.bytes(of: try StorageKey("small")) == [1])
        #expect(try await storage.bytes(of: try StorageKey("large")) == content)
        let encrypted = try await server.seen(containing: bucket).filter {
            $0.headers.keys.contains { $0.hasPrefix("x-amz-server-side-encryption") }
        }
        #expect(encrypted.map(\.method) == ["PUT", "POST"])
        for request in encrypted {
            #expect(request.headers["x-amz-server-side-encryption"] == "aws:kms")
            #expect(request.headers["x-amz-server-side-encryption-aws-kms-key-id"] == keyID)
        }
    }

    @Test("A key that is not there, and one that is another's, are told apart")
    func refused() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let missing = try server.storage(
            bucket: bucket, change: { $0.encryption = .kms(keyID: Self.keys + "none") })
        let others = try server.storage(
            bucket: bucket, change: { $0.encryption = .kms(keyID: Self.keys + "others") })
        for size in [1, 9 << 20] {
            let content = [UInt8](repeating: 7, count: size)
            let key = try StorageKey("object")
            let noKey = await #expect(throws: StorageError.self) {
                try await missing.put(bytes: content, at: key)
            }
            #expect(
                noKey.map { "\($0)" }
                    == "Cannot write “object” to s3://\(bucket): the key to encrypt with cannot be used: Key '\(Self.keys)none' does not exist (400 KMS.NotFoundException, request 4F2A). Check the key's id and region, whether it is enabled, and whether this user may use it."
            )
            #expect(noKey?.isRetryable == false)
            let noRight = await #expect(throws: StorageError.self) {
                try await others.put(bytes: content, at: key)
            }
            #expect(noRight?.failure.reason == .missingPermission("kms:GenerateDataKey"))
        }
    }
}
