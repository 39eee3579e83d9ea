// The server that the tests of this target talk to, and requests to it.

import Crypto
import Foundation
import HTTPTypes
import Synchronization
import TestServers

@testable import Transfer

/// A running `http_server.py`.
struct HTTPServer {
    let process: ServerProcess
    let certificates: TestCertificates?

    init(secure: Bool = false) throws {
        certificates = secure ? try TestCertificates() : nil
        process = try ServerProcess(
            "http_server.py", certificates.map { [$0.certificate, $0.key] } ?? [])
    }

    var origin: HTTPOrigin { HTTPOrigin(scheme: "http", host: "127.0.0.1", port: process.port("http")) }

    var secureOrigin: HTTPOrigin {
        HTTPOrigin(scheme: "https", host: "localhost", port: process.port("https"))
    }

    func request(
        _ method: HTTPRequest.Method = .get, _ path: String, port: Int? = nil, fields: HTTPFields = [:]
    ) -> HTTPRequest {
        HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:\(port ?? origin.port)", path: path,
            headerFields: fields)
    }

    func secureRequest(_ method: HTTPRequest.Method = .get, _ path: String) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "https", authority: secureOrigin.authority, path: path)
    }

    /// What the server has counted.
    func counts() async throws -> [String: Int] {
        let client = try HTTPClient()
        let body = try await client.send(request(.get, "/counts")).body.bytes(limit: 1 << 20)
        await client.shutDown()
        let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
        let ids = object["ids"] as? [String: Int] ?? [:]
        return object.compactMapValues { $0 as? Int }.merging(ids) { first, _ in first }
    }

    /// Waits until a count is as large as wanted; gives it.
    func count(_ name: String, reaching wanted: Int) async throws -> Int {
        var count = 0
        for _ in 0..<300 {
            count = try await counts()[name] ?? 0
            if count >= wanted { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        return count
    }
}

/// What the server says that it was sent.
struct Echo: Decodable {
    let method: String
    let target: String
    let fields: [[String]]
    let length: Int
    let sha256: String
    let connection: Int

    func values(of name: String) -> [String] { fields.filter { $0[0].lowercased() == name }.map { $0[1] } }
}

extension HTTPReply {
    /// The body as the server's word about the request.
    func echo() async throws -> Echo {
        try JSONDecoder().decode(Echo.self, from: Data(try await body.bytes(limit: 1 << 20)))
    }
}

/// A body whose chunks are made one after the other.
struct Chunks: AsyncSequence, Sendable {
    let count: Int
    let size: Int
    var failure: (any Error)?
    var pause: Duration?
    var made: @Sendable (Int) -> Void = { _ in }

    struct AsyncIterator: AsyncIteratorProtocol {
        let chunks: Chunks
        var number = 0

        mutating func next() async throws -> [UInt8]? {
            guard number < chunks.count else {
                if let failure = chunks.failure { throw failure }
                return nil
            }
            if let pause = chunks.pause { try await Task.sleep(for: pause) }
            number += 1
            chunks.made(number)
            return Chunks.bytes(number - 1, size: chunks.size)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(chunks: self) }

    private static let block = [UInt8](
        FileHandle(forReadingAtPath: "/dev/urandom")?.readData(ofLength: 2 << 20) ?? Data())

    static func bytes(_ number: Int, size: Int) -> [UInt8] {
        let start = number * 7_919 % (block.count - size)
        return Array(block[start..<start + size])
    }

    var sha256: String {
        var hash = SHA256()
        for number in 0..<count { hash.update(data: Self.bytes(number, size: size)) }
        return hash.finalize().hex
    }
}

/// A count that a body adds to.
final class Count: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .relaxed) }

    func add() { number.wrappingAdd(1, ordering: .relaxed) }

    /// Waits until it has begun, and has not grown for a while.
    func settle() async throws {
        var seen = 0
        for _ in 0..<100 {
            try await Task.sleep(for: .milliseconds(100))
            if value > 0, value == seen { return }
            seen = value
        }
    }
}

extension Sequence<UInt8> {
    var hex: String { map { String(format: "%02x", $0) }.joined() }
}

/// How long something took.
func elapsed(_ operation: () async throws -> Void) async rethrows -> Duration {
    try await ContinuousClock().measure { try await operation() }
}
