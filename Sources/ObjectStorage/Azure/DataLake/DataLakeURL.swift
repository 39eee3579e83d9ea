// The URL of a folder in Data Lake Storage, in the forms that people have it.

import Transfer

/// The URL of a file system, or of a folder in it.
///
/// - `abfss://container@account.dfs.core.windows.net/folder`, as Hadoop writes it;
/// - `https://account.dfs.core.windows.net/container/folder`, as the portal shows it;
/// - `https://host:port/account/container/folder`, for a server behind a bare address.
struct DataLakeURL: Hashable, Sendable {
    let endpoint: AzureEndpoint
    let container: String
    /// The folder below which keys are; empty for the whole file system.
    let folder: String

    /// Reads a URL.
    init(_ text: String) throws(InvalidAzureSetting) {
        guard let url = AzureURL(String(text.trimmed)) else {
            throw .noFileSystemURL("it does not read as a URL")
        }
        let isHadoop = url.scheme == "abfss" || url.scheme == "abfs"
        guard isHadoop || url.scheme == "https" || url.scheme == "http" else {
            throw .noFileSystemURL("it begins with “\(url.scheme)://”")
        }
        // Tokens are never sent in the open (Azure refuses them there).
        guard url.origin.scheme == "https" || url.isLoopback else {
            throw .noFileSystemURL("it must begin with abfss:// or https://, for tokens are secrets")
        }
        guard url.query.isEmpty else {
            throw .noFileSystemURL("it has a query (?…), and no signature is taken here")
        }
        guard isHadoop || url.user == nil else { throw .noFileSystemURL("it names a user") }
        guard !isHadoop || url.user?.isEmpty == false else {
            throw .noFileSystemURL("it does not name the container")
        }
        guard let (endpoint, path) = AzureEndpoint.parse(url), !(isHadoop && endpoint.isPathStyle) else {
            throw .noFileSystemURL("its host “\(url.origin.host)” does not name the account")
        }
        guard let container = url.user ?? path.first else {
            throw .noFileSystemURL("it does not name the container")
        }
        self.endpoint = endpoint.forDataLake
        self.container = container
        folder = (url.user == nil ? path.dropFirst() : path[...]).joined(separator: "/")
    }

    /// Names a folder.
    init(endpoint: AzureEndpoint, container: String, folder: String) {
        self.endpoint = endpoint
        self.container = container
        self.folder = folder
    }

    /// The URL as Hadoop writes it, or as it is reached behind a bare address.
    var description: String {
        let rest = folder.isEmpty ? "" : "/" + folder
        if endpoint.isPathStyle { return "\(endpoint.description)/\(container)\(rest)" }
        return "abfss://\(container)@\(endpoint.origin.authority)\(rest)"
    }
}

extension AzureEndpoint {
    /// The address of the same account's Data Lake service, where this is that of its Blob service.
    fileprivate var forDataLake: AzureEndpoint {
        var endpoint = self
        let prefix = "\(account).blob."
        if !isPathStyle, origin.host.hasPrefix(prefix) {
            endpoint.origin.host = "\(account).dfs." + origin.host.dropFirst(prefix.count)
        }
        return endpoint
    }
}
