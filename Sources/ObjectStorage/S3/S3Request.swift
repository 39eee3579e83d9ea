// A request to a bucket, before it is signed and addressed, and the bytes that it carries.

import Crypto
import FoundationEssentials
import HTTPTypes
import Hexadecimal
import Transfer

/// The bytes of a request, hashed once.
struct S3Payload: Sendable {
    static let empty = S3Payload([])

    let bytes: [UInt8]
    private let digest: SHA256.Digest

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        digest = SHA256.hash(data: bytes)
    }

    /// The SHA-256 in hexadecimal, as signatures have it.
    var hash: String { digest.hexadecimal }
    /// The SHA-256 in base64, as `x-amz-checksum-sha256` has it.
    var checksum: String { Data(digest).base64EncodedString() }
    /// The SHA-256.
    var checksumBytes: [UInt8] { Array(digest) }
    /// The MD5 in base64, as `Content-MD5` has it.
    var md5: String { Data(Insecure.MD5.hash(data: bytes)).base64EncodedString() }
}

/// A request to a bucket.
struct S3Request: Sendable {
    var method: HTTPRequest.Method
    /// The object's key; nil for the bucket.
    var key: String?
    /// Whether the service itself is meant, and no bucket.
    var isOfService = false
    var query: [SignableRequest.QueryItem] = []
    var fields: [(name: String, value: String)] = []
    var payload = S3Payload.empty
    /// Whether an answer of success may hold an error, and is read before it is believed.
    var mayFailInBody = false
}

extension HTTPRequest {
    /// A request with its signature.
    init(_ request: SignableRequest, to origin: HTTPOrigin, adding fields: [(name: String, value: String)]) {
        let query = request.encodedQuery
        var all = HTTPFields()
        for (name, value) in request.fields + fields where name != "host" {
            if let name = HTTPField.Name(name) { all.append(HTTPField(name: name, value: value)) }
        }
        self.init(
            method: HTTPRequest.Method(request.method) ?? .get, scheme: origin.scheme,
            authority: origin.authority, path: query.isEmpty ? request.path : "\(request.path)?\(query)",
            headerFields: all)
    }
}

extension HTTPResponse {
    /// The first value of a field.
    func field(_ name: String) -> String? { HTTPField.Name(name).flatMap { headerFields[$0] } }

    /// The server's time.
    var date: Date? { field("date").flatMap { HTTPDate.parse($0) } }

    /// The length of the body in bytes, as announced.
    var contentLength: Int64? { field("content-length").flatMap { Int64($0) } }
}
