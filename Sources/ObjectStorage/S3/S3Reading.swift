// Reading an object: one request, and another for the rest where the connection breaks.

import HTTPTypes
import Languages
import Transfer

/// The bytes of an object in a range, as they come.
actor S3Reading {
    /// How often in a row the rest is asked for without a byte coming.
    private static let mostAttempts = 5

    private let storage: S3Storage
    private let key: StorageKey
    private var rest: Range<Int64>
    private var body: HTTPReplyBody?
    private var etag: String?
    private var failures = 0

    init(storage: S3Storage, key: StorageKey, range: Range<Int64>) {
        self.storage = storage
        self.key = key
        rest = range
    }

    /// Asks for the range, or what is left of it.
    func open() async throws {
        var request = S3Request(method: .get, key: key.text)
        if rest.lowerBound > 0 || rest.upperBound < .max {
            let last = rest.upperBound == .max ? "" : "\(rest.upperBound - 1)"
            request.fields.append(("range", "bytes=\(rest.lowerBound)-\(last)"))
        }
        // A reader has the object that it began with.
        if let etag { request.fields.append(("if-match", etag)) }
        do {
            let reply = try await storage.client.send(request)
            etag = etag ?? reply.response.field("etag")
            if let length = reply.response.contentLength {
                let end = rest.lowerBound + length
                let isWhole = rest.lowerBound == 0 && end <= rest.upperBound
                guard isWhole || (reply.response.status.code == 206 && end <= rest.upperBound) else {
                    throw TransferError(
                        host: storage.client.address.origin.host, phase: .receive, kind: .invalidAnswer,
                        reason: Text("the answer holds other bytes than were asked for"), wasAnswered: true)
                }
                rest = rest.lowerBound..<end
            }
            body = reply.body
        } catch let answer as S3ErrorAnswer where answer.status == 416 {
            // It begins at the object's end, or beyond.
            rest = rest.lowerBound..<rest.lowerBound
            body = nil
        }
    }

    /// The next bytes; nil at the end.
    func next() async throws -> [UInt8]? {
        while !rest.isEmpty {
            try Task.checkCancellation()
            if body == nil { try await open() }
            do {
                if let chunk = try await nextChunk() {
                    failures = 0
                    rest =
                        rest.lowerBound
                        + Int64(chunk.count)..<max(rest.upperBound, rest.lowerBound + Int64(chunk.count))
                    return chunk
                }
                guard rest.upperBound < .max, !rest.isEmpty else { break }
                // It ended before its announced length.
                throw TransferError(
                    host: storage.client.address.origin.host, phase: .receive, kind: .interrupted,
                    reason: Text("the answer ended \(rest.count) bytes early"), wasAnswered: true)
            } catch let error as TransferError where error.isRetryable && failures + 1 < Self.mostAttempts {
                body = nil
                failures += 1
            }
        }
        body = nil
        return nil
    }

    private func nextChunk() async throws -> [UInt8]? {
        guard let body else { return nil }
        var chunks = body.makeAsyncIterator()
        return try await chunks.next()
    }
}
