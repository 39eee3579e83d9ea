// Where a log goes: each line at once and whole, to a file that others may rename, as logrotate does.
import FoundationEssentials
import Glibc
import Languages
import Synchronization

/// A file that lines are added to, by several threads and processes.
final class LogFile: Sendable {
    /// The file's path; nil for standard error.
    private let path: String?
    private let opened: Mutex<Opened>

    /// What is open, by descriptor and by what the file system calls it.
    fileprivate struct Opened {
        var descriptor: Int32
        var device: dev_t = 0
        var inode: ino_t = 0
    }

    /// Standard error.
    static var standardError: LogFile { LogFile() }

    private init() {
        path = nil
        opened = Mutex(Opened(descriptor: STDERR_FILENO))
    }

    /// Opens a file, making it where there is none, for its owner alone.
    /// - Throws: `Failure` where it cannot be written.
    init(path: String) throws {
        guard let found = Self.open(path) else {
            let reason = String(cString: strerror(errno))
            throw Failure(
                Text("The log cannot be written to \(path): \(reason)."), status: ExitStatus.usage)
        }
        self.path = path
        opened = Mutex(found)
    }

    deinit {
        if path != nil { opened.withLock { _ = close($0.descriptor) } }
    }

    /// Adds a line.
    ///
    /// Where the path leads to another file by now, or to none, that one is opened first.
    func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        opened.withLock { opened in
            if let path, !opened.isStill(at: path), let new = Self.open(path) {
                close(opened.descriptor)
                opened = new
            }
            bytes.withUnsafeBytes { _ = Glibc.write(opened.descriptor, $0.baseAddress, $0.count) }
        }
    }

    private static func open(_ path: String) -> Opened? {
        let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600)
        guard descriptor >= 0 else { return nil }
        var facts = stat()
        fstat(descriptor, &facts)
        return Opened(descriptor: descriptor, device: facts.st_dev, inode: facts.st_ino)
    }
}

extension LogFile.Opened {
    /// Whether the path leads to what is open.
    fileprivate func isStill(at path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_dev == device && facts.st_ino == inode
    }
}
