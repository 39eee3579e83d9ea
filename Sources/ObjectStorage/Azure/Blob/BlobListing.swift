// Pages of blobs (Azure Storage, *List Blobs*), and what unfinished puts left in the container.

import FoundationEssentials
import HTTPTypes
import Transfer

extension AzureBlobStorage {
    /// One page of a listing.
    struct Page {
        struct Blob {
            var name: String
            var size: Int64
            var modified: Date
        }

        var blobs: [Blob] = []
        var marker: String?
    }

    func listRequest(prefix: String, marker: String?, limit: Int, include: String? = nil) -> AzureRequest {
        var query = [("restype", "container"), ("comp", "list"), ("prefix", container.name(of: prefix))]
        // The service takes no more than this.
        query.append(("maxresults", "\(min(max(1, limit), 5_000))"))
        if let marker { query.append(("marker", marker)) }
        if let include { query.append(("include", include)) }
        return AzureRequest(method: .get, query: query.map { (name: $0.0, value: $0.1) })
    }

    /// A page of the blobs whose names begin with `prefix`; directories of a data lake are left out.
    func blobs(
        _ action: StorageFailure.Action, prefix: String, marker: String?, limit: Int, include: String? = nil
    ) async throws -> Page {
        let purpose = AzureContainer.Purpose(action, prefix: prefix)
        let request = listRequest(prefix: prefix, marker: marker, limit: limit, include: include)
        let reply = try await container.send(request, for: purpose)
        return try await container.parsing(purpose) {
            var page = Page()
            let root = try await XMLReader.root(of: reply.body, delivering: ["Blob"]) { element in
                if let blob = Page.Blob(element) { page.blobs.append(blob) }
            }
            page.marker = root.text("NextMarker").flatMap { $0.isEmpty ? nil : $0 }
            return page
        }
    }

    /// Removes the blocks of puts that died, where there is no blob yet.
    ///
    /// The service has no way to drop single blocks: they go when a list is committed. So a blob of one byte
    /// is made, only where there is none, and deleted, only if it is still that one; whoever lists may see it
    /// for a moment. Blocks that lie beside a blob are left to the service, which drops them after a week:
    /// committing the blob's own list again would change its time and fields, and empty a blob that was not
    /// made of blocks. Blocks of other programs are left alone.
    @discardableResult
    public func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int {
        let puts = UnfinishedPuts(prefix: prefix, keys: keys)
        var count = 0
        var marker: String?
        repeat {
            let page = try await blobs(
                .abort, prefix: prefix, marker: marker, limit: 5_000, include: "uncommittedblobs")
            for blob in page.blobs where blob.size == 0 {
                try Task.checkCancellation()
                guard let key = container.key(of: blob.name), puts.includes(key.text) else { continue }
                if try await dropBlocks(of: key) { count += 1 }
            }
            marker = page.marker
        } while marker != nil
        return count
    }

    /// Drops the blocks of a blob that was never committed; false if it was, or if they are not ours.
    private func dropBlocks(of key: StorageKey) async throws -> Bool {
        let purpose = AzureContainer.Purpose(.abort, key)
        do {
            let left = try await container.blocks("uncommitted", of: key, for: purpose)
            guard let first = left.ids.first, BlockIDs.matches(first) else { return false }
            let upload = BlobUpload(container: container, key: key)
            let mark = BodyPart(number: 1, offset: 0, bytes: [0], isLast: true)
            let made = try await upload.commit([try await upload.send(mark)], size: 1, ifAbsent: true)
            var removing = AzureRequest(method: .delete, name: container.name(of: key.text))
            removing.fields[.ifMatch] = made.tag
            try await container.perform(removing, for: purpose)
            return true
        } catch let error as StorageError {
            switch error.failure.reason {
            case .alreadyExists, .changedMeanwhile, .noSuchObject: return false
            default: throw error
            }
        }
    }
}

extension AzureBlobStorage.Page.Blob {
    /// The blob that an element describes; nil for a directory, and for what lacks its size.
    fileprivate init?(_ element: XMLElement) {
        guard let name = element.nameInListing, let properties = element["Properties"],
            properties.text("ResourceType") != "directory",
            let size = properties.integer("Content-Length")
        else { return nil }
        self.name = name
        self.size = size
        let modified = properties.text("Last-Modified").flatMap { HTTPDate.parse($0) }
        self.modified = modified ?? Date(timeIntervalSince1970: 0)
    }
}

extension XMLElement {
    /// The name of what is listed; one that XML cannot hold comes percent-encoded.
    var nameInListing: String? {
        guard let name = self["Name"] else { return nil }
        let isEncoded = name.attributes.contains { $0.name == "Encoded" && $0.value == "true" }
        return isEncoded ? PercentEncoding.decode(name.text) ?? name.text : name.text
    }
}
