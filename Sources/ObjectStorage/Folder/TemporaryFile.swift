// A file that is being written, under a temporary name beside its final one.

import Glibc

/// A file on its way to its name.
///
/// While it is open it is locked (`flock`), so that another process can tell it from one whose writer died.
struct TemporaryFile: Sendable {
    private let path: FolderPath
    private let name: String
    private let file: OpenFile

    /// Makes an empty file in the last folder of `path`, to become `finalName`.
    init(in path: FolderPath, for finalName: Substring) throws(SystemError) {
        while true {
            let name = TemporaryName.make(for: finalName)
            let file = try path.last.open(name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o666)
            // File systems without locks leave dead and living files alike, which the contract allows.
            _ = flock(file.descriptor, LOCK_EX | LOCK_NB)
            // Before the lock was taken someone may have cleared the file away as a dead one.
            if try file.status().st_nlink > 0 {
                self.path = path
                self.name = name
                self.file = file
                return
            }
        }
    }

    /// Writes all of `bytes` at the end.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        try file.write(bytes)
    }

    /// Waits until the content is on the disk, gives the file its final name, and waits for that.
    ///
    /// - Returns: what the system knows of the file.
    func publish(as finalName: String, ifAbsent: Bool) throws -> stat {
        try file.synchronize()
        let folder = path.last.descriptor
        if ifAbsent {
            // A link, unlike a rename, never replaces.
            try systemCall { linkat(folder, name, folder, finalName, 0) }
            try path.last.remove(name)
        } else {
            try systemCall { renameat(folder, name, folder, finalName) }
        }
        try path.synchronize()
        return try file.status()
    }

    /// Removes the file, and the folders that were made for it.
    func discard() {
        try? path.last.remove(name)
        path.removeMade()
    }

    /// Removes the unfinished file `name` in `folder`, unless a living writer holds it.
    static func removeDead(_ name: String, in folder: OpenFile) throws(SystemError) -> Bool {
        do {
            let file = try folder.open(name, O_RDONLY)
            if flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK { return false }
            try folder.remove(name)
            return true
        } catch let error where error.code == ENOENT {
            return false
        }
    }
}
