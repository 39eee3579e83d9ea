// Names in Azure Blob Storage: the folders in a folder, and the containers of an account.

import FoundationEssentials
import HTTPTypes
import Transfer

extension AzureBlobStorage: ContainerListing {
    /// One page of the folders in a folder: what the next slash in a blob's name ends (*List Blobs*).
    public func folders(in folder: String, limit: Int) async throws -> NamePage {
        let prefix = folder.folderPrefix
        let whole = container.name(of: prefix)
        var request = listRequest(prefix: prefix, marker: nil, limit: limit)
        request.query.append((name: "delimiter", value: "/"))
        return try await container.names(
            request, elements: "BlobPrefix", for: AzureContainer.Purpose(.list, prefix: prefix)
        ) { $0.folderName(below: whole) }
    }

    /// The account's URL.
    public var accountLocation: String { container.endpoint.description }

    /// The containers of the account (*List Containers*).
    public func containers() async throws -> NamePage {
        try await container.ofAccount.names(
            AzureRequest(method: .get, query: [("comp", "list")], isOfAccount: true), elements: "Container",
            for: AzureContainer.Purpose(.listContainers)
        ) { $0 }
    }
}

extension AzureContainer {
    /// The same for errors that are about the account.
    var ofAccount: AzureContainer {
        AzureContainer(
            endpoint: endpoint, name: name, folder: folder, credential: credential, client: client,
            policy: policy, location: endpoint.description)
    }

    /// The names in an answer of XML.
    fileprivate func names(
        _ request: AzureRequest, elements: String, for purpose: Purpose, _ name: (String) -> String?
    ) async throws -> NamePage {
        let reply = try await send(request, for: purpose)
        return try await parsing(purpose) {
            var names: [String] = []
            let root = try await XMLReader.root(of: reply.body, delivering: [elements]) { element in
                if let found = element.nameInListing.flatMap(name) { names.append(found) }
            }
            return NamePage(names, isWhole: root.text("NextMarker")?.isEmpty ?? true)
        }
    }
}
