// Buckets that are not where they were asked for: they are found, and asked for there from then on.

import Foundation
import HTTPTypes
import Secrets
import TestServers
import Testing
import Transfer

@testable import ObjectStorage

@Suite struct S3RedirectTests {
    private let key: StorageKey
    private let server: SeaweedFS
    private let bucket: String
    /// The other server that knows the bucket.
    private var other: String { "127.0.0.1:\(server.hidingFront)" }

    init() async throws {
        key = try StorageKey("folder/object")
        server = try await SeaweedFS.shared()
        bucket = try await server.makeBucket()
    }

    private func methods(at port: Int) async throws -> [String] {
        try await server.seen(containing: bucket, port: port).map(\.method)
    }

    @Test("A permanent redirection is followed, signed for the other server, and remembered")
    func permanent() async throws {
        let storage = try server.storage(bucket: bucket)
        try await server.inject(
            .init("redirect", contains: bucket, status: 301, code: "PermanentRedirect", endpoint: other))
        try await storage.put(bytes: [1, 2, 3], at: key)
        #expect(try await storage.bytes(of: key) == [1, 2, 3])
        #expect(try await methods(at: server.front) == [])
        #expect(try await methods(at: server.hidingFront) == ["PUT", "GET"])
    }

    @Test("A temporary redirection is followed for the one request, an upload in parts goes on")
    func temporary() async throws {
        let storage = try server.storage(bucket: bucket)
        let content = [UInt8](repeating: 7, count: 20 << 20)
        try await server.inject(
            .init(
                "redirect", method: "PUT", contains: "\(bucket)/folder/object?partNumber=2", status: 307,
                code: "TemporaryRedirect", endpoint: other))
        try await storage.put(bytes: content, at: key)
        #expect(try await storage.bytes(of: key) == content)
        #expect(try await methods(at: server.hidingFront) == ["PUT"])
        #expect(try await methods(at: server.front).sorted() == ["GET", "POST", "POST", "PUT", "PUT"])
    }

    @Test(
        "A region that only a field names is learned, from any method and status",
        arguments: [(301, "PUT"), (307, "PUT"), (301, "HEAD"), (307, "HEAD"), (400, "HEAD"), (301, "GET")])
    func region(status: Int, method: String) async throws {
        try await server.storage(bucket: bucket).put(bytes: [1], at: key)
        let storage = try server.storage(bucket: bucket, change: { $0.region = "us-west-2" })
        try await server.inject(
            .init(
                "redirect", method: method, contains: bucket, status: status,
                code: status == 307 ? "TemporaryRedirect" : "PermanentRedirect", region: "eu-central-1"))
        switch method {
        case "PUT": try await storage.put(bytes: [1], at: key)
        case "HEAD": #expect(try await storage.stat(key).size == 1)
        default: #expect(try await storage.bytes(of: key) == [1])
        }
        #expect(storage.discoveredRegion == "eu-central-1")
    }

    @Test("Where an answer to HEAD names nothing, the answer to GET is asked")
    func withoutWords() async throws {
        try await server.storage(bucket: bucket).put(bytes: [1], at: key)
        let storage = try server.storage(bucket: bucket)
        for method in ["HEAD", "GET"] {
            try await server.inject(
                .init(
                    "redirect", method: method, contains: bucket, status: 301, code: "PermanentRedirect",
                    endpoint: other))
        }
        #expect(try await storage.stat(key).size == 1)
        #expect(try await methods(at: server.hidingFront) == ["GET", "HEAD"])
    }

    @Test("Servers that send a request to and fro are not followed for ever")
    func circle() async throws {
        let storage = try server.storage(bucket: bucket)
        try await server.inject(
            .init(
                "redirect", contains: bucket, times: 4, status: 301, code: "PermanentRedirect",
                endpoint: "127.0.0.1:\(server.front)"))
        let error = await #expect(throws: StorageError.self) { try await storage.put(bytes: [1], at: key) }
        #expect(error?.failure.reason == .wrongRegion(configured: "eu-central-1", actual: nil))
        #expect(error?.isRetryable == false)
    }

    @Test("Amazon's servers are found by the region, and no other is taken for one")
    func amazon() throws {
        let configuration = S3Configuration(
            bucket: "acme", region: "us-east-1",
            credentials: .accessKey(AccessKey(id: "id", secret: Secret("secret"))))
        for (endpoint, region, expected) in [
            ("acme.s3.eu-west-1.amazonaws.com", nil, "eu-west-1"),
            ("acme.s3-eu-west-1.amazonaws.com", nil, "eu-west-1"),
            ("s3.dualstack.eu-west-1.amazonaws.com", nil, "eu-west-1"),
            ("s3.cn-north-1.amazonaws.com.cn", nil, "cn-north-1"),
            ("s3.amazonaws.com", "eu-west-3", "eu-west-3"),
            ("elsewhere.example.com", "eu-west-3", "eu-west-3"),
            ("s3.amazonaws.com", nil, nil), ("s3-external-1.amazonaws.com", nil, nil),
            ("elsewhere.example.com", nil, nil), ("s3.eu-west-1.amazonaws.com.example.com", nil, nil),
            ("", nil, nil),
        ] as [(String, String?, String?)] {
            var fields = HTTPFields()
            if let region { fields[try #require(.init("x-amz-bucket-region"))] = region }
            let body = "<Error><Code>PermanentRedirect</Code><Endpoint>\(endpoint)</Endpoint></Error>"
            let answer = try #require(
                S3ErrorAnswer(
                    HTTPResponse(status: .movedPermanently, headerFields: fields), Array(body.utf8), at: .now)
            )
            let place = answer.place(insteadOf: S3Place(region: "us-east-1"), of: configuration)
            #expect(place == expected.map { S3Place(region: $0) }, "\(endpoint)")
        }
    }
}
