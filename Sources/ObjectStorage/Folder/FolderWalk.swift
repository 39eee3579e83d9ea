// Goes through the files below a folder in the order of their keys' bytes, one folder's names in memory at
// a time for each level.

import Glibc

/// The files below a folder, in the order of their keys' bytes.
struct FolderWalk {
    /// The keys that are wanted.
    let bounds: KeyBounds

    init(prefix: String, after: String?) {
        bounds = KeyBounds(prefix: prefix, after: after)
    }

    /// Calls `visit` for every file, with its key, its folder and its name, until it returns false.
    ///
    /// Links, pipes and devices are no objects, nor are names that cannot be keys. Folders that vanish
    /// meanwhile are passed over.
    func run(from root: OpenFile, visit: (String, OpenFile, String) throws -> Bool) throws {
        guard let names = bounds.folderNames else { return }
        do {
            let path = try FolderPath(root: root, names: names, making: false)
            _ = try walk(path.last, key: names.map { $0 + "/" }.joined(), visit)
        } catch let error as SystemError where Self.isGone(error) {
            // What is not there, or leads elsewhere, holds no objects.
        }
    }

    private static func isGone(_ error: SystemError) -> Bool {
        [ENOENT, ENOTDIR, ELOOP].contains(error.code)
    }

    private func walk(
        _ folder: OpenFile, key: String, _ visit: (String, OpenFile, String) throws -> Bool
    ) throws -> Bool {
        for entry in try entries(of: folder, key: key) {
            if entry.isFolder {
                let below: OpenFile
                do {
                    below = try folder.folder(entry.name)
                } catch {
                    if Self.isGone(error) { continue }
                    throw error
                }
                guard try walk(below, key: entry.key, visit) else { return false }
            } else {
                guard try visit(entry.key, folder, entry.name) else { return false }
            }
        }
        return true
    }

    private struct Entry {
        let name: String
        /// The file's key; for a folder what all keys in it begin with, so that its place among the files is
        /// that of its content.
        let key: String
        let isFolder: Bool
    }

    private func entries(of folder: OpenFile, key: String) throws -> [Entry] {
        var entries: [Entry] = []
        for name in try folder.names() {
            let isFolder: Bool
            do {
                let status = try folder.status(of: name)
                guard status.isFile || status.isFolder else { continue }
                isFolder = status.isFolder
            } catch {
                if Self.isGone(error) { continue }
                throw error
            }
            let entry = Entry(name: name, key: key + name + (isFolder ? "/" : ""), isFolder: isFolder)
            if bounds.wants(entry.key, isFolder: isFolder) { entries.append(entry) }
        }
        return entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }
}
