// The server of HTTP/2 that the tests of this target talk to.

import Foundation
import HTTPTypes
import TestServers

@testable import Transfer

/// A running `http2_server.py`.
struct HTTP2Server {
    let process: ServerProcess
    let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates()
        process = try ServerProcess("http2_server.py", [certificates.certificate, certificates.key])
    }

    func request(_ method: HTTPRequest.Method = .get, _ path: String) -> HTTPRequest {
        HTTPRequest(
            method: method, scheme: "https", authority: "localhost:\(process.port("https"))", path: path)
    }

    /// A client that trusts the server.
    func client(_ change: (inout HTTPClient.Configuration) -> Void = { _ in }) throws -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.trust = CertificateTrust(file: certificates.authority)
        change(&configuration)
        return try HTTPClient(configuration)
    }

    /// What the server has counted; asked for over HTTP/1.1, which it counts apart.
    func count(_ name: String) async throws -> Int {
        let client = try client { $0.usesHTTP2 = false }
        let body = try await client.send(request(.get, "/counts")).body.bytes(limit: 1 << 20)
        await client.shutDown()
        let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
        return object[name] as? Int ?? (object["ids"] as? [String: Int])?[name] ?? 0
    }

    /// Waits until a count is as large as wanted; gives it.
    func count(_ name: String, reaching wanted: Int) async throws -> Int {
        var found = try await count(name)
        for _ in 0..<300 where found < wanted {
            try await Task.sleep(for: .milliseconds(20))
            found = try await count(name)
        }
        return found
    }
}
