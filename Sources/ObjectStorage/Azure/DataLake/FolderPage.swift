// Pages of a folder's content (Azure Storage, *Path - List*), in JSON.

import FoundationEssentials
import HTTPTypes
import Languages
import Transfer

/// Some of what is in a folder.
struct FolderPage {
    /// A file or folder.
    struct Entry: Hashable {
        /// Its path in the file system.
        var name: String
        var isFolder: Bool
        var size: Int64
        var modified: Date
    }

    var entries: [Entry] = []
    /// Where the next page begins; nil after the last.
    var continuation: String?

    /// The most entries that the service gives at once.
    static let most = 5_000
    /// The most bytes that a page is taken with: its names, each of at most 1,024 characters, and their fields.
    static let mostBytes = 64 << 20

    static func request(
        folder: String, recursive: Bool, continuation: String?, limit: Int = most
    ) -> AzureRequest {
        var query = [("resource", "filesystem"), ("recursive", "\(recursive)"), ("maxResults", "\(limit)")]
        if !folder.isEmpty { query.append(("directory", folder)) }
        if let continuation { query.append(("continuation", continuation)) }
        return AzureRequest(method: .get, query: query.map { (name: $0.0, value: $0.1) })
    }

    /// Reads the answer to such a request.
    init(_ body: [UInt8], continuation: String?) throws {
        let paths = try JSONDecoder().decode(Body.self, from: Data(body)).paths
        entries = paths.map { path in
            Entry(
                name: path.name, isFolder: path.isDirectory?.text == "true",
                size: path.contentLength.flatMap { Int64($0.text) } ?? 0,
                modified: path.lastModified.flatMap { HTTPDate.parse($0) } ?? Date(timeIntervalSince1970: 0))
        }
        self.continuation = continuation.flatMap { $0.isEmpty ? nil : $0 }
    }

    private struct Body: Decodable {
        var paths: [Path]
    }

    private struct Path: Decodable {
        var name: String
        var isDirectory: Loose?
        var contentLength: Loose?
        var lastModified: String?
    }

    /// A value that the service writes as text, and other servers as what it is.
    private struct Loose: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self.text = text
            } else if let flag = try? value.decode(Bool.self) {
                text = "\(flag)"
            } else {
                text = "\(try value.decode(Int64.self))"
            }
        }
    }
}

extension AzureContainer {
    /// Walks through what is in a folder of the file system, page after page; nothing where there is none.
    func entries(
        of folder: String, recursive: Bool, for purpose: Purpose,
        visit: (FolderPage.Entry) async throws -> Void
    ) async throws {
        var continuation: String?
        repeat {
            try Task.checkCancellation()
            let request = FolderPage.request(
                folder: folder, recursive: recursive, continuation: continuation)
            guard let page = try await page(request, purpose) else { return }
            for entry in page.entries { try await visit(entry) }
            continuation = page.continuation
        } while continuation != nil
    }

    /// A page of what is in a folder; nil where there is no such folder.
    func page(_ request: AzureRequest, _ purpose: Purpose) async throws -> FolderPage? {
        do {
            let reply = try await send(request, for: purpose)
            return try await translating(purpose) {
                let body = try await reply.body.bytes(limit: FolderPage.mostBytes)
                do {
                    return try FolderPage(body, continuation: reply.response.headerFields[.azureContinuation])
                } catch {
                    throw StorageError.permanent(
                        failure(purpose, .other(Text("the answer is not a list of paths"))))
                }
            }
        } catch StorageError.notFound(let failure) where failure.reason == .noSuchObject {
            return nil
        } catch StorageError.permanent(let failure) where failure.reason == .notAFolder {
            return nil
        }
    }
}
