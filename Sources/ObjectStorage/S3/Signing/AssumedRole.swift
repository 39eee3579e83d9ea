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

/// The keys of an assumed role, the same for all that ask until they are renewed.
actor RoleSession {
    private struct Keys {
        let accessKey: AccessKey
        let expires: Date
    }

    /// How long before they expire the keys are renewed.
    private static let margin: TimeInterval = 300

    private let role: AssumedRole
    private let base: AccessKey
    private let region: String
    private let http: HTTPClient
    private let retrying: RetryPolicy
    private var current: Keys?
    private var renewal: Task<Keys, any Error>?

    init(role: AssumedRole, by base: AccessKey, region: String, http: HTTPClient, retrying: RetryPolicy) {
        self.role = role
        self.base = base
        self.region = region
        self.http = http
        self.retrying = retrying
    }

    /// The keys to sign with.
    ///
    /// Throws `S3ErrorAnswer`, `TransferError`, `XMLError`.
    ///
    /// - Parameter clock: tells the time.
    func accessKey(_ clock: @escaping @Sendable () -> Date) async throws -> AccessKey {
        if let current, current.expires.timeIntervalSince(clock()) > Self.margin { return current.accessKey }
        // A task of its own: who asks first may be cancelled, and the others still wait for it.
        let renewal = renewal ?? Task { try await self.assume(clock) }
        self.renewal = renewal
        do {
            let keys = try await renewal.value
            current = keys
            if self.renewal == renewal { self.renewal = nil }
            return keys.accessKey
        } catch {
            if self.renewal == renewal { self.renewal = nil }
            if let current, current.expires > clock() { return current.accessKey }
            throw error
        }
    }

    private nonisolated func assume(_ clock: @Sendable () -> Date) async throws -> Keys {
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
        return Keys(accessKey: accessKey, expires: expires)
    }

    private nonisolated func request(at date: Date) -> (HTTPRequest, HTTPBody) {
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
