// Sends requests to a bucket: addressed, signed anew for each attempt, and once more where the bucket turns
// out to lie elsewhere, or where temporary keys have run out.

import FoundationEssentials
import HTTPTypes
import Synchronization
import Transfer

/// Speaks with one bucket.
final class S3Client: Sendable {
    let configuration: S3Configuration
    private let http: HTTPClient
    /// How often the requests of a put are tried: when one fails for good, all that was sent before is lost.
    let retryingPuts: RetryPolicy
    private let clock: @Sendable () -> Date
    private let session: KeySession?
    private let learnedPlace = Mutex<S3Place?>(nil)

    /// - Parameter retrying: how often requests are tried; its patience is only for those of puts.
    init(
        _ configuration: S3Configuration, http: HTTPClient, retrying: RetryPolicy,
        clock: @escaping @Sendable () -> Date
    ) {
        self.configuration = configuration
        self.http = http
        retryingPuts = retrying
        self.clock = clock
        session =
            switch configuration.credentials {
            case .accessKey: nil
            case .assumedRole(let role, let base):
                KeySession(
                    role: role, by: base, region: configuration.region, http: http,
                    retrying: retrying.withoutPatience, clock: clock)
            case .temporaryKeys(let keys, let renew): KeySession(keys, renew: renew, clock: clock)
            }
    }

    /// The region that the bucket was found to lie in, if it is another than the configured one.
    var discoveredRegion: String? {
        learnedPlace.withLock { $0?.region }.flatMap { $0 == configuration.region ? nil : $0 }
    }

    /// Where the bucket lies, as far as is known.
    private var place: S3Place { learnedPlace.withLock { $0 } ?? S3Place(region: configuration.region) }

    var now: Date { clock() }

    /// Where the bucket is to be reached, as far as is known.
    var address: S3Address { S3Address(configuration, at: place) }

    /// Where the service is to be reached, whatever the bucket.
    var serviceAddress: S3Address { S3Address(serviceOf: configuration) }

    /// The access key id that requests are sent with, or that a role is assumed with.
    var accessKeyID: String { ownKey.id }

    private var ownKey: AccessKey {
        switch configuration.credentials {
        case .accessKey(let key), .assumedRole(_, by: let key): key
        case .temporaryKeys(let keys, _): keys.accessKey
        }
    }

    /// Sends a request, again where that may help, and returns an answer of success.
    ///
    /// Throws `S3ErrorAnswer`, `TransferError`, `XMLError` and `CancellationError`.
    ///
    /// - Parameter policy: how often it is tried; if nil as the client was told, without patience.
    func send(_ request: S3Request, retrying policy: RetryPolicy? = nil) async throws -> HTTPReply {
        var attempts = 0
        var changes = 0
        var place = place
        while true {
            var keys: TemporaryKeys?
            let reply = try await http.send(
                retrying: policy ?? retryingPuts.withoutPatience, repeatability: .safe,
                examine: { try await S3ErrorAnswer.examine($0, readsSuccess: request.mayFailInBody) },
                {
                    attempts += 1
                    keys = try await session?.current()
                    return signed(request, by: keys?.accessKey ?? ownKey, at: place)
                })
            guard request.mayFailInBody || reply.response.status.code >= 300 else { return reply }
            let bytes = try await reply.body.bytes(limit: 1 << 20)
            guard var answer = S3ErrorAnswer(reply.response, bytes, at: clock()) else {
                return HTTPReply(response: reply.response, body: HTTPReplyBody(bytes))
            }
            changes += 1
            if changes <= 3, let next = answer.place(insteadOf: place, of: configuration) {
                learn(next, isTemporary: answer.status == 307)
                place = next
                continue
            }
            if changes <= 3, let keys, answer.refusesTemporaryKeys {
                try await session?.replace(keys)
                continue
            }
            answer.wasRepeated = attempts > 1
            throw answer
        }
    }

    /// Remembers where the bucket lies; of a redirection that is temporary only the region.
    private func learn(_ place: S3Place, isTemporary: Bool) {
        learnedPlace.withLock {
            $0 = S3Place(region: place.region, origin: isTemporary ? $0?.origin : place.origin)
        }
    }

    private func signed(
        _ request: S3Request, by key: AccessKey, at place: S3Place
    ) -> (HTTPRequest, HTTPBody) {
        let address = request.isOfService ? serviceAddress : S3Address(configuration, at: place)
        let signable = SignableRequest(
            method: request.method.rawValue, path: address.path(of: request.key), query: request.query,
            fields: [("host", address.origin.authority)] + request.fields, payloadHash: request.payload.hash)
        let signer = SigV4(accessKey: key, region: place.region, service: "s3")
        let signature = signer.fields(signing: signable, at: clock(), signsPayloadHash: true)
        let carriesBody = request.method == .put || request.method == .post
        return (
            HTTPRequest(signable, to: address.origin, adding: signature),
            carriesBody ? .bytes(request.payload.bytes) : .empty
        )
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
            let body = try await send(request).body
            do {
                var elements: [XMLElement] = []
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
