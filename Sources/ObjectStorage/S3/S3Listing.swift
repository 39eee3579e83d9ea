// Listing: what is in a bucket, page after page, and what was left unfinished there.

import FoundationEssentials
import HTTPTypes
import Transfer

extension S3Storage {
    /// One page of the objects whose keys begin with `prefix`.
    public func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        try await translating(.list, prefix) {
            try await client.list(prefix: prefix, after: after, limit: max(1, limit))
        }
    }

    /// Ends the multipart uploads to such keys that were begun and neither completed nor ended, by whomever.
    ///
    /// An upload outlives that while parts of it arrive, and has to be ended again (Amazon S3,
    /// *AbortMultipartUpload*): so it looks once more where there were any.
    @discardableResult
    public func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int {
        let puts = UnfinishedPuts(prefix: prefix, keys: keys)
        return try await translating(.abort, prefix) {
            var ended: Set<String> = []
            for look in 1...4 {
                if look > 1 { try await Task.sleep(for: .milliseconds(200)) }
                if try await !abortAll(puts, &ended) { break }
            }
            return ended.count
        }
    }

    /// Ends the uploads that are listed, and adds those that were there to `ended`; false where none is listed.
    private func abortAll(_ puts: UnfinishedPuts, _ ended: inout Set<String>) async throws -> Bool {
        var foundAny = false
        var marker: S3UploadMarker?
        repeat {
            let page = try await client.unfinishedUploads(prefix: puts.prefix, after: marker)
            for upload in page.uploads where puts.includes(upload.key) {
                foundAny = true
                if try await client.abort(upload) { ended.insert(upload.id) }
            }
            marker = page.next
        } while marker != nil
        return foundAny
    }
}

/// Where the next page of unfinished uploads begins.
struct S3UploadMarker: Hashable, Sendable {
    let key: String
    let uploadID: String
}

extension S3Client {
    /// One page of the objects (ListObjectsV2).
    ///
    /// A position is the last key of the page before, with `k` before it. So a listing goes on though objects
    /// are deleted. Only where a page has no keys and yet is not the last, it is the store's token, with `t`.
    func list(prefix: String, after: ListingPosition? = nil, limit: Int) async throws -> StoragePage {
        var (root, objects) = try await page(prefix, after, limit, encoded: true)
        var isEncoded = root.text("EncodingType") == "url"
        // What “+” means differs from store to store, so the names are asked for as they are.
        if isEncoded, configuration.dialect.plusInListings == .unknown,
            objects.contains(where: { $0.text("Key")?.contains("+") == true })
        {
            (root, objects) = try await page(prefix, after, limit, encoded: false)
            isEncoded = false
        }
        let keys = try objects.map { object in
            guard let text = object.text("Key"),
                let key = isEncoded ? decoded(text) : text
            else { throw XMLError.malformed("a name in it cannot be read") }
            return key
        }
        // Names that are no keys, like those of folders that end in “/”, are left out.
        let found = zip(objects, keys).compactMap { object, key in
            (try? StorageKey(key)).map {
                StoredObject(
                    key: $0, size: object.integer("Size") ?? 0,
                    modified: object.time("LastModified") ?? now)
            }
        }
        guard root.isTrue("IsTruncated") else { return StoragePage(objects: found, next: nil) }
        let position = keys.last.map { "k\($0)" } ?? root.text("NextContinuationToken").map { "t\($0)" }
        return StoragePage(objects: found, next: position.map { ListingPosition(token: $0) })
    }

    /// A name as Amazon encodes it: `+` is a space.
    private func decoded(_ text: String) -> String? {
        PercentEncoding.decode(
            text.split(separator: "+", omittingEmptySubsequences: false).joined(separator: " "))
    }

    private func page(
        _ prefix: String, _ after: ListingPosition?, _ limit: Int, encoded: Bool
    ) async throws -> (root: XMLElement, elements: [XMLElement]) {
        var query: [SignableRequest.QueryItem] = [
            .init("list-type", "2"), .init("prefix", prefix), .init("max-keys", "\(min(limit, 1_000))"),
        ]
        if encoded { query.append(.init("encoding-type", "url")) }
        if let token = after?.token {
            query.append(
                .init(token.hasPrefix("k") ? "start-after" : "continuation-token", String(token.dropFirst())))
        }
        return try await document(S3Request(method: .get, query: query), elements: "Contents")
    }

    /// One page of the multipart uploads that were not ended (ListMultipartUploads).
    func unfinishedUploads(
        prefix: String, after marker: S3UploadMarker?
    ) async throws -> (uploads: [S3Upload], next: S3UploadMarker?) {
        var query: [SignableRequest.QueryItem] = [.init("uploads"), .init("prefix", prefix)]
        if let marker {
            query += [.init("key-marker", marker.key), .init("upload-id-marker", marker.uploadID)]
        }
        let (root, elements) = try await document(S3Request(method: .get, query: query), elements: "Upload")
        let uploads = elements.compactMap { element in
            element.text("Key").flatMap { key in
                element.text("UploadId").map {
                    S3Upload(key: key, id: $0, begun: element.time("Initiated") ?? now)
                }
            }
        }
        guard root.isTrue("IsTruncated"), let key = root.text("NextKeyMarker"), !uploads.isEmpty else {
            return (uploads, nil)
        }
        return (uploads, S3UploadMarker(key: key, uploadID: root.text("NextUploadIdMarker") ?? ""))
    }
}
