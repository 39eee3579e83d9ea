// A server on platforms of its own, and a client that speaks to it over real connections.
import EmbeddedPlatform
import ExportDomain
import FlowServiceAPI
import Foundation
import HTTPTypes
import Secrets
import Synchronization
import TestFiles
import TestServers
import Testing
import Transfer

@testable import FlowServiceServer

/// A server that runs as long as somebody has it.
final class RunningServer: Sendable {
    let folder: TemporaryFolder
    /// The platforms, in the order of their sandboxes.
    let platforms: [EmbeddedPlatform]
    let access: ServerAccess
    let credentials: ServerAccess.Credentials
    let address: FlowServiceServer.Address
    let log: AccessLog
    private let client: HTTPClient
    /// Where requests are sent, and what their paths begin with.
    private let origin: HTTPOrigin
    private let prefix: String
    private let serving: Task<Void, any Error>

    init(
        sandboxes: [String] = ["prod"],
        certificates: (files: FlowServiceServer.TLSFiles, authority: String)? = nil,
        recorder: String? = TestRecorder.url,
        limits: (inout ServerLimits) -> Void = { _ in }
    ) async throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        platforms = try sandboxes.map { name in
            try EmbeddedPlatform(
                inMemory: EmbeddedPlatform.Configuration(
                    place: Place(organizationName: "Sluice", sandboxName: name), environment: [:]))
        }
        (access, credentials) = ServerAccess.make()
        var settings = FlowServiceServer.Settings()
        settings.tls = certificates?.files
        limits(&settings.limits)
        let log = AccessLog()
        self.log = log
        let server = try FlowServiceServer(
            settings,
            sandboxes: try platforms.map {
                try Sandbox(name: $0.place.sandboxName, service: $0, exports: $0, figures: $0)
            }, access: access
        ) { log.add($0) }
        let (addresses, listening) = AsyncThrowingStream.makeStream(of: FlowServiceServer.Address.self)
        serving = Task {
            do {
                try await server.run { listening.yield($0) }
                listening.finish()
            } catch {
                listening.finish(throwing: error)
                throw error
            }
        }
        guard let address = try await addresses.first(where: { _ in true }) else { throw NotListening() }
        self.address = address
        let url = try #require(URL(string: TestRecorder.url(of: address.url, for: .tests, past: recorder)))
        origin = HTTPOrigin(scheme: address.scheme, host: url.host() ?? address.host, port: url.port)
        prefix = url.path()
        var configuration = HTTPClient.Configuration()
        if let authority = certificates?.authority { configuration.trust = CertificateTrust(file: authority) }
        client = try HTTPClient(configuration)
    }

    deinit { serving.cancel() }

    struct NotListening: Error {}

    /// The platform of the standard sandbox.
    var platform: EmbeddedPlatform { platforms[0] }

    /// Ends the server in order, and waits until it has ended.
    func stop() async throws {
        serving.cancel()
        try await serving.value
    }

    /// Makes a dataset of a few records.
    @discardableResult
    func addDataset(_ name: String) async throws -> Dataset {
        let file = try folder.write(
            (0..<3).map { "{\"record\":\($0),\"name\":\"Zoë\"}\n" }.joined(), to: "\(name).ndjson")
        return try await platform.lake.add(name: name, paths: [file]).dataset
    }
}

/// What was logged.
final class AccessLog: Sendable {
    private let entries = Mutex<[AccessLogEntry]>([])

    func add(_ entry: AccessLogEntry) { entries.withLock { $0.append(entry) } }

    var lines: [String] { entries.withLock { $0.map(\.description) } }
}

/// An answer.
struct Reply: Sendable {
    var status: Int
    var fields: HTTPFields
    var text: String

    /// The body as JSON; `null` for none.
    var json: JSONValue { (try? JSONValue(reading: Array(text.utf8), as: "answer")) ?? .null }
    /// The items of a list.
    var items: [JSONValue] { json["items"]?.elements ?? [] }
    /// The code of a refusal, wherever it is.
    var code: String? { ErrorBody(reading: Array(text.utf8))?.code?.rawValue }
    /// The words of a refusal.
    var message: String? { ErrorBody(reading: Array(text.utf8))?.message }
}

extension JSONValue {
    /// A member of an object; nil for none, and for anything else.
    subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The elements of a list.
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// A whole number.
    var int: Int? { if case .integer(let number) = self { number } else { nil } }
}

extension RunningServer {
    /// The header of every request; nil takes a field away.
    func header(_ changes: [String: String?] = [:]) -> HTTPFields {
        var fields: [String: String] = [
            "authorization": "Bearer " + credentials.token.reveal(), "x-api-key": access.clientID,
            "x-gw-ims-org-id": access.organizationID, "x-sandbox-name": "prod",
        ]
        for (name, value) in changes { fields[name] = value }
        var header = HTTPFields()
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { header.append(HTTPField(name: name, value: value)) }
        }
        return header
    }

    /// Sends a request; paths that do not begin at the root are below the base of Flow Service.
    @discardableResult
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil,
        _ changes: [String: String?] = [:]
    ) async throws -> Reply {
        var changes = changes
        if body != nil, !changes.keys.contains("content-type") {
            changes["content-type"] = "application/json"
        }
        let target = path.hasPrefix("/") ? path : "/data/foundation/flowservice/" + path
        let request = HTTPRequest(
            method: method, scheme: origin.scheme, authority: origin.authority, path: prefix + target,
            headerFields: header(changes))
        let reply = try await client.send(request, body: body.map { .bytes(Array($0.utf8)) } ?? .empty)
        let bytes = try await reply.body.bytes(limit: 10 << 20)
        return Reply(
            status: reply.response.status.code, fields: reply.response.headerFields,
            text: String(decoding: bytes, as: UTF8.self))
    }

    /// Makes something, and gives its id.
    func make(_ path: String, _ body: String) async throws -> String {
        let reply = try await send(.post, path, body)
        guard reply.status == 201, let id = reply.json["id"]?.text else { throw Unexpected(reply: reply) }
        return id
    }

    struct Unexpected: Error { var reply: Reply }
}
