// Experience Platform's Flow Service with its identity service, played by Tests/Support/Servers/flow_service.py,
// which checks every header and fails as it is told to.

import Foundation
import FoundationNetworking

/// A Flow Service, which ends with the last reference to it.
public final class FaultyFlowService: Sendable {
    /// The client id of its only credential.
    public static let clientID = "0a1b2c3d4e5f40617283"
    /// The secret of its only credential.
    public static let clientSecret = "p8e-the=secret&of the credential"
    /// Its organisation.
    public static let organization = "000000000000000000000001@AdobeOrg"

    /// Its address.
    public var url: String { "http://127.0.0.1:\(process.port("http"))" }

    private let process: ServerProcess

    /// Starts a server with nothing in it, and returns when it can be used.
    ///
    /// - Parameters:
    ///   - specs: its connection specs, each a JSON object.
    ///   - sandboxes: the names of its sandboxes.
    public init(specs: [Data], sandboxes: [String] = ["prod", "dev"]) throws {
        let configuration: [String: Any] = [
            "clientID": Self.clientID, "clientSecret": Self.clientSecret, "organization": Self.organization,
            "sandboxes": sandboxes, "specs": try specs.map { try JSONSerialization.jsonObject(with: $0) },
        ]
        let data = try JSONSerialization.data(withJSONObject: configuration)
        process = try ServerProcess("flow_service.py", [String(decoding: data, as: UTF8.self)])
    }

    /// Something that goes wrong for the next requests that it matches.
    public struct Fault: Encodable, Sendable {
        /// What goes wrong.
        public enum Kind: String, Encodable, Sendable {
            /// The request is refused, and nothing done.
            case status
            /// The connection is cut, and nothing done.
            case unheard
            /// What was asked for is done, and the connection cut.
            case unanswered
            /// What was asked for is done, and a failure answered.
            case failed
            /// What was asked for is done, and the answer cut in its middle.
            case cut
            /// What was asked for is done, and the answer late.
            case slow
            /// What was asked for is done, and something else answered.
            case body
        }

        /// What goes wrong.
        public var kind: Kind
        /// The method of the requests that are meant.
        public var method: String?
        /// Part of the path and query of the requests that are meant.
        public var contains: String?
        /// How many such requests are left alone before.
        public var skip: Int?
        /// How many are struck.
        public var times: Int?
        /// The status of a refusal.
        public var status: Int?
        /// The body that is answered: JSON or not.
        public var body: String?
        /// Fields of a refusal.
        public var fields: [String: String]?
        /// By how many seconds an answer is late.
        public var seconds: Double?

        /// Something that goes wrong once.
        public init(
            _ kind: Kind, _ method: String? = nil, _ contains: String? = nil,
            _ change: (inout Fault) -> Void = { _ in }
        ) {
            self.kind = kind
            self.method = method
            self.contains = contains
            change(&self)
        }
    }

    /// A request that came.
    public struct Request: Decodable, Sendable {
        /// Its method.
        public let method: String
        /// Its path and query.
        public let target: String
        /// Its fields, by name in lower case.
        public let fields: [String: String]
    }

    /// What it knows.
    public struct State: Decodable, Sendable {
        /// The requests so far, also those for a token.
        public let requests: [Request]
        /// How often a token was asked for.
        public let signIns: Int
        /// How many entities there are, by collection.
        public let counts: [String: Int]
    }

    /// Lets something go wrong.
    public func fail(_ fault: Fault) async throws {
        try await control("fault", try JSONEncoder().encode(fault))
    }

    /// Changes how it behaves, by the words of the script.
    public func set(_ settings: [String: any Sendable]) async throws {
        try await control("settings", try JSONSerialization.data(withJSONObject: settings))
    }

    /// Adds an entity, a JSON object, to a collection.
    public func add(_ entity: String, to collection: String) async throws {
        try await control("add", Data(#"{"collection":"\#(collection)","entity":\#(entity)}"#.utf8))
    }

    /// Adds a run to a dataflow.
    public func run(
        flow: String, dataset: String? = nil, metrics: [String: any Sendable] = [:]
    ) async throws {
        var body: [String: Any] = ["flow": flow, "metrics": metrics]
        body["dataset"] = dataset
        try await control("run", try JSONSerialization.data(withJSONObject: body))
    }

    /// What it knows.
    public func state() async throws -> State {
        try JSONDecoder().decode(State.self, from: try await control("state", Data("{}".utf8)))
    }

    /// What it keeps of accounts, secrets and all.
    public func accounts() async throws -> String {
        String(decoding: try await control("state", Data("{}".utf8)), as: UTF8.self)
    }

    @discardableResult
    private func control(_ path: String, _ body: Data) async throws -> Data {
        guard let url = URL(string: "\(url)/-/\(path)") else {
            throw ServerFailure(words: "\(path) is no path")
        }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = body
        let (answer, response) = try await URLSession.shared.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw ServerFailure(
                words: "flow_service.py refuses \(path): " + String(decoding: answer, as: UTF8.self))
        }
        return answer
    }
}
