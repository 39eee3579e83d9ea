// Puts that go on where one was interrupted: what has arrived is not sent again, and nothing else is believed.

import TestServers
import Testing

@testable import ObjectStorage

@Suite struct S3ContinuationTests {
    private static let partSize = 8 << 20
    /// A body of four parts.
    private static let content: [UInt8] = (0..<3 * partSize + 1).map {
        UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 9)
    }
    private let going = PutOptions(continuesUnfinished: true)

    private var key: StorageKey {
        get throws { try StorageKey("folder/large object") }
    }

    private struct Killed: Error {}

    /// The numbers of the parts that have arrived in a bucket, once for each time.
    private static func arrivals(_ server: SeaweedFS, _ bucket: String) async throws -> [Int] {
        try await server.seen(containing: "\(bucket)/folder/large%20object?partNumber=")
            .filter { $0.status == 200 }
            .compactMap { $0.path.split(separator: "partNumber=").last?.prefix { $0 != "&" } }
            .compactMap { Int($0) }.sorted()
    }

    /// A bucket with an upload of which some parts have arrived, and whose owner is no more.
    private func bucketWithLeftUpload(_ server: SeaweedFS, parts: Int = 2) async throws -> String {
        let bucket = try await server.makeBucket()
        // The end of the upload does not get through, as if nobody had asked for it.
        try await server.inject(
            .init("status", method: "DELETE", contains: bucket, status: 403, code: "AccessDenied"))
        await #expect(throws: Killed.self) {
            try await server.storage(bucket: bucket).put(
                Interrupted(server, bucket, parts: parts), at: key)
        }
        return bucket
    }

    /// Some parts and a byte, and an error when the parts have arrived.
    private struct Interrupted: AsyncSequence, AsyncIteratorProtocol, Sendable {
        let server: SeaweedFS
        let bucket: String
        let parts: Int
        var error: (any Error)? = Killed()
        private var isSent = false

        init(_ server: SeaweedFS, _ bucket: String, parts: Int = 2) {
            self.server = server
            self.bucket = bucket
            self.parts = parts
        }

        mutating func next() async throws -> [UInt8]? {
            guard isSent else {
                isSent = true
                return Array(content[...(parts * partSize)])
            }
            while try await arrivals(server, bucket) != Array(1...parts) {
                try await Task.sleep(for: .milliseconds(20))
            }
            if let error { throw error }
            try await Task.sleep(for: .seconds(600))
            return nil
        }

        func makeAsyncIterator() -> Interrupted { self }
    }

    @Test("What has arrived of an upload that was killed is not sent again")
    func goesOn() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await bucketWithLeftUpload(server)
        let storage = try server.storage(bucket: bucket)
        try await storage.put(bytes: Self.content, at: key, options: going)
        #expect(try await storage.bytes(of: key) == Self.content)
        #expect(try await Self.arrivals(server, bucket) == [1, 2, 3, 4])
        #expect(try await storage.abortUnfinished(prefix: "") == 0)
    }

    @Test("What has arrived is known also where the store lists it on several pages")
    func goesOnByPages() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await bucketWithLeftUpload(server, parts: 3)
        let object = "\(bucket)/folder/large%20object?"
        try await server.inject(
            .init("pageParts", method: "GET", contains: object, times: 100, after: 1))
        let storage = try server.storage(bucket: bucket)
        try await storage.put(bytes: Self.content, at: key, options: going)
        let pages = try await server.seen(containing: object).filter { $0.method == "GET" }
        let markers = pages.map { page in (1...4).first { page.path.contains("part-number-marker=\($0)") } }
        #expect(markers.starts(with: [nil, 1, 2]))
        #expect(try await Self.arrivals(server, bucket) == [1, 2, 3, 4])
        #expect(try await storage.bytes(of: key) == Self.content)
        #expect(try await storage.abortUnfinished(prefix: "") == 0)
    }

    @Test(
        "A part that has become another is sent anew; where the first has, the whole body, and the old is gone"
    )
    func changed() async throws {
        let server = try await SeaweedFS.shared()
        let cases = [
            (0, [1, 1, 2, 2, 3, 4]), (2 * Self.partSize - 1, [1, 2, 2, 3, 4]),
        ]
        for (position, arrivals) in cases {
            let bucket = try await bucketWithLeftUpload(server)
            let storage = try server.storage(bucket: bucket)
            var content = Self.content
            content[position] ^= 1
            try await storage.put(bytes: content, at: key, options: going)
            #expect(try await storage.bytes(of: key) == content)
            #expect(try await Self.arrivals(server, bucket) == arrivals)
            #expect(try await storage.abortUnfinished(prefix: "") == 0)
        }
    }

    @Test("A body that has become shorter takes nothing over from what had arrived beyond its end")
    func shorter() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await bucketWithLeftUpload(server)
        let storage = try server.storage(bucket: bucket)
        let content = Array(Self.content.prefix(Self.partSize + 10))
        try await storage.put(bytes: content, at: key, options: going)
        #expect(try await storage.bytes(of: key) == content)
        #expect(try await Self.arrivals(server, bucket) == [1, 2, 2])
        #expect(try await storage.abortUnfinished(prefix: "") == 0)
    }

    @Test("Who does not say that nobody else is putting takes no upload over, and ends none")
    func stranger() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await bucketWithLeftUpload(server)
        let storage = try server.storage(bucket: bucket)
        try await storage.put(bytes: Self.content, at: key)
        #expect(try await Self.arrivals(server, bucket) == [1, 1, 2, 2, 3, 4])
        #expect(try await storage.abortUnfinished(prefix: "") == 1)
        #expect(try await storage.bytes(of: key) == Self.content)
    }

    @Test(
        "A put that is cancelled, or fails for now, leaves its parts to the next one; one that fails for good none"
    )
    func interrupted() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let storage = try server.storage(bucket: bucket)
        var body = Interrupted(server, bucket)
        body.error = nil
        let put = Task { [body, going] in try await storage.put(body, at: key, options: going) }
        while try await Self.arrivals(server, bucket) != [1, 2] {
            try await Task.sleep(for: .milliseconds(20))
        }
        put.cancel()
        // Its own error, or that of the body, which asks a server and is cancelled with it.
        await #expect(throws: (any Error).self) { try await put.value }

        for status in [503, 403] {
            try await server.inject(
                .init(
                    "status", method: "PUT", contains: "\(bucket)/folder/large%20object?partNumber=3",
                    times: status == 503 ? 6 : 1, status: status, code: "Refused"))
            let error = await #expect(throws: StorageError.self) {
                try await storage.put(bytes: Self.content, at: key, options: going)
            }
            #expect(error?.isRetryable == (status == 503))
        }
        #expect(try await Self.arrivals(server, bucket).prefix { $0 < 3 } == [1, 2])
        #expect(try await storage.abortUnfinished(prefix: "") == 0)
    }

    @Test("An upload that was begun with other checksums, and cannot be completed, gives way to a new one")
    func otherClient() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await bucketWithLeftUpload(server)
        let storage = try server.storage(.google, bucket: bucket)
        let error = await #expect(throws: StorageError.self) {
            try await storage.put(bytes: Self.content, at: key, options: going)
        }
        #expect(error?.isRetryable == true)
        try await storage.put(bytes: Self.content, at: key, options: going)
        #expect(try await storage.bytes(of: key) == Self.content)
        #expect(try await storage.abortUnfinished(prefix: "") == 0)
    }

    @Test("A part is known by its checksum; where none is kept, by an entity tag that is its MD5")
    func holds() throws {
        let payload = S3Payload(Array("part".utf8))
        let md5 = "f4c9385f1902f7334b00b9b4ecd164de"
        func holds(size: Int = 4, etag: String, checksum: String? = nil) throws -> Bool {
            var part = XMLElement(name: "Part")
            for (name, text) in [("Size", "\(size)"), ("ETag", etag), ("ChecksumSHA256", checksum)] {
                guard let text else { continue }
                var child = XMLElement(name: name)
                child.text = text
                part.children.append(child)
            }
            return try #require(S3LeftUpload.ArrivedPart(part)).holds(payload)
        }
        #expect(try holds(etag: "\"\(md5)\"") && holds(etag: md5.uppercased()))
        #expect(try !holds(size: 5, etag: md5) && !holds(etag: "\"0\(md5.dropFirst())\""))
        #expect(try holds(etag: "\"of something encrypted\"", checksum: payload.checksum))
        #expect(try !holds(etag: md5, checksum: S3Payload([]).checksum))
    }
}
