// System calls on files and folders, with errno as a Swift error. It knows no keys.

import Dispatch
import Glibc

/// The number of a system call's error.
struct SystemError: Error, Equatable {
    let code: Int32
}

/// The result of a system call, repeated while signals interrupt it; throws its error.
@discardableResult
func systemCall<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
    while true {
        let result = call()
        if result >= 0 { return result }
        if errno != EINTR { throw SystemError(code: errno) }
    }
}

/// Runs system calls that may wait long for a disk where they hold up no Swift task.
func waitingForDisk<Result: Sendable>(
    _ calls: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        // Dispatch has threads for each quality of service; Swift's tasks run on those of the default one.
        DispatchQueue.global(qos: .background).async {
            continuation.resume(with: Swift.Result { try calls() })
        }
    }
}

/// Linux's `O_PATH` (`fcntl-linux.h`), which Swift's Glibc leaves out: to reach what is in a folder that may
/// be searched but not read.
private let pathOnly: Int32 = 0o10_000_000

/// An open file or folder, closed with its last reference.
final class OpenFile: Sendable {
    let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Opens the folder at `path`, following links, for reaching what is in it.
    static func folder(path: String) throws(SystemError) -> OpenFile {
        let descriptor = try systemCall { Glibc.open(path, pathOnly | O_DIRECTORY | O_CLOEXEC) }
        return OpenFile(descriptor: descriptor)
    }

    /// Opens the folder called `name` in this one, unless it is a link.
    func folder(_ name: String) throws(SystemError) -> OpenFile {
        try open(name, pathOnly | O_DIRECTORY)
    }

    /// Opens the file called `name` in this folder, unless it is a link.
    ///
    /// Never waits: a pipe or a device opens at once, for the caller to refuse.
    func open(_ name: String, _ flags: Int32, mode: mode_t = 0) throws(SystemError) -> OpenFile {
        let flags = flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        return OpenFile(descriptor: try systemCall { openat(descriptor, name, flags, mode) })
    }

    /// What the system knows of the open file.
    func status() throws(SystemError) -> stat {
        var status = stat()
        try systemCall { fstat(descriptor, &status) }
        return status
    }

    /// What the system knows of `name` in this folder; of a link itself, not of what it points to.
    func status(of name: String) throws(SystemError) -> stat {
        var status = stat()
        try systemCall { fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) }
        return status
    }

    /// Removes the file called `name` in this folder.
    func remove(_ name: String) throws(SystemError) {
        try systemCall { unlinkat(descriptor, name, 0) }
    }

    /// Writes all of `bytes` at the file's end.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            written += try systemCall {
                bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            }
        }
    }

    /// At most `count` bytes from `offset`; none at the end.
    func read(count: Int, at offset: Int64) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(SystemError) {
                initialized = try systemCall { pread(descriptor, buffer.baseAddress, count, off_t(offset)) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Waits until the file, or the names in the folder, are on the disk.
    func synchronize() throws(SystemError) {
        try systemCall { fsync(descriptor) }
    }

    /// The names in this folder, without `.` and `..`; those that are not UTF-8 are left out.
    func names() throws(SystemError) -> [String] {
        let copy = try systemCall { openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard let stream = fdopendir(copy) else {
            let code = errno
            close(copy)
            throw SystemError(code: code)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw SystemError(code: errno) }
                return names
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if let name, name != ".", name != ".." { names.append(name) }
        }
    }
}

/// The bytes of a file that are still to be read.
actor FileRange {
    private static let chunkSize: Int64 = 262_144

    private let file: OpenFile
    private var range: Range<Int64>

    init(file: OpenFile, range: Range<Int64>) {
        self.file = file
        self.range = range
    }

    /// The next chunk; nil at the end of the range or of the file.
    func next() throws(SystemError) -> [UInt8]? {
        let count = Int(min(range.upperBound - range.lowerBound, Self.chunkSize))
        guard count > 0 else { return nil }
        let chunk = try file.read(count: count, at: range.lowerBound)
        range = (range.lowerBound + Int64(chunk.count))..<range.upperBound
        return chunk.isEmpty ? nil : chunk
    }
}

extension stat {
    var isFile: Bool { st_mode & S_IFMT == S_IFREG }
    var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
    var isLink: Bool { st_mode & S_IFMT == S_IFLNK }
}
