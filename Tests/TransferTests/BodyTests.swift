// Bodies of any size, both ways, in bounded memory.

import Crypto
import Foundation
import HTTPTypes
import Testing

@testable import Transfer

@Suite("Bodies")
struct BodyTests {
    private let server: HTTPServer
    private let client: HTTPClient

    init() throws {
        server = try HTTPServer()
        client = try HTTPClient()
    }

    @Test("A streamed body arrives whole, with its length announced and without", arguments: [true, false])
    func streaming(isAnnounced: Bool) async throws {
        for (count, size) in [(0, 1), (1, 1), (3, 100), (500, 10_001), (30, 1 << 20)] {
            let chunks = Chunks(count: count, size: size)
            let counters = TransferCounters()
            let body = HTTPBody.stream(length: isAnnounced ? Int64(count * size) : nil, chunks)
            let echo = try await client.send(server.request(.put, "/echo"), body: body, counters: counters)
                .echo()
            #expect(echo.length == count * size)
            #expect(echo.sha256 == chunks.sha256)
            #expect(echo.values(of: "transfer-encoding") == (isAnnounced ? [] : ["chunked"]))
            #expect(counters.sent == Int64(count * size))
        }
    }

    @Test("A streamed body that is slow is waited for, however slow")
    func slowBody() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.stallTimeout = .milliseconds(200)
        let client = try HTTPClient(configuration)
        let chunks = Chunks(count: 4, size: 10, pause: .milliseconds(300))
        #expect(
            try await client.send(server.request(.put, "/echo"), body: .stream(length: 40, chunks)).echo()
                .length == 40)
    }

    @Test("An answer arrives whole, with its length and in chunks")
    func answers() async throws {
        for path in ["/bytes/0", "/bytes/1", "/bytes/70000", "/bytes/30000001", "/bytes/5000000?chunked"] {
            let counters = TransferCounters()
            let reply = try await client.send(server.request(.get, path), counters: counters)
            var hash = SHA256()
            var length = 0
            for try await chunk in reply.body {
                #expect(!chunk.isEmpty)
                hash.update(data: chunk)
                length += chunk.count
            }
            #expect(reply.response.headerFields[try #require(.init("x-sha256"))] == hash.finalize().hex)
            #expect(counters.received == Int64(length))
            #expect(reply.response.headerFields[try #require(.init("x-trailer"))] == nil)
        }
    }

    @Test("A server that does not read holds the body up, in bounded memory")
    func backPressureOfServer() async throws {
        let made = Count()
        let body = HTTPBody.stream(length: nil, Chunks(count: 400, size: 1 << 20, made: { _ in made.add() }))
        let sending = Task { try await client.send(server.request(.put, "/unread"), body: body) }
        try await made.settle()
        // What the kernel's buffers hold, libcurl's, and ours.
        #expect(made.value < 40)
        sending.cancel()
        await #expect(throws: CancellationError.self) { try await sending.value }
    }

    @Test("A reader that does not read holds the server up, in bounded memory")
    func backPressureOfReader() async throws {
        let reply = try await client.send(server.request(.get, "/bytes/400000000"))
        var chunks = reply.body.makeAsyncIterator()
        #expect(try await chunks.next() != nil)
        var sent = -1
        while let now = try await server.counts()["sent"], now != sent {
            sent = now
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(sent < 40_000_000)
        #expect(try await chunks.next().map { $0.count <= 1 << 20 } == true)
    }

    @Test("A body that nobody wants ends the transfer")
    func droppedBody() async throws {
        _ = try await client.send(server.request(.get, "/bytes/400000000"))
        #expect(try await server.count("closed", reaching: 1) >= 1)
        _ = try await client.send(server.request(.get, "/bytes/400000000")).body.makeAsyncIterator()
        #expect(try await server.counts()["sent", default: 0] < 80_000_000)
    }

    @Test(
        "A body whose length is not what was announced is never taken for whole", arguments: [-1, 1, 100_000])
    func wrongLength(difference: Int) async throws {
        let chunks = Chunks(count: 10, size: 50_000)
        let error = await #expect(throws: TransferError.self) {
            try await client.send(
                server.request(.put, "/fail/500/0?id=whole"),
                body: .stream(length: Int64(500_000 + difference), chunks))
        }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.isRetryable == false)
        #expect(try await server.counts()["whole"] == nil)
    }

    @Test(
        "What a body throws is thrown, and the server sees no end of the body", arguments: [nil, 10_000_000])
    func failingBody(length: Int64?) async throws {
        struct Failure: Error {}
        let chunks = Chunks(count: 10, size: 50_000, failure: Failure())
        await #expect(throws: Failure.self) {
            try await client.send(
                server.request(.put, "/fail/500/0?id=whole"), body: .stream(length: length, chunks))
        }
        #expect(try await server.counts()["whole"] == nil)
    }

    @Test("An answer of failure before the body was sent is not lost, and the body is asked for no more")
    func earlyAnswer() async throws {
        let reply = try await client.send(
            server.request(.put, "/early/403"), body: .stream(length: nil, Chunks(count: 3, size: 300_000)))
        #expect(reply.response.status == .forbidden)
        let other = try await client.send(
            server.request(.put, "/early/403"), body: .bytes([UInt8](repeating: 0, count: 1_000_000)))
        #expect(other.response.status == .forbidden)
    }

    @Test("An answer that is larger than wanted is refused, and the transfer ends")
    func limit() async throws {
        let reply = try await client.send(server.request(.get, "/bytes/50000000"))
        let error = await #expect(throws: TransferError.self) { try await reply.body.bytes(limit: 1_000_000) }
        #expect(error?.kind == .tooLarge)
        #expect(error?.host == server.origin.authority)
        #expect(try await server.count("closed", reaching: 2) >= 2)
    }

    @Test("A reply with a body that is there already gives it")
    func readyBody() async throws {
        let body = HTTPReplyBody([1, 2, 3])
        #expect(try await body.bytes(limit: 3) == [1, 2, 3])
        #expect(try await HTTPReplyBody([]).bytes(limit: 0) == [])
    }
}
