// Whoever cancels is not kept waiting, whatever is being waited for, and the server is told.

import HTTPTypes
import SilentServers
import Testing

@testable import Transfer

@Suite("Cancellation", .timeLimit(.minutes(5)))
struct CancellationTests {
    /// Nothing here ends by its own limit of time within the tests'.
    private static let patient: HTTPClient.Configuration = {
        var configuration = HTTPClient.Configuration()
        configuration.connectTimeout = .seconds(3_600)
        configuration.stallTimeout = .seconds(3_600)
        return configuration
    }()
    private let client: HTTPClient

    init() throws { client = try HTTPClient(Self.patient) }

    /// What a transfer is doing when it is cancelled.
    struct Phase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var scheme = "http"
        /// Made late: an argument of a test is to be small.
        var body: @Sendable () -> HTTPBody = { .empty }
        /// What the server says when something has come.
        var words: String?
        /// Whether the server can see the end: not of a connection that is kept, as its exchange has ended, and
        /// not behind what it has not read.
        var isSeen = true
    }

    static let phases = [
        Phase(testDescription: "agreeing on TLS", scheme: "https"),
        Phase(testDescription: "waiting for the first byte"),
        Phase(
            testDescription: "sending to a server that does not read",
            body: { .bytes([UInt8](repeating: 0, count: 20_000_000)) }, isSeen: false),
        Phase(
            testDescription: "sending a stream to a server that does not read",
            body: { .stream(length: nil, Chunks(count: 200, size: 100_000)) }, isSeen: false),
        Phase(
            testDescription: "sending a stream that yields nothing",
            body: { .stream(length: nil, Chunks(count: 2, size: 100, pause: .seconds(3_600))) }),
        Phase(
            testDescription: "receiving from a server that stalls",
            words: "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nsome"),
        Phase(
            testDescription: "receiving a header that stalls", words: "HTTP/1.1 200 OK\r\nContent-Le"),
        Phase(
            testDescription: "waiting for the next attempt",
            words: "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: 3000\r\n\r\n",
            isSeen: false),
    ]

    @Test("A transfer that is cancelled ends at once, and the server sees it where it can", arguments: phases)
    func ends(phase: Phase) async throws {
        let server = try SilentServer { _ in phase.words }
        let body = phase.body()
        let request = HTTPRequest(
            method: body.length == 0 ? .get : .put, scheme: phase.scheme,
            authority: "127.0.0.1:\(server.port)", path: "/")
        let sending = Task {
            try await client.send(
                request, body: body,
                retrying: RetryPolicy(
                    attempts: 2, timeLimit: .seconds(3_600), longestAsked: .seconds(3_600))
            ).body.bytes(limit: 2_000_000)
        }
        try await server.hears(1)
        // Until all buffers on the way are full.
        try await Task.sleep(for: .milliseconds(200))
        sending.cancel()
        await #expect(throws: CancellationError.self) { try await sending.value }
        if phase.isSeen { try await server.sees(ends: 1) }
        try await expectGoesOn(client)
    }

    @Test("A transfer that is cancelled while nobody takes its connection ends at once")
    func connecting() async throws {
        let full = try SilentServer.full()
        for scheme in ["http", "https"] {
            let request = HTTPRequest(
                method: .get, scheme: scheme, authority: "127.0.0.1:\(full.port)", path: "/")
            let sending = Task { try await client.send(request) }
            try await Task.sleep(for: .milliseconds(100))
            sending.cancel()
            await #expect(throws: CancellationError.self) { try await sending.value }
            let connecting = Task {
                try await client.connect(to: HTTPOrigin(scheme: scheme, host: "127.0.0.1", port: full.port))
            }
            try await Task.sleep(for: .milliseconds(100))
            connecting.cancel()
            await #expect(throws: CancellationError.self) { try await connecting.value }
        }
        withExtendedLifetime(full) {}
        try await expectGoesOn(client)
    }

    private static let nameServer = SilentNameServer()

    @Test(
        "A transfer that is cancelled while its name is asked for ends at once, and holds up no other",
        .enabled(if: nameServer != nil))
    func resolving() async throws {
        let nameServer = try #require(Self.nameServer)
        let client = try #require(try nameServer.surround { try? HTTPClient(Self.patient) } ?? nil)
        for scheme in ["http", "https"] {
            let request = HTTPRequest(
                method: .get, scheme: scheme, authority: "silent-\(scheme).example.com", path: "/")
            let sending = Task { try await client.send(request) }
            try await nameServer.isAsked()
            sending.cancel()
            await #expect(throws: CancellationError.self) { try await sending.value }
            try await expectGoesOn(client)
        }
        let resolving = Task { try await client.resolve(HTTPOrigin(host: "silent.example.com")) }
        try await nameServer.isAsked()
        resolving.cancel()
        await #expect(throws: CancellationError.self) { try await resolving.value }
        try await expectGoesOn(client)
    }

    @Test("A transfer whose name is not answered for in time is given up, and holds up no other")
    func resolvingInTime() async throws {
        guard let nameServer = Self.nameServer else { return }
        var configuration = Self.patient
        configuration.connectTimeout = .seconds(1)
        let impatient = configuration
        let client = try #require(try nameServer.surround { try? HTTPClient(impatient) } ?? nil)
        let request = HTTPRequest(method: .get, scheme: "https", authority: "late.example.com", path: "/")
        let error = await #expect(throws: TransferError.self) { try await client.send(request) }
        #expect(error?.kind == .timedOut)
        #expect(error?.phase == .resolve)
        try await expectGoesOn(client)
    }

    @Test("What is cancelled before it begins does not begin")
    func before() async throws {
        let server = try SilentServer()
        let request = HTTPRequest(
            method: .get, scheme: "http", authority: "127.0.0.1:\(server.port)", path: "/")
        let sending = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await client.send(request)
        }
        sending.cancel()
        await #expect(throws: CancellationError.self) { try await sending.value }
        #expect(server.heard == 0)
    }

    /// The thread of the client works for others.
    private func expectGoesOn(_ client: HTTPClient) async throws {
        let server = try SilentServer { _ in "HTTP/1.1 204 Done\r\n\r\n" }
        let request = HTTPRequest(
            method: .get, scheme: "http", authority: "127.0.0.1:\(server.port)", path: "/")
        #expect(try await client.send(request).response.status == .noContent)
        withExtendedLifetime(server) {}
    }
}
