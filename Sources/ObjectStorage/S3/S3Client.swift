// Sends requests to a bucket: addressed, signed anew for each attempt, and once more where the bucket turns
// out to lie in another region.

import FoundationEssentials
import HTTPTypes
import Synchronization
import Transfer

/// Speaks with one bucket.
final class S3Client: Sendable {
    let configuration: S3Configuration
    private let http: HTTPClient
    private let retrying: RetryPolicy
    private let clock: @Sendable () -> Date
    private let role: RoleSession?
    private let learnedRegion = Mutex<String?>(nil)

    init(
        _ configuration: S3Configuration, http: HTTPClient, retrying: RetryPolicy,
        clock: @escaping @Sendable () -> Date
    ) {
        self.configuration = configuration
        self.http = http
        self.retrying = retrying
        self.clock = clock
        role =
            switch configuration.credentials {
            case .accessKey: nil
            case .assumedRole(let role, let base):
                RoleSession(
                    role: role, by: base, region: configuration.region, http: http, retrying: retrying)
            }
    }

    /// The region that the bucket was found to lie in, if it is another than the configured one.
    var discoveredRegion: String? { learnedRegion.withLock { $0 } }

    var now: Date { clock() }

    /// Where the bucket is, as far as is known.
    var address: S3Address {
        S3Address(configuration, region: discoveredRegion ?? configuration.region)
    }

    /// The access key id that requests are sent with.
    var accessKeyID: String {
        switch configuration.credentials {
        case .accessKey(let key), .assumedRole(_, by: let key): key.id
        }
    }

    /// Sends a request, again where that may help, and returns an answer of success.
    ///
    /// Throws `S3ErrorAnswer`, `TransferError`, `XMLError` and `CancellationError`.
    ///
    /// - Parameter policy: how often it is tried; as the client was told if nil.
    func send(_ request: S3Request, retrying policy: RetryPolicy? = nil) async throws -> HTTPReply {
        var attempts = 0
        while true {
            let region = discoveredRegion ?? configuration.region
            let reply = try await http.send(
                retrying: policy ?? retrying, repeatability: .safe,
                examine: { try await S3ErrorAnswer.examine($0, readsSuccess: request.mayFailInBody) },
                {
                    attempts += 1
                    return try await self.signed(request, region: region)
                })
            guard request.mayFailInBody || reply.response.status.code >= 300 else { return reply }
            let bytes = try await reply.body.bytes(limit: 1 << 20)
            guard var answer = S3ErrorAnswer(reply.response, bytes, at: clock()) else {
                return HTTPReply(response: reply.response, body: HTTPReplyBody(bytes))
            }
            if answer.pointsElsewhere, let actual = answer.region, actual != region, attempts < 10 {
                learnedRegion.withLock { $0 = actual == configuration.region ? nil : actual }
                continue
            }
            answer.wasRepeated = attempts > 1
            throw answer
        }
    }

    private func signed(_ request: S3Request, region: String) async throws -> (HTTPRequest, HTTPBody) {
        let address = S3Address(configuration, region: region)
        let signable = SignableRequest(
            method: request.method.rawValue, path: address.path(of: request.key), query: request.query,
            fields: [("host", address.origin.authority)] + request.fields, payloadHash: request.payload.hash)
        let signer = SigV4(accessKey: try await accessKey(), region: region, service: "s3")
        let signature = signer.fields(signing: signable, at: clock(), signsPayloadHash: true)
        let carriesBody = request.method == .put || request.method == .post
        return (
            HTTPRequest(signable, to: address.origin, adding: signature),
            carriesBody ? .bytes(request.payload.bytes) : .empty
        )
    }

    private func accessKey() async throws -> AccessKey {
        switch configuration.credentials {
        case .accessKey(let key): return key
        case .assumedRole(_, let base): return try await role?.accessKey(clock) ?? base
        }
    }
}

extension S3Client {
    /// Sends a request whose answer is XML, and reads it as it comes; asks again where the answer breaks off.
    ///
    /// - Returns: the root, and apart from it the elements of the given name.
    func document(
        _ request: S3Request, elements name: String
    ) async throws -> (root: XMLElement, elements: [XMLElement]) {
        var attempts = 3
        while true {
            do {
                var elements: [XMLElement] = []
                let body = try await send(request).body
                let root = try await XMLReader.root(of: body, delivering: [name]) { elements.append($0) }
                return (root, elements)
            } catch let error as TransferError where error.isRetryable && attempts > 1 {
                attempts -= 1
            }
        }
    }

    /// Resolves the server's name.
    func resolve() async throws { try await http.resolve(address.origin) }

    /// Connects to the server.
    func connect(securing: Bool) async throws {
        try await http.connect(to: address.origin, securing: securing)
    }
}
