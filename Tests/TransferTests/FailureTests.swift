// What fails is told by host, phase and kind, and ends in time.

import Foundation
import HTTPTypes
import TestFiles
import TestServers
import Testing

@testable import Transfer

@Suite("Failures")
struct FailureTests {
    private let server: HTTPServer
    private let client: HTTPClient

    init() throws {
        server = try HTTPServer()
        var configuration = HTTPClient.Configuration()
        configuration.stallTimeout = .milliseconds(400)
        configuration.connectTimeout = .seconds(2)
        client = try HTTPClient(configuration)
    }

    private func failure(
        _ request: HTTPRequest, body: HTTPBody = .empty, by client: HTTPClient? = nil
    ) async -> TransferError? {
        do {
            _ = try await (client ?? self.client).send(request, body: body).body.bytes(limit: 100_000_000)
            return nil
        } catch {
            return error as? TransferError
        }
    }

    @Test("A connection that is cut is told as cut, wherever it was")
    func cuts() async throws {
        for path in ["/cut/before", "/cut/head", "/cut/chunk", "/cut/0/1", "/cut/1/2", "/cut/999999/1000000"]
        {
            let error = await failure(server.request(.get, path))
            #expect(error?.kind == .interrupted, "\(path)")
            #expect(error?.phase == .receive, "\(path)")
            #expect(error?.isRetryable == true)
            #expect(error?.host == server.origin.authority)
        }
        let body = HTTPBody.bytes([UInt8](repeating: 0, count: 20_000_000))
        for length in [1, 100_000, 5_000_000] {
            let error = await failure(server.request(.post, "/cut-request/\(length)"), body: body)
            #expect(error?.kind == .interrupted)
            #expect(error?.isRetryable == true)
        }
    }

    @Test("A server that stalls is given up, before its answer, within it, and while it does not read")
    func stalls() async throws {
        let body = HTTPBody.bytes([UInt8](repeating: 0, count: 20_000_000))
        for (path, body, phase) in [
            ("/stall/head", HTTPBody.empty, TransferError.Phase.receive), ("/stall/1000", .empty, .receive),
            ("/unread", body, .send),
        ] {
            let error = await failure(server.request(.put, path), body: body)
            #expect(error?.kind == .stalled, "\(path)")
            #expect(error?.phase == phase, "\(path)")
        }
    }

    @Test("A reader that takes its time is not taken for a stall")
    func slowReader() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.stallTimeout = .seconds(1)
        let client = try HTTPClient(configuration)
        let reply = try await client.send(server.request(.get, "/bytes/20000000"))
        var length = 0
        for try await chunk in reply.body {
            if length == 0 { try await Task.sleep(for: .seconds(2)) }
            length += chunk.count
        }
        #expect(length == 20_000_000)
    }

    @Test(
        "A server that reads slowly is not taken for one that stalls, though nothing is left to hand to the system",
        arguments: [false, true])
    func slowServer(isReused: Bool) async throws {
        var configuration = HTTPClient.Configuration()
        configuration.stallTimeout = .seconds(3)
        let client = try HTTPClient(configuration)
        if isReused { _ = try await client.send(server.request(.get, "/echo")).echo() }
        let length = 3 << 20
        let body = HTTPBody.bytes([UInt8](repeating: 0, count: length))
        let echo = try await client.send(server.request(.put, "/echo?pause=0.5"), body: body).echo()
        #expect(echo.length == length)
        #expect(echo.connection == 1)
    }

    @Test("A port where nothing listens refuses, and a name without an address has none")
    func unreachable() async throws {
        let refused = HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:1", path: "/")
        #expect(await failure(refused)?.kind == .refused)
        #expect(await failure(refused)?.phase == .connect)
        let nameless = HTTPRequest(method: .get, scheme: "https", authority: "nobody.invalid", path: "/")
        let error = await failure(nameless)
        #expect(error?.kind == .nameNotResolved)
        #expect(error?.phase == .resolve)
        #expect(error?.description.hasPrefix("The name of nobody.invalid has no address: ") == true)
    }

    @Test("What is not HTTP, and a header without end, is refused")
    func badHeaders() async throws {
        #expect(await failure(server.request(.get, "/head/none"))?.kind == .invalidAnswer)
        #expect(await failure(server.request(.get, "/head/1000000"))?.kind == .tooLarge)
        let large = try await client.send(server.request(.get, "/head/100000"))
        #expect(
            large.response.headerFields[values: try #require(.init("x-long"))].map(\.count) == [
                60_000, 40_000,
            ])
        let interim = try await client.send(server.request(.get, "/head/interim"))
        #expect(interim.response.status == .ok)
        #expect(interim.response.headerFields[try #require(.init("link"))] == nil)
        #expect(interim.response.headerFields[try #require(.init("x-folded"))] == "one two")
    }

    @Test("Redirects and failures are answers; none is followed")
    func statuses() async throws {
        for status in [204, 301, 307, 404, 503] {
            let reply = try await client.send(server.request(.get, "/status/\(status)"))
            #expect(reply.response.status.code == status)
        }
    }

    @Test("A client that is shut down ends what is under way, and takes nothing more")
    func shutDown() async throws {
        let client = try HTTPClient()
        let sending = Task { try await client.send(server.request(.get, "/stall/head")) }
        _ = try await server.count("waiting", reaching: 1)
        await client.shutDown()
        let error = await #expect(throws: TransferError.self) { try await sending.value }
        #expect(error?.kind == .shutDown)
        #expect(await failure(server.request(.get, "/echo"), by: client)?.kind == .shutDown)
        await client.shutDown()
    }

    @Test("A cutting proxy cuts as often as it was told, and then lets everything pass")
    func cuttingProxy() async throws {
        let proxy = try CuttingProxy(
            before: server.origin.port, cuts: 3, afterBytes: [100, 300_000], direction: .up)
        let body = HTTPBody.bytes([UInt8](repeating: 1, count: 1_000_000))
        let echo = try await client.send(
            server.request(.put, "/echo", port: proxy.port), body: body, retrying: .quick
        ).echo()
        #expect(echo.length == 1_000_000)
        #expect(try proxy.tell(.counts).cuts == 3)
        try proxy.tell(.refuse)
        try proxy.tell(.cut)
        #expect(await failure(server.request(.get, "/echo", port: proxy.port)) != nil)
        try proxy.tell(.pass)
        #expect(await failure(server.request(.get, "/echo", port: proxy.port)) == nil)
    }
}

extension RetryPolicy {
    /// Patience for tests.
    static let quick = RetryPolicy(attempts: 6, firstDelay: .milliseconds(5), longestDelay: .milliseconds(20))
}
