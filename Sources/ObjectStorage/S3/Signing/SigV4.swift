// Signature Version 4, by which Amazon's services know who asks (AWS, *Create a signed AWS API request*).
// The time is an argument: the same request at the same time has the same signature.

import Crypto
import FoundationEssentials
import Hexadecimal
import Secrets

/// The keys that sign requests.
public struct AccessKey: Hashable, Sendable {
    /// The access key id.
    public var id: String
    /// The secret access key.
    public var secret: Secret
    /// The token of temporary keys.
    public var sessionToken: Secret?

    /// The keys that sign requests.
    public init(id: String, secret: Secret, sessionToken: Secret? = nil) {
        self.id = id
        self.secret = secret
        self.sessionToken = sessionToken
    }
}

/// Keys that hold for a time.
public struct TemporaryKeys: Hashable, Sendable {
    /// The keys.
    public var accessKey: AccessKey
    /// When they run out; nil where nobody says.
    public var expires: Date?

    /// Keys that hold for a time.
    public init(accessKey: AccessKey, expires: Date?) {
        self.accessKey = accessKey
        self.expires = expires
    }
}

/// Signs requests to one service in one region.
struct SigV4: Sendable {
    static let emptyPayloadHash = SHA256.hash(data: [UInt8]()).hexadecimal

    let accessKey: AccessKey
    let region: String
    /// The service's name in scopes: `s3`, `sts`.
    let service: String

    /// The fields to be added to `request`, whose own fields and `host` are all signed.
    ///
    /// - Parameter signsPayloadHash: whether the hash of the payload is a field too, as S3 demands.
    func fields(
        signing request: SignableRequest, at date: Date, signsPayloadHash: Bool
    ) -> [(name: String, value: String)] {
        let time = Self.time(date)
        var added = [(name: "x-amz-date", value: time)]
        if signsPayloadHash { added.append(("x-amz-content-sha256", request.payloadHash)) }
        if let token = accessKey.sessionToken { added.append(("x-amz-security-token", token.reveal())) }
        var signed = request
        signed.fields += added
        let scope = "\(time.prefix(8))/\(region)/\(service)/aws4_request"
        let canonical = signed.canonicalForm(isS3: service == "s3")
        let text = """
            AWS4-HMAC-SHA256
            \(time)
            \(scope)
            \(SHA256.hash(data: Array(canonical.utf8)).hexadecimal)
            """
        let signature = Self.code(text, key(day: time.prefix(8))).hexadecimal
        let authorization = """
            AWS4-HMAC-SHA256 Credential=\(accessKey.id)/\(scope), \
            SignedHeaders=\(signed.signedFieldNames), Signature=\(signature)
            """
        return added + [("authorization", authorization)]
    }

    /// The key of one day, region and service.
    private func key(day: Substring) -> SymmetricKey {
        [String(day), region, service, "aws4_request"].reduce(
            SymmetricKey(data: Array("AWS4\(accessKey.secret.reveal())".utf8))
        ) { SymmetricKey(data: Self.code($1, $0)) }
    }

    private static func code(_ text: String, _ key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    }

    /// A time as `20150830T123600Z`.
    static func time(_ date: Date) -> String {
        date.formatted(.iso8601).filter { !"-:".contains($0) }
    }
}
