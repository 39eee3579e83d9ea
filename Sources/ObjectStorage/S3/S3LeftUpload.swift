// Going on with a multipart upload that was left in the middle: which one, and what has arrived of it. A part counts
// as there when its hash says so; that the body is the same as before is not believed.

import Crypto
import FoundationEssentials
import HTTPTypes
import Hexadecimal

/// An upload, with what had arrived of it before.
///
/// Should its former owner live after all, both send the parts of one upload, and each completes it only with
/// parts whose entity tags and checksums it knows: what it has not sent or compared never gets into its object.
struct S3LeftUpload: Sendable {
    let upload: S3Upload
    private let parts: [Int: ArrivedPart]

    /// Whether anything has arrived before.
    var isContinued: Bool { !parts.isEmpty }

    /// A part as the store lists it.
    struct ArrivedPart: Hashable, Sendable {
        let size: Int64
        let etag: String
        /// The SHA-256 in base64, where the store has kept it.
        let checksum: String?

        init?(_ element: XMLElement) {
            guard let size = element.integer("Size"), let etag = element.text("ETag") else { return nil }
            self.size = size
            self.etag = etag
            checksum = element.text("ChecksumSHA256")
        }

        /// Whether it has these bytes.
        ///
        /// Without a checksum the entity tag tells, which is the MD5 of a part that is not encrypted with a key
        /// of the key management service; of others it never is.
        func holds(_ payload: S3Payload) -> Bool {
            guard size == payload.bytes.count else { return false }
            if let checksum { return checksum == payload.checksum }
            let digest = Insecure.MD5.hash(data: payload.bytes).hexadecimal
            return etag.filter { $0 != "\"" }.lowercased() == digest
        }
    }

    /// An upload of which these parts have arrived.
    init(_ upload: S3Upload, parts: [Int: ArrivedPart] = [:]) {
        self.upload = upload
        self.parts = parts
    }

    /// The receipt of a part that has arrived with these bytes; nil if none has.
    func receipt(of number: Int, _ payload: S3Payload) -> S3Upload.Part? {
        guard let part = parts[number], part.holds(payload) else { return nil }
        return S3Upload.Part(number: number, etag: part.etag, sha256: payload.checksumBytes)
    }
}

extension S3Client {
    /// The uploads of exactly this key that were neither completed nor ended, the newest first; none where the
    /// right to list them is missing.
    func leftUploads(of key: StorageKey) async throws -> [S3Upload] {
        do {
            var uploads: [S3Upload] = []
            var marker: S3UploadMarker?
            repeat {
                let page = try await unfinishedUploads(prefix: key.text, after: marker)
                uploads += page.uploads.filter { $0.key.utf8.elementsEqual(key.text.utf8) }
                marker = page.next
            } while marker != nil
            return uploads.sorted { $0.begun > $1.begun }
        } catch let answer as S3ErrorAnswer where [403, 501].contains(answer.status) {
            return []
        }
    }

    /// The first of some uploads whose first part is this one.
    func upload(among uploads: [S3Upload], beginningWith first: BodyPart) async throws -> S3LeftUpload? {
        guard !uploads.isEmpty else { return nil }
        let payload = S3Payload(first.bytes)
        for upload in uploads {
            do {
                guard let parts = try await arrivedParts(of: upload) else { continue }
                let left = S3LeftUpload(upload, parts: parts)
                if left.receipt(of: first.number, payload) != nil { return left }
            } catch let answer as S3ErrorAnswer where [403, 404, 501].contains(answer.status) {
                // Gone meanwhile, or not to be looked at.
            }
        }
        return nil
    }

    /// Sends a part, unless it has arrived before.
    func see(to part: BodyPart, of left: S3LeftUpload) async throws -> S3Upload.Part {
        let payload = S3Payload(part.bytes)
        if let receipt = left.receipt(of: part.number, payload) { return receipt }
        return try await send(payload, as: part.number, of: left.upload)
    }

    /// The parts of an upload that have arrived (ListParts), by their numbers; nil if it was begun with another
    /// checksum than it could be completed with.
    private func arrivedParts(of upload: S3Upload) async throws -> [Int: S3LeftUpload.ArrivedPart]? {
        let usesSHA256 = configuration.dialect.checksum == .sha256
        var parts: [Int: S3LeftUpload.ArrivedPart] = [:]
        var marker: Int64?
        repeat {
            var request = S3Request(method: .get, key: upload.key, query: [.init("uploadId", upload.id)])
            if let marker { request.query.append(.init("part-number-marker", "\(marker)")) }
            let (root, elements) = try await document(request, elements: "Part")
            if let algorithm = root.text("ChecksumAlgorithm"), !usesSHA256 || algorithm != "SHA256" {
                return nil
            }
            for element in elements {
                if !usesSHA256 && element.text("ChecksumSHA256") != nil { return nil }
                guard let number = element.integer("PartNumber") else { continue }
                parts[Int(number)] = S3LeftUpload.ArrivedPart(element)
            }
            let next = root.isTrue("IsTruncated") ? root.integer("NextPartNumberMarker") : nil
            marker = next.flatMap { $0 > marker ?? 0 ? $0 : nil }
        } while marker != nil
        return parts
    }
}
