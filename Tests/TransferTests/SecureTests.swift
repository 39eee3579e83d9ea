// TLS, proxies, and the steps towards a server.

import Foundation
import HTTPTypes
import Languages
import TestServers
import Testing

@testable import Transfer

@Suite("TLS and proxies")
struct SecureTests {
    private let server: HTTPServer
    private let certificates: TestCertificates

    init() throws {
        server = try HTTPServer(secure: true)
        certificates = try #require(server.certificates)
    }

    private func client(_ environment: [String: String], authorities: String? = nil) throws -> HTTPClient {
        try HTTPClient(
            HTTPClient.Configuration(environment: environment, certificateAuthorities: authorities))
    }

    @Test("A certificate that nobody vouches for is refused, and trusted with its authority's file")
    func trust() async throws {
        let request = server.secureRequest(.put, "/echo")
        let error = await #expect(throws: TransferError.self) { try await client([:]).send(request) }
        #expect(error?.kind == .certificateNotTrusted)
        #expect(error?.phase == .secure)
        #expect(error?.isRetryable == false)
        for trusting in [
            try client(["SSL_CERT_FILE": certificates.authority]),
            try client(["SSL_CERT_FILE": "/nowhere"], authorities: certificates.authority),
        ] {
            let body = Chunks(count: 20, size: 300_000)
            let echo = try await trusting.send(request, body: .stream(length: 6_000_000, body)).echo()
            #expect(echo.sha256 == body.sha256)
            let reply = try await trusting.send(server.secureRequest(.get, "/bytes/5000000"))
            #expect(try await reply.body.bytes(limit: 5_000_000).count == 5_000_000)
        }
        let missing = await #expect(throws: TransferError.self) {
            try await client(["SSL_CERT_FILE": "/nowhere"]).send(request)
        }
        #expect(missing?.kind == .certificateNotTrusted)
        #expect(missing?.reason.english.contains("/nowhere") == true)
    }

    @Test("A certificate of another name is refused, and so is a port without TLS")
    func wrongName() async throws {
        let trusting = try client([:], authorities: certificates.authority)
        let otherName = await #expect(throws: TransferError.self) {
            try await trusting.connect(to: HTTPOrigin(host: "127.0.0.2", port: server.secureOrigin.port))
        }
        // The server may not listen at that address.
        #expect([.certificateNotTrusted, .refused].contains(otherName?.kind))
        var configuration = HTTPClient.Configuration()
        configuration.connectTimeout = .seconds(1)
        let impatient = try HTTPClient(configuration)
        let plain = await #expect(throws: TransferError.self) {
            try await impatient.connect(to: HTTPOrigin(host: "127.0.0.1", port: server.origin.port))
        }
        #expect(plain?.kind == .timedOut)
        #expect(plain?.phase == .secure)
    }

    @Test("Resolving and connecting can be tried alone, one after the other")
    func steps() async throws {
        let client = try client([:])
        #expect(try await client.resolve(server.secureOrigin).contains("127.0.0.1"))
        let nameless = await #expect(throws: TransferError.self) {
            try await client.resolve(HTTPOrigin(host: "nobody.invalid"))
        }
        #expect(nameless?.kind == .nameNotResolved)
        try await client.connect(to: server.secureOrigin, securing: false)
        let error = await #expect(throws: TransferError.self) {
            try await client.connect(to: server.secureOrigin)
        }
        #expect(error?.kind == .certificateNotTrusted)
        try await self.client([:], authorities: certificates.authority).connect(to: server.secureOrigin)
        let refused = await #expect(throws: TransferError.self) {
            try await client.connect(to: HTTPOrigin(host: "127.0.0.1", port: 1))
        }
        #expect(refused?.kind == .refused)
        #expect(try await server.counts()["requests"] == 1)
    }

    @Test("The environment's proxies are used for their schemes, but not for the exceptions")
    func proxies() async throws {
        let proxy = try ServerProcess("forward_proxy.py", ["user:s3cret"])
        let address = "http://user:s3cret@127.0.0.1:\(proxy.port("proxy"))"
        let environment = [
            "http_proxy": address, "HTTPS_PROXY": address, "SSL_CERT_FILE": certificates.authority,
        ]
        let client = try client(environment)
        let path = "/a/../b?c=%2f"
        #expect(try await client.send(server.request(.get, path)).echo().target == path)
        #expect(try await client.send(server.secureRequest(.get, path)).echo().target == path)
        try await client.connect(to: server.secureOrigin)
        try await client.connect(to: server.secureOrigin, securing: false)
        let secure = server.secureOrigin.authority
        #expect(
            Set(proxy.errors.split(separator: "\n")) == [
                "GET http://\(server.origin.authority)\(path)", "CONNECT \(secure)",
            ])
        let before = proxy.errors
        let direct = try self.client(environment.merging(["no_proxy": "127.0.0.0/8,localhost"]) { $1 })
        #expect(try await direct.send(server.request(.get, path)).echo().target == path)
        #expect(try await direct.send(server.secureRequest(.get, path)).echo().target == path)
        #expect(proxy.errors == before)
    }

    @Test("A proxy that refuses, or is not there, is named, and its credentials never are")
    func refusingProxies() async throws {
        let strict = try ServerProcess("forward_proxy.py", ["user:s3cret"])
        let failing = try ServerProcess("forward_proxy.py", ["", "503"])
        for (address, isRetryable) in [
            ("http://user:wr0ng@127.0.0.1:\(strict.port("proxy"))", false),
            ("http://user:wr0ng@127.0.0.1:\(failing.port("proxy"))", true),
            ("http://user:wr0ng@127.0.0.1:1", true), ("http://user:wr0ng@nobody.invalid:80", true),
            ("socks5h://user:wr0ng@127.0.0.1:1", true), ("gopher://user:wr0ng@127.0.0.1:1", false),
        ] {
            let client = try client(["all_proxy": address])
            let error = await #expect(throws: TransferError.self) {
                try await client.send(server.secureRequest(.get, "/"))
            }
            #expect(error?.kind == .proxy, "\(address)")
            #expect(error?.isRetryable == isRetryable, "\(address)")
            let told = error.map { "\($0) \(String(reflecting: $0)) \($0.proxy ?? "")" } ?? ""
            #expect(!told.contains("wr0ng") && !told.contains("user:"))
            #expect(error?.proxy.map { address.hasSuffix($0) } == true, "\(address)")
        }
    }
}
