// A role that is assumed for a time (AWS Security Token Service, *AssumeRole*): asked for when first needed,
// and again before it expires.

import FoundationEssentials
import HTTPTypes
import Secrets
import Transfer

/// A role to act in.
public struct AssumedRole: Hashable, Sendable {
    /// The role's Amazon resource name, like `arn:aws:iam::123456789012:role/export`.
    public var arn: String
    /// What the role's owner asks for, so that no other customer can have it assumed.
    public var externalID: String?
    /// The name of the session in the account's logs.
    public var sessionName: String
    /// The server of the token service; nil for Amazon's own in the region.
    public var endpoint: HTTPOrigin?

    /// A role to act in.
    public init(
        arn: String, externalID: String? = nil, sessionName: String = "sluice", endpoint: HTTPOrigin? = nil
    ) {
        self.arn = arn
        self.externalID = externalID
        self.sessionName = sessionName
        self.endpoint = endpoint
    }
}

/// Keys that hold for a time, the same for all that ask until they are renewed.
struct KeySession: Sendable {
    private let keys: Renewable<TemporaryKeys>
    private let clock: @Sendable () -> Date

    /// The session of a role; nothing is asked for yet.
    ///
    /// - Parameter clock: tells the time.
    init(
        role: AssumedRole, by base: AccessKey, region: String, http: HTTPClient, retrying: RetryPolicy,
        clock: @escaping @Sendable () -> Date
    ) {
        let request = AssumeRoleRequest(
            role: role, base: base, region: region, http: http, retrying: retrying, clock: clock)
        self.clock = clock
        keys = Renewable(nil, expiry: { $0.expires }) { try await request.send() }
    }

    /// A session with keys that somebody else gives.
    init(
        _ keys: TemporaryKeys, renew: @escaping @Sendable () async throws -> TemporaryKeys,
        clock: @escaping @Sendable () -> Date
    ) {
        self.clock = clock
        self.keys = Renewable(keys, expiry: { $0.expires }, renew: renew)
    }

    /// The keys to sign with.
    ///
    /// Throws `S3ErrorAnswer`, `TransferError`, `XMLError`, and what a renewal by somebody else throws.
    func current() async throws -> TemporaryKeys {
        guard let keys = try await keys.current(at: clock()) else { throw CancellationError() }
        return keys
    }

    /// Gets other keys than those that were refused.
    func replace(_ refused: TemporaryKeys) async throws {
        _ = try await keys.replacing(refused, at: clock())
    }
}

/// One request for the keys of a role.
private struct AssumeRoleRequest: Sendable {
    let role: AssumedRole
    let base: AccessKey
    let region: String
    let http: HTTPClient
    let retrying: RetryPolicy
    let clock: @Sendable () -> Date

    func send() async throws -> TemporaryKeys {
        let reply = try await http.send(
            retrying: retrying, repeatability: .safe, examine: S3ErrorAnswer.examine
        ) { request(at: clock()) }
        let bytes = try await reply.body.bytes(limit: 1 << 20)
        if var answer = S3ErrorAnswer(reply.response, bytes, at: clock()) {
            answer.right = "sts:AssumeRole"
            throw answer
        }
        let result = try XMLReader.root(of: bytes)["AssumeRoleResult"]?["Credentials"]
        guard let id = result?.text("AccessKeyId"), let secret = result?.text("SecretAccessKey"),
            let token = result?.text("SessionToken"),
            let expires = result?.time("Expiration")
        else { throw XMLError.incomplete }
        let accessKey = AccessKey(id: id, secret: Secret(secret), sessionToken: Secret(token))
        return TemporaryKeys(accessKey: accessKey, expires: expires)
    }

    private func request(at date: Date) -> (HTTPRequest, HTTPBody) {
        let origin = role.endpoint ?? HTTPOrigin(host: S3Address.amazonHost(of: "sts", region: region))
        var parameters = [
            (name: "Action", value: "AssumeRole"), ("Version", "2011-06-15"), ("RoleArn", role.arn),
            ("RoleSessionName", role.sessionName),
        ]
        if let externalID = role.externalID { parameters.append(("ExternalId", externalID)) }
        let payload = S3Payload(Array(PercentEncoding.query(parameters).utf8))
        let signable = SignableRequest(
            method: "POST", path: "/",
            fields: [
                ("host", origin.authority), ("content-type", "application/x-www-form-urlencoded"),
            ],
            payloadHash: payload.hash)
        let signer = SigV4(accessKey: base, region: region, service: "sts")
        return (
            HTTPRequest(
                signable, to: origin,
                adding: signer.fields(signing: signable, at: date, signsPayloadHash: false)),
            .bytes(payload.bytes)
        )
    }
}
