// The folders in a folder of the file system.

import Glibc

extension FolderStorage {
    /// The folders in a folder, in the order of their names; none where there is no such folder.
    public func folders(in folder: String, limit: Int) async throws -> NamePage {
        let names = folder.split(separator: "/").map(String.init)
        // Nothing outside the storage is looked at.
        guard !names.contains(".."), !names.contains(".") else { return NamePage([], isWhole: true) }
        let root = try root(.list)
        do {
            return try await waitingForDisk {
                let folder = try FolderPath(root: root, names: names, making: false).last
                let found = try folder.names().filter { (try? folder.status(of: $0).isFolder) ?? false }
                let page = NamePage(found, isWhole: found.count <= limit)
                return NamePage(page.names.prefix(limit), isWhole: page.isWhole)
            }
        } catch let error as SystemError where error.code == ENOENT || error.code == ENOTDIR {
            return NamePage([], isWhole: true)
        } catch let error as SystemError {
            throw storageError(error, .list, folder)
        }
    }
}
