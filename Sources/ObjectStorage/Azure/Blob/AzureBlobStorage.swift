// Azure Blob Storage as a storage: a container, opened by an account's key or by a shared access signature. A
// Data Landing Zone is such a container, with a signature that the platform renews.

import FoundationEssentials
import HTTPTypes
import Secrets
import Transfer

/// A storage whose objects are the block blobs of a container.
///
/// It asks for nothing outside its folder, and never for rights on the whole account. In an account with a
/// hierarchical namespace the pages of a listing are in the order of the folders' names, and each page for
/// itself in that of the keys.
public struct AzureBlobStorage: Storage {
    let container: AzureContainer

    /// The container `name` of the account that a connection string opens.
    ///
    /// - Parameters:
    ///   - connectionString: what the portal calls by this name, with the account's key or a shared access signature.
    ///   - name: the container's name.
    ///   - folder: the folder in it that keys are relative to; empty for the whole container.
    ///   - client: sends the requests; one may serve many storages.
    ///   - policy: how often a request is sent when its connection fails or the service is busy; its patience is only
    ///     for those of puts.
    public init(
        connectionString: Secret, container name: String, folder: String = "", client: HTTPClient,
        retrying policy: RetryPolicy = .standard
    ) throws(InvalidAzureSetting) {
        let settings = try AzureConnectionString(connectionString)
        let credential: AzureCredential =
            switch settings.access {
            case .accountKey(let key): .sharedKey(key)
            case .signature(let signature):
                .sharedAccess(Renewable(signature, expiry: { $0.expiry }, renew: nil))
            }
        container = try AzureContainer(
            at: settings.endpoint, name: name, folder: folder, credential: credential, client: client,
            policy: policy)
    }

    /// The container whose URL holds a shared access signature, as a Data Landing Zone's does:
    /// `https://account.blob.core.windows.net/container?sv=…&sig=…`.
    ///
    /// - Parameters:
    ///   - containerURL: the URL.
    ///   - refresh: gives such a URL with a new signature. It is called when the signature is about to run out or is
    ///     refused, once whoever asks; what it throws is thrown by the call that asked.
    ///   - client: sends the requests; one may serve many storages.
    ///   - policy: how often a request is sent when its connection fails or the service is busy; its patience is only
    ///     for those of puts.
    public init(
        containerURL: Secret, refresh: (@Sendable () async throws -> Secret)? = nil, client: HTTPClient,
        retrying policy: RetryPolicy = .standard
    ) throws(InvalidAzureSetting) {
        let address = try SignedContainerURL(containerURL)
        let renew = refresh.map { refresh in
            { @Sendable () async throws -> SharedAccessSignature in
                try SignedContainerURL(try await refresh()).signature
            }
        }
        container = try AzureContainer(
            at: address.endpoint, name: address.container, folder: address.folder,
            credential: .sharedAccess(Renewable(address.signature, expiry: { $0.expiry }, renew: renew)),
            client: client, policy: policy)
    }

    /// The container's URL, without its signature.
    public var location: String { container.location }

    /// What a container can do.
    public var capabilities: StorageCapabilities {
        StorageCapabilities(
            replacesAtomically: true, putsIfAbsentAtomically: true, maximumKeyBytes: StorageKey.maximumBytes,
            maximumObjectBytes: Int64(BlobUpload.mostBlocks) * (4_000 << 20))
    }

    /// One page of the blobs whose names begin with `prefix`.
    public func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        let page = try await blobs(.list, prefix: prefix, marker: after?.token, limit: limit)
        return StoragePage(
            objects: page.blobs.compactMap { blob in
                container.key(of: blob.name).map {
                    StoredObject(key: $0, size: blob.size, modified: blob.modified)
                }
            }.sorted { $0.key < $1.key }, next: page.marker.map(ListingPosition.init(token:)))
    }

    /// The bytes of the blob in `range`.
    public func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        // `Range` is not part of the signature that Microsoft's clients make.
        try await AzureReading.begin(key, range: range, in: container, rangeField: .azureRange)
    }

    /// Size and time of the blob.
    public func stat(_ key: StorageKey) async throws -> StoredObject {
        try await container.stat(key, for: .stat).0
    }

    /// Removes the blob; where it has snapshots the service refuses.
    public func delete(_ key: StorageKey) async throws {
        do {
            try await container.perform(
                AzureRequest(method: .delete, name: container.name(of: key.text)),
                for: AzureContainer.Purpose(.delete, key))
        } catch StorageError.notFound(let failure) where failure.reason == .noSuchObject {
            // It may have been deleted before.
        }
    }

    /// Finds the account, connects, checks its certificate, or signs in.
    public func reach(_ step: ReachStep) async throws {
        guard step == .authenticate else { return try await container.reachServer(step) }
        try await container.checkCredentials(by: listRequest(prefix: "", marker: nil, limit: 1))
    }
}

extension AzureContainer {
    /// A container, if its name and that of the folder can be.
    init(
        at endpoint: AzureEndpoint, name: String, folder: String, credential: AzureCredential,
        client: HTTPClient,
        policy: RetryPolicy, location: String? = nil
    ) throws(InvalidAzureSetting) {
        guard Self.isContainerName(name) else { throw .wrongContainerName(name) }
        let folder = folder.split(separator: "/").joined(separator: "/")
        let place = "\(endpoint.description)/\(name)\(folder.isEmpty ? "" : "/" + folder)"
        self.init(
            endpoint: endpoint, name: name, folder: folder, credential: credential, client: client,
            policy: policy, location: location ?? place)
    }

    /// The rule for names of containers (Azure Storage, *Naming and referencing containers, blobs, and
    /// metadata*), and the containers that Azure makes itself, like `$web`.
    private static func isContainerName(_ name: String) -> Bool {
        let letters = name.hasPrefix("$") ? name.dropFirst() : name[...]
        return (3...63).contains(name.utf8.count) && !name.contains("--") && letters.first != "-"
            && letters.last != "-"
            && letters.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
