// Names in Data Lake Storage: the folders in a folder, and the file systems of an account.

import FoundationEssentials
import HTTPTypes
import Languages
import Secrets
import Transfer

extension ADLSStorage: ContainerListing {
    /// One page of the folders in a folder (*Path - List*).
    public func folders(in folder: String, limit: Int) async throws -> NamePage {
        let prefix = folder.folderPrefix
        let path = (container.folder.folderPrefix + prefix).dropLast()
        let purpose = AzureContainer.Purpose(.list, prefix: prefix)
        let request = FolderPage.request(
            folder: String(path), recursive: false, continuation: nil,
            limit: min(max(1, limit), FolderPage.most))
        guard let page = try await container.page(request, purpose) else {
            return NamePage([], isWhole: true)
        }
        let names = page.entries.filter(\.isFolder).compactMap {
            ($0.name + "/").folderName(below: path.isEmpty ? "" : path + "/")
        }
        return NamePage(names, isWhole: page.continuation == nil)
    }

    /// The account's URL.
    public var accountLocation: String { container.endpoint.description }

    /// The URL of a file system, as Hadoop writes it.
    public func address(of name: String) -> String {
        DataLakeURL(endpoint: container.endpoint, container: name, folder: "").description
    }

    /// A URL that names an account, with some container where it names none; any other as it is.
    public static func urlWithContainer(_ text: String) -> String {
        guard (try? DataLakeURL(text)) == nil, let scheme = text.firstRange(of: "://") else { return text }
        let rest = text[scheme.upperBound...].drop { $0 == "@" }
        let candidates = [
            text[..<scheme.upperBound] + "container@" + rest,
            text + (text.hasSuffix("/") ? "container" : "/container"),
        ]
        return candidates.map { String($0) }.first { (try? DataLakeURL($0)) != nil } ?? text
    }

    /// The file systems of the account (*Filesystem - List*).
    public func containers() async throws -> NamePage {
        try await container.ofAccount.fileSystems()
    }
}

extension AzureContainer {
    fileprivate func fileSystems() async throws -> NamePage {
        let purpose = Purpose(.listContainers)
        let reply = try await send(
            AzureRequest(method: .get, query: [("resource", "account")], isOfAccount: true), for: purpose)
        return try await translating(purpose) {
            let body = try await reply.body.bytes(limit: FolderPage.mostBytes)
            guard let answer = try? JSONDecoder().decode(FileSystems.self, from: Data(body)) else {
                throw StorageError.permanent(
                    failure(purpose, .other(Text("the answer is not a list of file systems"))))
            }
            let next = reply.response.headerFields[.azureContinuation] ?? ""
            return NamePage(answer.filesystems.map(\.name), isWhole: next.isEmpty)
        }
    }
}

private struct FileSystems: Decodable {
    var filesystems: [FileSystem]

    struct FileSystem: Decodable {
        var name: String
    }
}
