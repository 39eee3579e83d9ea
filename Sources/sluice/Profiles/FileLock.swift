// A lock between processes, which the system takes back from a process that ends, however it does.
import Glibc

/// A lock, by a file that stays empty, or by a folder that is there.
struct FileLock: Sendable {
    let path: String
    /// Whether it is a folder: then nothing is made.
    var isFolder = false

    /// How long the lock is waited for.
    var patience = Duration.seconds(20)

    /// Does something while no other process or task holds the lock.
    ///
    /// - Parameter work: told whether the lock is held: it is not where somebody else has it for too long, or where
    ///   the file cannot be made.
    func hold<Value>(
        _ work: (_ isHeld: Bool) async throws -> Value
    ) async throws -> Value {
        let file =
            isFolder
            ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            : open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return try await work(false) }
        defer { close(file) }
        let start = ContinuousClock.now
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, .now - start < patience else {
                return try await work(false)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        return try await work(true)
    }
}
