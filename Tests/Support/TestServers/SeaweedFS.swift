// SeaweedFS as Amazon S3 and as Google Cloud Storage: one server for all tests of a process, with fronts before
// it that check what it does not (Tests/Support/Servers/s3_front.py). It ends with the process.

import Foundation
import FoundationNetworking
import TestFiles

/// A running SeaweedFS.
public struct SeaweedFS: Sendable, Decodable {
    /// The keys of a user.
    public struct User: Sendable, Decodable {
        /// The access key id.
        public let id: String
        /// The secret access key.
        public let secret: String

        /// Keys of any user, or of none.
        public init(id: String, secret: String) {
            self.id = id
            self.secret = secret
        }
    }

    /// The port of SeaweedFS itself.
    public let direct: Int
    /// The port of SeaweedFS itself, with TLS.
    public let directTLS: Int
    /// The port of the front, whose region is `eu-central-1`.
    public let front: Int
    /// The same with TLS.
    public let frontTLS: Int
    /// A front that does not say which region would be right.
    public let hidingFront: Int
    /// A front that is like Google's, with TLS and the region `auto`.
    public let googleFront: Int
    /// The file of the certificate that all TLS ports have.
    public let certificate: String
    private let users: [String: User]

    /// Who may do everything.
    public var admin: User { user("admin") }
    /// Who may only read.
    public var reader: User { user("reader") }
    /// Who has rights below `tenant/` only.
    public var tenant: User { user("tenant") }

    private func user(_ name: String) -> User { users[name] ?? User(id: "", secret: "") }

    /// What is missing where the server does not start.
    public struct Failure: Error, CustomStringConvertible {
        /// The words of the program that starts it.
        public let description: String
    }

    private static let starting = Task { try await start() }

    /// The server; started when it is first asked for.
    public static func shared() async throws -> SeaweedFS { try await starting.value }

    private static func start() async throws -> SeaweedFS {
        let folder = FileManager.default.temporaryDirectory.path + "/sluice-s3-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let errors = folder + "/errors"
        _ = try Python.start("s3_server.py", [folder, "\(getpid())"], errors: errors)
        for _ in 0..<900 {
            if let data = FileManager.default.contents(atPath: folder + "/ready.json") {
                return try JSONDecoder().decode(SeaweedFS.self, from: data)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        let words = FileManager.default.contents(atPath: errors).map { String(decoding: $0, as: UTF8.self) }
        throw Failure(description: "SeaweedFS does not start: \(words ?? "no word")")
    }

    /// Makes an empty bucket; returns its name.
    public func makeBucket() async throws -> String {
        let name = "test-\(UUID().uuidString.lowercased())"
        _ = try await control("buckets/\(name)", method: "PUT")
        return name
    }

    /// A fault for the next requests that it matches; its fields are those of `Fault` in faults.py.
    public struct Fault: Sendable, Encodable {
        private let kind, method, contains: String
        private let skip, times, after, status: Int
        private let code, retryAfter, region, endpoint: String

        /// Describes a fault.
        public init(
            _ kind: String, method: String = "", contains: String, skip: Int = 0, times: Int = 1,
            status: Int = 503, code: String = "SlowDown", after: Int = 0, retryAfter: String = "",
            region: String = "", endpoint: String = ""
        ) {
            self.kind = kind
            self.method = method
            self.contains = contains
            self.skip = skip
            self.times = times
            self.status = status
            self.code = code
            self.after = after
            self.retryAfter = retryAfter
            self.region = region
            self.endpoint = endpoint
        }
    }

    /// Has the front make a fault.
    public func inject(_ fault: Fault) async throws {
        _ = try await control("faults", method: "POST", body: try JSONEncoder().encode(fault))
    }

    /// A request that the front has let through.
    public struct SeenRequest: Sendable, Decodable {
        /// The method.
        public let method: String
        /// Path and query as they came.
        public let path: String
        /// The header's fields, by names in lower case.
        public let headers: [String: String]
        /// What SeaweedFS has answered; nil before that, and for what the front answers itself.
        public let status: Int?
    }

    /// The requests that a front has let through whose path has `text`.
    ///
    /// - Parameter port: of another front than the first.
    public func seen(containing text: String, port: Int? = nil) async throws -> [SeenRequest] {
        let data = try await control("seen", method: "GET", port: port)
        return try JSONDecoder().decode([SeenRequest].self, from: data).filter { $0.path.contains(text) }
    }

    private func control(
        _ path: String, method: String, body: Data? = nil, port: Int? = nil
    ) async throws
        -> Data
    {
        guard let url = URL(string: "http://127.0.0.1:\(port ?? front)/-/\(path)") else {
            throw URLError(.badURL)
        }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        let (data, response) = try await URLSession.shared.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw Failure(description: "\(method) \(path): \(response)")
        }
        return data
    }
}
