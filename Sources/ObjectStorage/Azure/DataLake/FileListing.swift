// Listing files of a data lake in the order of their keys' bytes. The service lists folder by folder, names in
// order: what is in `a` comes before `a-b`, though `a-b` comes before `a/…` in the order of bytes. So each folder
// is read whole, put in order, and walked; a folder that cannot hold what is asked for is not read.

import FoundationEssentials

extension ADLSStorage {
    /// One page of the files whose paths below the folder begin with `prefix`.
    ///
    /// All names of one folder are in memory at a time, and are read anew for each page.
    public func list(prefix: String, after: ListingPosition?, limit: Int) async throws -> StoragePage {
        var walk = FileWalk(
            container: container, prefix: prefix, after: after?.token, limit: max(1, limit))
        guard prefix.isPathPrefix else { return walk.page }
        _ = try await walk.run(in: prefix.folder)
        return walk.page
    }

    /// Deletes the temporary files of puts that died, which cannot be told from those of puts that live.
    @discardableResult
    public func abortUnfinished(prefix: String, of keys: Set<StorageKey>?) async throws -> Int {
        guard prefix.isPathPrefix else { return 0 }
        let purpose = AzureContainer.Purpose(.abort, prefix: prefix)
        let puts = UnfinishedPuts(prefix: prefix, keys: keys)
        var left: [String] = []
        try await container.entries(
            of: container.path(of: prefix.folder), recursive: true, for: purpose
        ) { entry in
            if !entry.isFolder, let path = container.key(of: entry.name), puts.includesFile(at: path.text) {
                left.append(entry.name)
            }
        }
        var count = 0
        for name in left {
            do {
                try await container.deleteFile(name, for: purpose)
                count += 1
            } catch StorageError.notFound {
                // Its put has ended meanwhile.
            }
        }
        return count
    }
}

/// A walk through folders that collects a page.
private struct FileWalk {
    let container: AzureContainer
    let prefix: String
    let after: String?
    let limit: Int
    var page = StoragePage(objects: [], next: nil)

    /// Walks through a folder, given by its path below the storage's own; false when the page is full.
    mutating func run(in folder: String) async throws -> Bool {
        for (key, entry) in try await sortedEntries(of: folder) {
            if entry.isFolder {
                guard try await run(in: String(key.dropLast())) else { return false }
                continue
            }
            guard let key = try? StorageKey(key) else { continue }
            guard page.objects.count < limit else {
                page.next = page.objects.last.map { ListingPosition(token: $0.key.text) }
                return false
            }
            page.objects.append(StoredObject(key: key, size: entry.size, modified: entry.modified))
        }
        return true
    }

    /// What is in a folder and may belong to the page, in the order of keys; those of folders end in `/`.
    private func sortedEntries(of folder: String) async throws -> [(key: String, entry: FolderPage.Entry)] {
        var found: [(key: String, entry: FolderPage.Entry)] = []
        let skipped = container.folder.isEmpty ? 0 : container.folder.utf8.count + 1
        let purpose = AzureContainer.Purpose(.list, prefix: prefix)
        try await container.entries(
            of: container.path(of: folder), recursive: false, for: purpose
        ) { entry in
            let path = String(decoding: entry.name.utf8.dropFirst(skipped), as: UTF8.self)
            let key = entry.isFolder ? path + "/" : path
            if entry.isFolder ? mayHold(key) : holds(key) { found.append((key, entry)) }
        }
        return found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    private func holds(_ key: String) -> Bool {
        guard key.utf8.starts(with: prefix.utf8),
            after.map({ $0.utf8.lexicographicallyPrecedes(key.utf8) }) ?? true
        else { return false }
        let name = key.utf8.split(separator: UInt8(ascii: "/")).last.map { Substring($0) } ?? ""
        return !TemporaryName.matches(name)
    }

    /// Whether a folder, whose key ends in `/`, may hold keys with the prefix, after the last one.
    private func mayHold(_ key: String) -> Bool {
        guard key.utf8.starts(with: prefix.utf8) || prefix.utf8.starts(with: key.utf8) else { return false }
        guard let after, !after.utf8.starts(with: key.utf8) else { return true }
        return after.utf8.lexicographicallyPrecedes(key.utf8)
    }
}

extension AzureContainer {
    /// The path in the file system of a folder below the storage's own.
    fileprivate func path(of folder: String) -> String {
        [self.folder, folder].filter { !$0.isEmpty }.joined(separator: "/")
    }
}

extension String {
    /// The folder of a path that may end anywhere: all before the last slash.
    fileprivate var folder: String {
        utf8.lastIndex(of: UInt8(ascii: "/")).map { String(self[..<$0]) } ?? ""
    }

    /// Whether keys can begin with this: no part but the last is empty, `.` or `..`.
    fileprivate var isPathPrefix: Bool {
        utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropLast().allSatisfy {
            !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
        }
    }
}
