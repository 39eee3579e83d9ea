// Azure Data Lake Storage Gen2 as a storage: a file system with real folders, opened by a service principal.

import FoundationEssentials
import HTTPTypes
import Secrets
import Transfer

/// A storage whose objects are the files below a folder of Data Lake Storage Gen2.
///
/// A file is written under a temporary name in the folder where it belongs, and renamed when it is whole.
/// Folders come by themselves with the first file in them, and stay.
public struct ADLSStorage: Storage {
    let container: AzureContainer
    private let authority: AzureURL

    /// The storage below the folder that a URL names, such as
    /// `abfss://container@account.dfs.core.windows.net/folder`.
    ///
    /// - Parameters:
    ///   - url: the URL.
    ///   - tenant: the tenant of the service principal, by id or domain name.
    ///   - clientID: the id of its application.
    ///   - clientSecret: a secret of that application.
    ///   - authority: the sign-in service of the cloud, as `AZURE_AUTHORITY_HOST` names it.
    ///   - client: sends the requests; one may serve many storages.
    ///   - policy: how often a request is sent when its connection fails or the service is busy; its patience is only
    ///     for those of puts.
    public init(
        url: String, tenant: String, clientID: String, clientSecret: Secret,
        authority: String = "https://login.microsoftonline.com", client: HTTPClient,
        retrying policy: RetryPolicy = .standard
    ) throws(InvalidAzureSetting) {
        let address = try DataLakeURL(url)
        let principal = try ServicePrincipal(
            tenant: tenant, clientID: clientID, secret: clientSecret, authority: authority, client: client,
            retrying: policy.withoutPatience)
        self.authority = principal.authority
        container = try AzureContainer(
            at: address.endpoint, name: address.container, folder: address.folder,
            credential: .servicePrincipal(principal), client: client, policy: policy,
            location: address.description)
    }

    /// The folder's URL.
    public var location: String { container.location }

    /// What a data lake can do.
    public var capabilities: StorageCapabilities {
        StorageCapabilities(
            replacesAtomically: true, putsIfAbsentAtomically: true, maximumKeyBytes: StorageKey.maximumBytes,
            maximumNameBytes: 255)
    }

    /// The bytes of the file in `range`.
    public func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        try await AzureReading.begin(key, range: range, in: container, rangeField: .range)
    }

    /// Size and time of the file.
    public func stat(_ key: StorageKey) async throws -> StoredObject {
        try await container.stat(key, for: .stat).0
    }

    /// Removes the file; the folders it was in stay.
    public func delete(_ key: StorageKey) async throws {
        do {
            // The service would take an empty folder of this name as well.
            _ = try await container.stat(key, for: .delete)
            try await container.deleteFile(container.name(of: key.text), for: .init(.delete, key))
        } catch StorageError.notFound(let failure) where failure.reason == .noSuchObject {
            // It may have been deleted before.
        }
    }

    /// Finds the account, connects, checks its certificate, or signs in.
    public func reach(_ step: ReachStep) async throws {
        guard step == .authenticate else { return try await container.reachServer(step) }
        // Whether the sign-in service is there is told at once, and not after all attempts.
        try await container.translating(.init(.reach)) {
            try await container.client.connect(to: authority.origin)
        }
        let request = FolderPage.request(
            folder: container.folder, recursive: false, continuation: nil, limit: 1)
        try await container.checkCredentials(by: request)
    }
}

extension AzureContainer {
    /// Deletes a file; a folder only if nothing is in it.
    func deleteFile(_ name: String, for purpose: Purpose) async throws {
        try await perform(
            AzureRequest(method: .delete, name: name, query: [("recursive", "false")]), for: purpose)
    }
}
