// What a bucket says about an object, and whether that is what was put.

import Crypto
import FoundationEssentials
import HTTPTypes
import Hexadecimal
import Transfer

/// What a bucket says about an object.
struct S3Object: Sendable {
    let size: Int64
    let modified: Date
    /// The entity tag, without quotes.
    let etag: String?
    /// The SHA-256 that is kept with it, in base64; of an object of several parts that of their SHA-256,
    /// with `-` and their number.
    let checksum: String?

    init(_ response: HTTPResponse, now: Date) {
        size = response.contentLength ?? 0
        modified = response.field("last-modified").flatMap { HTTPDate.parse($0) } ?? response.date ?? now
        etag = response.field("etag").map { $0.filter { $0 != "\"" } }
        checksum = response.field("x-amz-checksum-sha256")
    }

    /// Whether it is an object of these bytes.
    func holds(_ payload: S3Payload) -> Bool {
        guard size == payload.bytes.count else { return false }
        if let checksum { return checksum == payload.checksum }
        return etag == Insecure.MD5.hash(data: payload.bytes).hexadecimal
    }

    /// Whether it is what these parts make, of `size` bytes together.
    func holds(_ parts: [S3Upload.Part], size: Int64) -> Bool {
        guard self.size == size else { return false }
        if let checksum, checksum.contains("-") { return checksum == S3Upload.Part.checksum(of: parts) }
        return etag != nil && etag == S3Upload.Part.etag(of: parts)
    }
}

extension S3Client {
    /// Asks for size, time and checksum of an object.
    ///
    /// Answers to HEAD have no words; so where one is refused the first byte is asked for, to learn why, or where
    /// the bucket lies.
    ///
    /// - Parameter policy: how often it is tried; if nil as the client was told, without patience.
    func look(at key: StorageKey, retrying policy: RetryPolicy? = nil) async throws -> S3Object {
        var request = S3Request(
            method: .head, key: key.text, fields: [("x-amz-checksum-mode", "ENABLED")])
        if configuration.dialect.checksum != .sha256 { request.fields = [] }
        var refusals = 0
        while true {
            do {
                return S3Object(try await send(request, retrying: policy).response, now: now)
            } catch let answer as S3ErrorAnswer
                where [301, 307, 400, 403].contains(answer.status) && refusals < 3
            {
                refusals += 1
                var reading = request
                reading.method = .get
                reading.fields = [("range", "bytes=0-0")]
                // This throws what is wrong, unless it puts it right: it finds the place, or renews the keys.
                await (try send(reading, retrying: policy)).body.discard()
            }
        }
    }
}
