// HTTP/2: many exchanges over one connection, each for itself.

import Crypto
import Foundation
import HTTPTypes
import TestServers
import Testing

@testable import Transfer

@Suite("HTTP/2")
struct HTTP2Tests {
    private let server: HTTP2Server
    private let client: HTTPClient

    init() throws {
        server = try HTTP2Server()
        client = try server.client()
    }

    @Test("It is spoken where TLS offers it and nobody forbids it, and the answer says so")
    func negotiated() async throws {
        #expect(try await client.send(server.request(.get, "/echo")).version == .http2)
        let older = try server.client { $0.usesHTTP2 = false }
        #expect(try await older.send(server.request(.get, "/echo")).version == .http1)
        let plain = try HTTPServer(secure: true)
        #expect(try await client.send(plain.request(.get, "/echo")).version == .http1)
        let trusting = try HTTPClient(
            HTTPClient.Configuration(
                environment: [:], certificateAuthorities: plain.certificates?.authority))
        #expect(try await trusting.send(plain.secureRequest(.get, "/echo")).version == .http1)
    }

    @Test("Fifty requests at once share one connection, the first ones too")
    func sharing() async throws {
        for round in 1...2 {
            let replies = try await withThrowingTaskGroup(of: (HTTPVersion?, Echo).self) { group in
                for number in 0..<50 {
                    let body = [UInt8](repeating: UInt8(number), count: number * 100)
                    group.addTask {
                        let reply = try await client.send(
                            server.request(.put, "/echo?\(number)"), body: .bytes(body))
                        let echo = try await reply.echo()
                        #expect(echo.sha256 == SHA256.hash(data: body).hex)
                        #expect(echo.target == "/echo?\(number)")
                        return (reply.version, echo)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.allSatisfy { $0.0 == .http2 && $0.1.connection == 1 }, "round \(round)")
        }
        #expect(try await server.count("HTTP/2 connections") == 1)
    }

    @Test("A long body has a connection of its own, and of HTTP/1.1; a short one shares")
    func longBodies() async throws {
        for (size, version) in [(128 << 10, HTTPVersion.http2), ((128 << 10) + 1, .http1)] {
            let reply = try await client.send(
                server.request(.put, "/echo"), body: .bytes([UInt8](repeating: 1, count: size)))
            #expect(reply.version == version)
            #expect(try await reply.echo().length == size)
        }
        let body = Chunks(count: 2, size: 10)
        let reply = try await client.send(server.request(.put, "/echo"), body: .stream(length: nil, body))
        #expect(reply.version == .http1)
        #expect(try await reply.echo().sha256 == body.sha256)
    }

    @Test("A stream that is sent and one that is received are right to the byte, side by side")
    func streams() async throws {
        let client = try server.client { $0.longestBodyOverHTTP2 = .max }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for length in [nil, 6_000_000] as [Int64?] {
                group.addTask {
                    let body = Chunks(count: 20, size: 300_000)
                    let reply = try await client.send(
                        server.request(.put, "/echo"), body: .stream(length: length, body))
                    let echo = try await reply.echo()
                    #expect(reply.version == .http2)
                    #expect(echo.length == 6_000_000)
                    #expect(echo.sha256 == body.sha256)
                }
            }
            for path in ["/bytes/8000000", "/bytes/8000000?unannounced", "/bytes/0"] {
                group.addTask {
                    let reply = try await client.send(server.request(.get, path))
                    let bytes = try await reply.body.bytes(limit: 8_000_000)
                    #expect(reply.version == .http2)
                    #expect(
                        reply.response.headerFields[try #require(.init("x-sha256"))]
                            == SHA256.hash(data: bytes).hex)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await server.count("HTTP/2 connections") == 1)
    }

    @Test("A server that reads slowly slows the body down")
    func slowServer() async throws {
        let client = try server.client { $0.longestBodyOverHTTP2 = .max }
        let made = Count()
        let body = Chunks(count: 400, size: 100_000, made: { _ in made.add() })
        let sending = Task {
            try await client.send(server.request(.put, "/stall/unread"), body: .stream(length: nil, body))
        }
        try await made.settle()
        // What the client holds, and the kernels' buffers.
        #expect(made.value < 200)
        sending.cancel()
        _ = await sending.result
    }

    @Test("A reader that takes its time slows the server down, and leaves the other streams alone")
    func slowReader() async throws {
        let slow = try await client.send(server.request(.get, "/bytes/60000000"))
        var chunks = slow.body.makeAsyncIterator()
        var hash = SHA256()
        var length = 0
        func take(_ chunk: [UInt8]?) -> Bool {
            guard let chunk else { return false }
            hash.update(data: chunk)
            length += chunk.count
            return true
        }
        #expect(take(try await chunks.next()))
        var sent = 0
        for _ in 0..<50 {
            try await Task.sleep(for: .milliseconds(100))
            let now = try await server.count("sent")
            if now == sent { break }
            sent = now
        }
        #expect(sent < 20_000_000)
        for _ in 0..<5 {
            let other = try await client.send(server.request(.get, "/bytes/1000000"))
            #expect(other.version == .http2)
            #expect(try await other.body.bytes(limit: 1_000_000).count == 1_000_000)
        }
        while take(try await chunks.next()) {}
        #expect(length == 60_000_000)
        #expect(slow.response.headerFields[try #require(.init("x-sha256"))] == hash.finalize().hex)
    }

    @Test("A stream that is reset, a server that goes away or dies: told as cut, and never taken for whole")
    func broken() async throws {
        for how in ["reset", "refuse", "leave", "close", "die"] {
            for path in ["/break/\(how)/-1", "/break/\(how)/1000", "/break/\(how)/300000?announced=500000"] {
                let error = await #expect(throws: TransferError.self, "\(path)") {
                    _ = try await client.send(server.request(.get, path)).body.bytes(limit: 1_000_000)
                }
                #expect(error?.kind == .interrupted, "\(path): \(String(describing: error))")
                #expect(error?.isRetryable == true, "\(path)")
            }
            let uploading = try server.client { $0.longestBodyOverHTTP2 = .max }
            let error = await #expect(throws: TransferError.self) {
                _ = try await uploading.send(
                    server.request(.put, "/break-request/\(how)/1000000"),
                    body: .bytes([UInt8](repeating: 0, count: 5_000_000)))
            }
            #expect(error?.kind == .interrupted, "\(how): \(String(describing: error))")
            #expect(error?.isRetryable == true, "\(how)")
        }
    }

    @Test("What was cut is sent again where that is safe, and only there")
    func retries() async throws {
        for how in ["reset", "leave", "close", "die"] {
            let reply = try await client.send(
                server.request(.put, "/fail/\(how)/2?id=put-\(how)"), body: .bytes([1, 2, 3]),
                retrying: .quick)
            #expect(reply.response.status == .ok, "\(how)")
            #expect(reply.version == .http2)
            _ = try? await client.send(
                server.request(.post, "/fail/\(how)/2?id=post-\(how)"), body: .bytes([1]), retrying: .quick)
            #expect(try await server.count("post-\(how)") == 1, "\(how)")
        }
        // A stream that was refused has not been looked at (RFC 9113, section 8.7).
        let refused = try await client.send(server.request(.post, "/fail/refuse/2?id=refused"))
        #expect(refused.response.status == .ok)
    }

    @Test("After a server has said that it takes no more, requests go over another connection")
    func leaving() async throws {
        var connections: Set<Int> = []
        for _ in 0..<3 {
            let body = try await client.send(server.request(.get, "/last"), retrying: .quick)
                .body.bytes(limit: 1_000)
            let answer = try JSONDecoder().decode([String: Int].self, from: Data(body))
            connections.insert(try #require(answer["connection"]))
        }
        #expect(connections.count == 3)
    }

    @Test("Cancelling one stream ends it at the server, and leaves the others alone")
    func cancellation() async throws {
        let other = try await client.send(server.request(.get, "/bytes/20000000"))
        let waiting = Task { try await client.send(server.request(.get, "/stall/head")) }
        let reading = Task {
            try await client.send(server.request(.get, "/stall/1000")).body.bytes(limit: 1_000_000)
        }
        #expect(try await server.count("waiting", reaching: 2) == 2)
        waiting.cancel()
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        await #expect(throws: CancellationError.self) { try await reading.value }
        #expect(
            SHA256.hash(data: try await other.body.bytes(limit: 20_000_000)).hex
                == other.response.headerFields[try #require(.init("x-sha256"))])
        #expect(try await server.count("reset by the client", reaching: 2) == 2)
        #expect(try await server.count("HTTP/2 connections") == 1)
        #expect(try await server.count("HTTP/2 closed") == 0)
    }

    @Test("A stream that stalls is given up though others move on the same connection")
    func stalls() async throws {
        let client = try server.client { $0.stallTimeout = .milliseconds(500) }
        let moving = Task {
            for try await _ in try await client.send(server.request(.get, "/drip")).body {}
        }
        for path in ["/stall/head", "/stall/1000"] {
            let error = await #expect(throws: TransferError.self) {
                _ = try await client.send(server.request(.get, path)).body.bytes(limit: 1_000_000)
            }
            #expect(error?.kind == .stalled, "\(path)")
        }
        moving.cancel()
        await #expect(throws: CancellationError.self) { try await moving.value }
    }
}
