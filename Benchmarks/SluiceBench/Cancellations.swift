// How long whoever cancels is kept waiting, and whether others are held up meanwhile, in every phase of a transfer:
// the worst of some rounds each.

import Glibc
import HTTPTypes
import ObjectStorage
import Secrets
import SecureShell
import SilentServers
import Transfer

/// The longest that a person does not notice.
private let bound = 100.0

/// `cancel [ROUNDS]`: prints a table; false when something took longer than `bound`.
func benchmarkCancellations(rounds: Int) async throws -> Bool {
    print(column("cancelled while", 44, right: false) + column("worst ms", 10) + column("others, ms", 12))
    var isInTime = true
    for phase in try phases() {
        var worst = 0.0
        var others: Double?
        for _ in 0..<rounds {
            let outcome = try await phase.round()
            worst = max(worst, outcome.cancelled)
            if let other = outcome.other { others = max(others ?? 0, other) }
        }
        print(
            column(phase.name, 44, right: false) + column(decimal(worst, 1), 10)
                + column(others.map { decimal($0, 1) } ?? "", 12))
        isInTime = isInTime && worst <= bound && others ?? 0 <= bound
    }
    print(isInTime ? "none took longer than \(Int(bound)) ms" : "some took longer than \(Int(bound)) ms")
    return isInTime
}

private struct Phase {
    let name: String
    let round: () async throws -> (cancelled: Double, other: Double?)
}

private func phases() throws -> [Phase] {
    let large = [UInt8](repeating: 0, count: 20_000_000)
    var phases: [Phase] = []
    if let nameServer = SilentNameServer() {
        phases.append(
            Phase(name: "its name is asked for") {
                guard let client = try nameServer.surround({ try? HTTPClient() }) ?? nil else {
                    throw BenchmarkError.failed("a thread with a name server of its own")
                }
                let request = HTTPRequest(
                    method: .get, scheme: "https", authority: "silent.example.com", path: "/")
                return try await cancel(request, by: client) { try await nameServer.isAsked() }
            })
    } else {
        print("(asking for a name is measured as root only)")
    }
    phases.append(
        Phase(name: "nobody takes its connection") {
            let full = try SilentServer.full()
            return try await cancel(put(port: full.port)) { withExtendedLifetime(full) {} }
        })
    for (name, scheme, body, words) in [
        ("TLS is agreed on", "https", [], nil), ("the first byte is waited for", "http", [], nil),
        ("the server does not read", "http", large, nil),
        ("the server stalls", "http", [], "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nsome"),
        (
            "the next attempt is waited for", "http", [],
            "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: 200\r\n\r\n"
        ),
    ] as [(String, String, [UInt8], String?)] {
        phases.append(
            Phase(name: name) {
                let server = try SilentServer { _ in words }
                return try await cancel(put(port: server.port, scheme: scheme), body: body) {
                    try await server.hears(1)
                }
            })
    }
    phases.append(Phase(name: "parts are put to S3", round: cancelPut))
    phases.append(Phase(name: "SFTP greets", round: cancelGreeting))
    return phases
}

private func put(port: Int, scheme: String = "http") -> HTTPRequest {
    HTTPRequest(method: .put, scheme: scheme, authority: "127.0.0.1:\(port)", path: "/")
}

/// Sends, cancels when `isReached`, and sends another request by the same client.
private func cancel(
    _ request: HTTPRequest, body: [UInt8] = [], by client: HTTPClient? = nil,
    when isReached: () async throws -> Void
) async throws -> (cancelled: Double, other: Double?) {
    let client = try client ?? HTTPClient()
    let sending = Task {
        _ = try await client.send(request, body: .bytes(body), retrying: RetryPolicy(attempts: 2))
            .body.bytes(limit: 1 << 21)
    }
    let cancelled = try await milliseconds(toCancel: sending, when: isReached)
    let quick = try SilentServer { _ in "HTTP/1.1 204 Done\r\n\r\n" }
    let answered = put(port: quick.port)
    let start = ContinuousClock.now
    _ = try await client.send(answered)
    withExtendedLifetime(quick) {}
    return (cancelled, (ContinuousClock.now - start) / .milliseconds(1))
}

private func milliseconds(
    toCancel task: Task<Void, any Error>, when isReached: () async throws -> Void
) async throws -> Double {
    try await isReached()
    // Until all buffers on the way are full.
    try await Task.sleep(for: .milliseconds(50))
    let start = ContinuousClock.now
    task.cancel()
    guard case .failure(let error) = await task.result, error is CancellationError else {
        throw BenchmarkError.failed("cancelling")
    }
    return (ContinuousClock.now - start) / .milliseconds(1)
}

/// An upload in parts, to a server that lets it begin and then says nothing any more.
private func cancelPut() async throws -> (cancelled: Double, other: Double?) {
    let begun = "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
    let server = try SilentServer { words in
        words.hasPrefix("POST")
            ? "HTTP/1.1 200 OK\r\nContent-Length: \(begun.utf8.count)\r\n\r\n\(begun)" : nil
    }
    let storage = S3Storage(
        S3Configuration(
            bucket: "bucket", region: "",
            credentials: .accessKey(AccessKey(id: "id", secret: Secret("secret"))),
            endpoint: HTTPOrigin(scheme: "http", host: "127.0.0.1", port: server.port)),
        http: try HTTPClient())
    let body = AsyncThrowingStream<[UInt8], any Error> { chunks in
        for _ in 0..<20 { chunks.yield([UInt8](repeating: 0, count: 2 << 20)) }
        chunks.finish()
    }
    let key = try StorageKey("key")
    let putting = Task { _ = try await storage.put(body, at: key, options: PutOptions()) }
    return (try await milliseconds(toCancel: putting) { try await server.hears(3) }, nil)
}

/// A server of SSH that takes a connection and says nothing.
private func cancelGreeting() async throws -> (cancelled: Double, other: Double?) {
    let server = try SilentServer()
    let storage = SFTPStorage(
        SFTPConfiguration(
            server: SSHConfiguration(
                host: "127.0.0.1", port: server.port, username: "user",
                authentication: .password(Secret("secret")),
                knownHosts: KnownHosts(ownFile: "/nonexistent/known_hosts", otherFiles: []))))
    let key = try StorageKey("key")
    let asking = Task { _ = try await storage.stat(key) }
    return (try await milliseconds(toCancel: asking) { try await server.hears(1) }, nil)
}
