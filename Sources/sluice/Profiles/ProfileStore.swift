// The file of profiles in the home folder: for its owner only, changed by one process at a time, replaced as a whole.
import FoundationEssentials
import Glibc
import Languages
import Profiles

/// Where the profiles of a home folder are.
struct ProfileStore: Sendable {
    /// The home folder.
    let folder: String

    /// The file.
    var path: String { folder + "/profiles.toml" }

    /// Reads the profiles; there are none where there is no file.
    /// - Throws: `TOMLFileError`; `Failure` where the file cannot be read, or others could have written it.
    func read() throws -> Profiles {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return Profiles() }
            throw unusable(Self.reasonOfFailure())
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw unusable(Text("it is not a file"))
        }
        // Secrets are sent to the addresses that it names.
        guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
            throw unusable(Text("others than you could have written it; check it, then chmod 600 it"))
        }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= Profiles.largestText {
            let count = Glibc.read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unusable(Self.reasonOfFailure()) }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return try Profiles(reading: String(decoding: bytes, as: UTF8.self), file: path)
    }

    /// Changes the profiles, alone among all processes.
    ///
    /// - Parameter change: may do what belongs to the change; where it throws, the file stays as it was.
    func change<Value: Sendable>(
        _ change: (inout Profiles) async throws -> Value
    ) async throws -> Value {
        let lock = FileLock(path: folder + "/profiles.lock")
        return try await lock.hold { isHeld in
            guard isHeld else { throw unusable(Text("another sluice is changing it; try again")) }
            var profiles = try read()
            let before = profiles
            let value = try await change(&profiles)
            if profiles != before { try write(profiles) }
            return value
        }
    }

    private func write(_ profiles: Profiles) throws {
        let new = path + ".new"
        unlink(new)
        let file = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw unusable(Self.reasonOfFailure()) }
        defer { close(file) }
        let bytes = Array(profiles.text(in: .ofProcess).utf8)
        // The mask of the process may have taken rights away, but never gives any.
        guard fchmod(file, 0o600) == 0, Glibc.write(file, bytes, bytes.count) == bytes.count,
            fsync(file) == 0,
            rename(new, path) == 0
        else {
            let reason = Self.reasonOfFailure()
            unlink(new)
            throw unusable(reason)
        }
    }

    private func unusable(_ reason: Text) -> Failure {
        Failure(Text("Cannot use the profiles in \(path): \(reason)."))
    }

    private static func reasonOfFailure() -> Text {
        let words = String(cString: strerror(errno))
        return .verbatim(words.prefix(1).lowercased() + words.dropFirst())
    }
}
