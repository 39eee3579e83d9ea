// Names in a store that speaks S3: the folders in a folder, and the buckets of whoever asks.

import FoundationEssentials
import HTTPTypes
import Transfer

extension S3Storage: ContainerListing {
    /// One page of the folders in a folder: what the next slash in a key ends.
    public func folders(in folder: String, limit: Int) async throws -> NamePage {
        let prefix = folder.folderPrefix
        return try await translating(.list, prefix) { try await client.folders(below: prefix, limit: limit) }
    }

    /// The server.
    public var accountLocation: String { client.serviceAddress.origin.authority }

    /// The buckets that the keys may list (ListBuckets).
    public func containers() async throws -> NamePage {
        do {
            return try await client.buckets()
        } catch {
            let attempt = S3Attempt(
                action: .listContainers, key: nil, location: accountLocation,
                configuredRegion: client.configuration.region, accessKeyID: client.accessKeyID,
                rights: client.configuration.dialect.rights)
            throw attempt.error(for: error)
        }
    }
}

extension S3Client {
    /// The folders directly below a prefix that ends in a slash or is empty (ListObjectsV2 with a delimiter).
    fileprivate func folders(below prefix: String, limit: Int) async throws -> NamePage {
        // Names are asked for as they are: what “+” means in encoded ones differs from store to store.
        let query: [SignableRequest.QueryItem] = [
            .init("list-type", "2"), .init("prefix", prefix), .init("delimiter", "/"),
            .init("max-keys", "\(min(max(1, limit), 1_000))"),
        ]
        let (root, elements) = try await document(
            S3Request(method: .get, query: query), elements: "CommonPrefixes")
        let names = elements.compactMap { $0.text("Prefix")?.folderName(below: prefix) }
        return NamePage(names, isWhole: !root.isTrue("IsTruncated"))
    }

    fileprivate func buckets() async throws -> NamePage {
        let (root, elements) = try await document(
            S3Request(method: .get, isOfService: true), elements: "Bucket")
        let isCut = root.text("ContinuationToken").map { !$0.isEmpty } ?? false
        return NamePage(elements.compactMap { $0.text("Name") }, isWhole: !isCut)
    }
}
