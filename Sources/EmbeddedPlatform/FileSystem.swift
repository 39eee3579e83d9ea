// The few things the platform does to files and folders itself, with the system's reason when they fail.
import FoundationEssentials
import Glibc

/// Why the system refused something.
struct SystemFailure: Error {
    /// The system's number for it (`errno`).
    let code: Int32

    /// The failure that was just met.
    static func latest() -> SystemFailure { SystemFailure(code: errno) }

    /// The reason in the system's words, beginning in lower case.
    var reason: String {
        let words = String(cString: strerror(code))
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}

/// Files and folders by path.
enum FileSystem {
    /// What is known of a file without opening it.
    struct Status {
        /// Whether it is a folder.
        var isFolder: Bool
        /// Whether it is a plain file.
        var isFile: Bool
        /// Size in bytes.
        var bytes: Int
    }

    /// What is at a path, links followed.
    static func status(_ path: String) throws(SystemFailure) -> Status {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .latest() }
        let kind = status.st_mode & S_IFMT
        return Status(isFolder: kind == S_IFDIR, isFile: kind == S_IFREG, bytes: Int(status.st_size))
    }

    /// How many bytes the disk of a file, which may be missing, still takes; nil where that is not known.
    static func freeBytes(beside file: String) -> Int? {
        var status = statvfs()
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
        guard statvfs(folder, &status) == 0 else { return nil }
        return Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }

    /// Makes a folder, and those above it that are missing; one that is there is left as it is.
    ///
    /// Only the owner may use what is made.
    static func makeFolder(_ path: String) throws(SystemFailure) {
        if mkdir(path, 0o700) == 0 { return }
        let code = errno
        if code == EEXIST { return }
        guard code == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw SystemFailure(code: code)
        }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .latest() }
    }

    /// The names in a folder, sorted by their bytes, without `.` and `..`.
    static func names(in folder: String) throws(SystemFailure) -> [String] {
        guard let stream = opendir(folder) else { throw .latest() }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The path without links and dots.
    static func realPath(_ path: String) throws(SystemFailure) -> String {
        guard let resolved = realpath(path, nil) else { throw .latest() }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Removes a file or a folder with all that is in it; what is not there is no error.
    static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Makes durable what a folder lists.
    static func synchronize(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }
}

extension FileSystem {
    /// Gives a file a second name where both are on one file system, otherwise copies it.
    static func linkOrCopy(_ source: String, to destination: String) throws(SystemFailure) {
        if link(source, destination) == 0 { return }
        try copy(source, to: destination)
    }

    /// Renames a file where both names are on one file system, otherwise copies it and removes the original.
    static func move(_ source: String, to destination: String) throws(SystemFailure) {
        if rename(source, destination) == 0 { return }
        try copy(source, to: destination)
        unlink(source)
    }

    /// Copies a file and makes the copy durable; a file system that can share blocks does.
    ///
    /// Stops when the task is cancelled.
    static func copy(_ source: String, to destination: String) throws(SystemFailure) {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw .latest() }
        defer { close(input) }
        let output = open(destination, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw .latest() }
        defer { close(output) }
        // FICLONE of <linux/fs.h>, a macro that Swift does not import.
        if ioctl(output, 0x4004_9409, input) != 0 { try copyBytes(from: input, to: output) }
        guard fsync(output) == 0 else { throw .latest() }
    }

    private static func copyBytes(from input: Int32, to output: Int32) throws(SystemFailure) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            if Task.isCancelled { throw SystemFailure(code: ECANCELED) }
            let count = read(input, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            if count < 0 {
                if errno == EINTR { continue }
                throw .latest()
            }
            var written = 0
            while written < count {
                let step = write(output, buffer.baseAddress?.advanced(by: written), count - written)
                if step < 0, errno != EINTR { throw .latest() }
                written += max(step, 0)
            }
        }
    }
}
