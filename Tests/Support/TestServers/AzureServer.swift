// Azure Blob Storage, Data Lake Storage and the token endpoint, served by Tests/Support/Servers/azure_server.py,
// which checks what it is sent with Microsoft's own SDK.

import Foundation
import FoundationNetworking
import TestFiles

/// A server of Azure's storage services, which ends with the last reference to it.
public final class AzureServer: Sendable {
    /// The account that it has.
    public static let account = "testaccount"
    /// The account's key.
    public static let key = Data("the key of the account that the tests use".utf8).base64EncodedString()
    /// The tenant of its service principals.
    public static let tenant = "5f1f4b0c-6a38-4a1e-8d5e-0d5a3e1b7c11"
    /// The application that may do everything; `reader` may only read, `nobody` nothing.
    public static let clientID = "contributor"
    /// The secret of its applications.
    public static let clientSecret = "th3~secret=of&the application"

    /// The port for HTTP.
    public let port: Int
    /// The port for HTTPS.
    public let securePort: Int
    /// The authority that vouches for localhost, 127.0.0.1, and the hosts of the account.
    public var authority: String { certificates.authority }

    private let certificates: TestCertificates
    private let content: TemporaryFolder
    private let process: ServerProcess

    /// A server for tests that do not change how it behaves for others.
    public static func shared() throws -> AzureServer { try sharedServer.get() }

    private static let sharedServer = Result { try AzureServer() }

    /// Starts a server on free ports, and returns when it can be used.
    public init() throws {
        certificates = try TestCertificates(names: ["*.blob.localhost", "*.dfs.localhost"])
        content = try TemporaryFolder()
        let principals = ["contributor", "reader", "none"].map { role in
            [Self.tenant, role == "none" ? "nobody" : role, Self.clientSecret, role]
        }
        let configuration = try JSONSerialization.data(
            withJSONObject: ["keys": [Self.account: Self.key], "principals": principals])
        process = try ServerProcess(
            "azure_server.py",
            [
                content.path, certificates.certificate, certificates.key,
                String(decoding: configuration, as: UTF8.self),
            ])
        port = process.port("http")
        securePort = process.port("https")
    }
}

/// A server did not do what a test needs.
public struct ServerFailure: Error, CustomStringConvertible {
    let words: String
    /// What happened.
    public var description: String { words }
}

// MARK: Steering it

extension AzureServer {
    /// Something that goes wrong for the next requests that it matches.
    public struct Fault: Encodable, Sendable {
        /// What goes wrong.
        public enum Kind: String, Encodable, Sendable {
            /// The request is refused.
            case status
            /// The connection is closed after `after` bytes of the request's body.
            case cutRequest
            /// What was asked for is done, and the connection closed without an answer.
            case dropAnswer
            /// The connection is closed after `after` bytes of the answer's body.
            case cutAnswer
            /// The answer comes after `seconds`.
            case delay
        }

        /// What goes wrong.
        public var kind: Kind
        /// The method of the requests that are meant; empty for any.
        public var method = ""
        /// Part of the path and query of the requests that are meant.
        public var contains = ""
        /// The container of the requests that are meant; empty for any.
        public var container = ""
        /// A field, in lower case, of the requests that are meant.
        public var header = ""
        /// How many such requests are left alone before.
        public var skip = 0
        /// How many are struck.
        public var times = 1
        /// The status of a refusal.
        public var status = 503
        /// The code of a refusal.
        public var code = "ServerBusy"
        /// When to try again, as a refusal says it.
        public var retryAfter = ""
        /// After how many bytes the connection is closed.
        public var after = 0
        /// By how many seconds an answer is late.
        public var seconds = 0.0

        /// Something that goes wrong once.
        public init(_ kind: Kind, _ change: (inout Fault) -> Void = { _ in }) {
            self.kind = kind
            change(&self)
        }
    }

    /// How it behaves from now on.
    public struct Settings: Encodable, Sendable {
        /// The most entries of a page.
        public var pageSize: Int?
        /// How many seconds its clock is ahead.
        public var clock: Double?
        /// For how many seconds tokens hold.
        public var tokenLifetime: Int?
        /// Whether the tokens that were given out are not accepted any more.
        public var expireTokens: Bool?

        /// What is nil stays.
        public init(
            pageSize: Int? = nil, clock: Double? = nil, tokenLifetime: Int? = nil, expireTokens: Bool? = nil
        ) {
            self.pageSize = pageSize
            self.clock = clock
            self.tokenLifetime = tokenLifetime
            self.expireTokens = expireTokens
        }
    }

    /// What it knows of the requests so far, and of a container.
    public struct State: Decodable, Sendable {
        /// The last requests, as method and target.
        public let requests: [String]
        /// How often a token was asked for.
        public let tokenRequests: Int
        /// The blobs, or files, of the container.
        public let blobs: [String]?
        /// The blobs of which there are only uncommitted blocks.
        public let uncommitted: [String]?
        /// How many uncommitted blocks each blob has.
        public let blocks: [String: Int]?
    }

    /// Makes an empty container with a name of its own.
    public func makeContainer() async throws -> String {
        let name = "test-" + UUID().uuidString.lowercased()
        try await control("container/\(Self.account)/\(name)")
        return name
    }

    /// Lets something go wrong.
    public func fail(_ fault: Fault) async throws {
        try await control("fault", try JSONEncoder().encode(fault))
    }

    /// Changes how it behaves.
    public func set(_ settings: Settings) async throws {
        try await control("settings", try JSONEncoder().encode(settings))
    }

    /// What it knows.
    public func state(of container: String) async throws -> State {
        let answer = try await control("state/\(Self.account)/\(container)", method: "GET")
        return try JSONDecoder().decode(State.self, from: answer)
    }

    /// A shared access signature of a container, made by Microsoft's SDK.
    ///
    /// - Parameter key: another key than the account's, for a forged one.
    public func signature(
        of container: String, permissions: String = "racwdl", seconds: Double = 3_600, key: String = key
    ) async throws -> String {
        let wanted: [String: Any] = ["permissions": permissions, "seconds": seconds, "key": key]
        let answer = try await control(
            "signature/\(Self.account)/\(container)", try JSONSerialization.data(withJSONObject: wanted))
        return String(decoding: answer, as: UTF8.self)
    }

    @discardableResult
    private func control(_ path: String, _ body: Data = Data(), method: String = "POST") async throws -> Data
    {
        guard let url = URL(string: "http://127.0.0.1:\(port)/-/\(path)") else {
            throw ServerFailure(words: "\(path) is no path")
        }
        var request = URLRequest(url: url)
        request.httpMethod = method
        if method == "POST" { request.httpBody = body }
        let (answer, response) = try await URLSession.shared.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw ServerFailure(
                words: "azure_server.py refuses \(path): " + String(decoding: answer, as: UTF8.self))
        }
        return answer
    }
}
