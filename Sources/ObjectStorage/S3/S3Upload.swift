// Multipart uploads: begun, filled part by part, completed or ended.

import Crypto
import FoundationEssentials
import HTTPTypes
import Hexadecimal
import Transfer

/// A multipart upload that was begun.
struct S3Upload: Hashable, Sendable {
    /// The most parts of an upload (Amazon S3, *Multipart upload limits*; the same at Google's).
    static let mostParts = 10_000

    let key: String
    /// The id that the store gave it.
    let id: String
    /// When it was begun, by the store's clock.
    let begun: Date

    /// A part that has arrived.
    struct Part: Hashable, Sendable {
        let number: Int
        /// The entity tag, as it was given, with quotes.
        let etag: String
        /// The SHA-256.
        let sha256: [UInt8]

        /// The checksum that an object of these parts has.
        static func checksum(of parts: [Part]) -> String {
            let digest = SHA256.hash(data: parts.flatMap(\.sha256))
            return "\(Data(digest).base64EncodedString())-\(parts.count)"
        }

        /// The entity tag that an object of these parts has, without quotes, where those of the parts are
        /// their MD5.
        static func etag(of parts: [Part]) -> String {
            let digests = parts.flatMap { part -> [UInt8] in
                let digits = part.etag.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
                return stride(from: 0, to: digits.count - 1, by: 2).map {
                    UInt8(digits[$0] << 4 | digits[$0 + 1])
                }
            }
            return "\(Insecure.MD5.hash(data: digests).hexadecimal)-\(parts.count)"
        }
    }
}

extension S3Client {
    /// Begins an upload (CreateMultipartUpload).
    func beginUpload(of key: StorageKey) async throws -> S3Upload {
        var request = S3Request(method: .post, key: key.text, query: [.init("uploads")])
        request.fields = [("content-type", "application/octet-stream")] + configuration.encryption.fields
        if configuration.dialect.checksum == .sha256 {
            request.fields.append(("x-amz-checksum-algorithm", "SHA256"))
        }
        let reply = try await send(request, retrying: retryingPuts)
        let root = try XMLReader.root(of: try await reply.body.bytes(limit: 1 << 20))
        guard let id = root.text("UploadId"), !id.isEmpty else { throw XMLError.incomplete }
        return S3Upload(key: key.text, id: id, begun: reply.response.date ?? now)
    }

    /// Sends a part (UploadPart).
    func send(_ payload: S3Payload, as number: Int, of upload: S3Upload) async throws -> S3Upload.Part {
        var request = S3Request(method: .put, key: upload.key, payload: payload)
        request.query = [.init("partNumber", "\(number)"), .init("uploadId", upload.id)]
        request.fields = [configuration.dialect.checksum.field(of: payload)]
        let reply = try await send(request, retrying: retryingPuts)
        await reply.body.discard()
        return S3Upload.Part(
            number: number, etag: reply.response.field("etag") ?? "", sha256: payload.checksumBytes)
    }

    /// Makes an object of the parts (CompleteMultipartUpload); returns the server's time.
    func complete(
        _ upload: S3Upload, _ parts: [S3Upload.Part], condition: (name: String, value: String)?
    ) async throws -> Date {
        let hasChecksums = configuration.dialect.checksum == .sha256
        let list = parts.map { part in
            let checksum =
                hasChecksums
                ? "<ChecksumSHA256>\(Data(part.sha256).base64EncodedString())</ChecksumSHA256>" : ""
            // An entity tag is given in quotes, which XML does not mind in a text.
            return "<Part><PartNumber>\(part.number)</PartNumber><ETag>\(part.etag)</ETag>\(checksum)</Part>"
        }
        let text = """
            <CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\(list.joined())\
            </CompleteMultipartUpload>
            """
        var request = S3Request(method: .post, key: upload.key, payload: S3Payload(Array(text.utf8)))
        request.query = [.init("uploadId", upload.id)]
        request.fields = [("content-type", "application/xml")] + (condition.map { [$0] } ?? [])
        request.mayFailInBody = true
        let reply = try await send(request, retrying: retryingPuts)
        return reply.response.date ?? now
    }

    /// Ends an upload without an object (AbortMultipartUpload).
    ///
    /// - Returns: whether it was still there.
    @discardableResult
    func abort(_ upload: S3Upload, retrying policy: RetryPolicy? = nil) async throws -> Bool {
        let request = S3Request(
            method: .delete, key: upload.key, query: [.init("uploadId", upload.id)])
        do {
            await (try send(request, retrying: policy)).body.discard()
            return true
        } catch let answer as S3ErrorAnswer where answer.status == 404 && answer.code != "NoSuchBucket" {
            return false
        }
    }
}
