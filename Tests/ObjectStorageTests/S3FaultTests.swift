// What the network and the service do to uploads and readings, provoked by the front: all ends well, or leaves
// nothing behind.

import ObjectStorage
import Secrets
import TestServers
import Testing
import Transfer

@Suite struct S3FaultTests {
    private static let size = (20 << 20) + 1
    private static let content: [UInt8] = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 9) }

    private func put(
        _ faults: (String) -> [SeaweedFS.Fault], options: PutOptions = PutOptions(), door: S3Door = .front
    ) async throws -> (storage: S3Storage, result: Result<StoredObject, any Error>) {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        for fault in faults(bucket) { try await server.inject(fault) }
        let storage = try server.storage(door, bucket: bucket)
        do {
            return (storage, .success(try await storage.put(bytes: Self.content, at: key, options: options)))
        } catch {
            return (storage, .failure(error))
        }
    }

    private var key: StorageKey {
        get throws { try StorageKey("folder/large object") }
    }

    private func expectWhole(
        _ put: (storage: S3Storage, result: Result<StoredObject, any Error>)
    ) async throws {
        #expect(try put.result.get().size == Int64(Self.size))
        #expect(try await put.storage.bytes(of: key) == Self.content)
        #expect(try await put.storage.abortUnfinished(prefix: "") == 0)
    }

    @Test("An upload survives a storm of 503, connections that are cut, and answers that get lost")
    func storm() async throws {
        try await expectWhole(
            try await put { bucket in
                [
                    .init("status", method: "PUT", contains: bucket, times: 4),
                    .init("status", method: "POST", contains: bucket, status: 500, code: "InternalError"),
                    .init(
                        "cutRequest", method: "PUT", contains: "\(bucket)/folder/large%20object?partNumber=2"),
                    .init(
                        "dropAnswer", method: "PUT", contains: "\(bucket)/folder/large%20object?partNumber=3"),
                ]
            })
    }

    @Test("An upload whose completion was answered, but not heard, is known to be complete")
    func lostCompletion() async throws {
        for options in [PutOptions(), PutOptions(ifAbsent: true)] {
            try await expectWhole(
                try await put(
                    {
                        [
                            .init(
                                "dropAnswer", method: "POST", contains: "\($0)/folder/large%20object?uploadId"
                            )
                        ]
                    },
                    options: options))
        }
    }

    @Test("An error inside an answer of success is one, and the completion is tried again")
    func errorInside() async throws {
        try await expectWhole(
            try await put {
                [
                    .init(
                        "errorInside", method: "POST", contains: "\($0)/folder/large%20object?uploadId",
                        times: 2)
                ]
            })
    }

    @Test("An upload that fails for good leaves nothing unfinished")
    func failing() async throws {
        let put = try await put {
            [
                .init(
                    "status", method: "PUT", contains: "\($0)/folder/large%20object?partNumber=2", times: 99,
                    status: 403, code: "AccessDenied")
            ]
        }
        let error = #expect(throws: StorageError.self) { try put.result.get() }
        #expect(error?.failure.reason == .missingPermission("s3:PutObject"))
        #expect(try await put.storage.abortUnfinished(prefix: "") == 0)
        #expect(try await put.storage.list(prefix: "", after: nil, limit: 1).objects.isEmpty)
    }

    @Test("A small object that was stored, but not heard of, is not refused as being there already")
    func lostPut() async throws {
        for door in [S3Door.front, .google] {
            let server = try await SeaweedFS.shared()
            let bucket = try await server.makeBucket()
            if door == .front {
                try await server.inject(.init("dropAnswer", method: "PUT", contains: bucket))
            }
            let storage = try server.storage(door, bucket: bucket)
            try await storage.put(bytes: [1, 2, 3], at: key, options: PutOptions(ifAbsent: true))
            #expect(try await storage.bytes(of: key) == [1, 2, 3])
        }
    }

    @Test("Too many requests are told with the wait that the server asks for")
    func throttled() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        try await server.inject(.init("status", method: "PUT", contains: bucket, retryAfter: "7"))
        let storage = try server.storage(bucket: bucket, retrying: .none)
        let error = await #expect(throws: StorageError.self) { try await storage.put(bytes: [1], at: key) }
        guard case .throttled(_, after: .seconds(7)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(
            error.map { "\($0)" }
                == "Cannot write “folder/large object” to s3://\(bucket): too many requests. Try again in 7 seconds."
        )
    }

    @Test("A reading goes on where the connection was cut, unless the object has become another")
    func reading() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let storage = try server.storage(bucket: bucket)
        try await storage.put(bytes: Self.content, at: key)
        for after in [100_000, 5 << 20, 1] {
            try await server.inject(.init("cutAnswer", method: "GET", contains: bucket, after: after))
        }
        #expect(try await storage.bytes(of: key) == Self.content)
        #expect(
            try await storage.bytes(of: key, range: 10..<9_000_000) == Array(Self.content[10..<9_000_000]))

        try await server.inject(.init("cutAnswer", method: "GET", contains: bucket, after: 1 << 20))
        let error = await #expect(throws: StorageError.self) {
            var isReplaced = false
            for try await _ in try await storage.read(key, range: nil) where !isReplaced {
                isReplaced = true
                try await storage.put(bytes: [1, 2, 3], at: key)
            }
        }
        #expect(error?.failure.reason == .changedMeanwhile)
    }

    @Test("A listing that breaks off is asked for again")
    func listing() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let storage = try server.storage(bucket: bucket)
        for number in 0..<20 { try await storage.put(bytes: [1], at: try StorageKey("a/\(number)")) }
        try await server.inject(.init("cutAnswer", method: "GET", contains: bucket, after: 900))
        #expect(try await storage.list(prefix: "a/", after: nil, limit: 100).objects.count == 20)
    }

    @Test("Every part and every put carries the checksum that its store takes, and the encryption asked for")
    func fields() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let storage = try server.storage(bucket: bucket, change: { $0.encryption = .aes256 })
        try await storage.put(bytes: [1], at: try StorageKey("small"))
        try await storage.put(bytes: Self.content, at: key)
        let puts = try await server.seen(containing: bucket).filter { $0.method == "PUT" }
        #expect(puts.count == 4)
        #expect(puts.allSatisfy { $0.headers["x-amz-checksum-sha256"] != nil })
        let begun = try await server.seen(containing: bucket).filter {
            $0.headers["x-amz-server-side-encryption"] == "AES256"
        }
        #expect(begun.map(\.method).sorted() == ["POST", "PUT"])
    }
}
