// The way from a storage's folder down to the one that holds an object, step by step, so that no link on
// the way can lead out of it.

import Glibc

/// The open folders on the way to an object.
struct FolderPath: Sendable {
    /// From the storage's own folder to the one that holds the object.
    let folders: [OpenFile]
    /// How many of them, at the end, were made on the way.
    let madeCount: Int
    /// The names of all but the first.
    let names: [String]

    /// The folder that holds the object.
    let last: OpenFile

    /// Opens the folders `names` one below the other, making those that are missing if `making`.
    ///
    /// A link on the way throws `ELOOP`.
    init(root: OpenFile, names: [String], making: Bool) throws {
        var folders = [root]
        var last = root
        var madeCount = 0
        for name in names {
            last = try making ? Self.openOrMake(name, in: last, &madeCount) : Self.open(name, in: last)
            folders.append(last)
        }
        self.folders = folders
        self.madeCount = madeCount
        self.names = names
        self.last = last
    }

    private static func open(_ name: String, in folder: OpenFile) throws(SystemError) -> OpenFile {
        do {
            return try folder.folder(name)
        } catch {
            guard error.code == ENOTDIR, try folder.status(of: name).isLink else { throw error }
            throw SystemError(code: ELOOP)
        }
    }

    private static func openOrMake(
        _ name: String, in folder: OpenFile, _ madeCount: inout Int
    ) throws(SystemError) -> OpenFile {
        do {
            return try open(name, in: folder)
        } catch {
            guard error.code == ENOENT else { throw error }
        }
        do {
            try systemCall { mkdirat(folder.descriptor, name, 0o777) }
            madeCount += 1
        } catch {
            // Another put may have made it first.
            guard error.code == EEXIST else { throw error }
        }
        return try open(name, in: folder)
    }

    /// Waits until the names in the last folder, and the folders that were made, are on the disk.
    func synchronize() throws {
        for folder in folders.suffix(madeCount + 1) {
            do {
                try folder.open(".", O_RDONLY | O_DIRECTORY).synchronize()
            } catch {
                // A folder that may be written to but not read, or a file system that does not know this.
                guard [EACCES, EINVAL].contains(error.code) else { throw error }
            }
        }
    }

    /// Removes the folders that were made on the way, as far as they are empty.
    func removeMade() {
        for (parent, name) in zip(folders, names).suffix(madeCount).reversed() {
            guard unlinkat(parent.descriptor, name, AT_REMOVEDIR) == 0 else { return }
        }
    }
}
