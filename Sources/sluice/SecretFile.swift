// A key or another secret in a file that a person names.
import FoundationEssentials
import Glibc
import Secrets

enum SecretFile {
    /// More is no key and no password.
    private static let largest = 64 << 10

    /// What a file holds, as text.
    ///
    /// - Parameter path: may begin with `~/` for the home folder of the person.
    /// - Throws: `Failure` with the path and the reason; nothing of the content is in it.
    static func read(_ path: String) throws -> Secret {
        let home = ProcessInfo.processInfo.environment["HOME"] ?? "~"
        let place = path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
        // Opened without waiting, so that a pipe that nobody writes to keeps nobody waiting.
        let file = open(place, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            throw Failure(sentence: "Cannot read \(path): \(String(cString: strerror(errno))).")
        }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw Failure(sentence: "\(path) is not a file: name the file that holds the key.")
        }
        guard facts.st_size <= largest else {
            throw Failure(
                sentence:
                    "\(path) is too large to be a key: it has \(facts.st_size) bytes, a key has a few thousand."
            )
        }
        let bytes = try [UInt8](unsafeUninitializedCapacity: largest) { buffer, count in
            var got = 0
            repeat {
                got = Glibc.read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
                count += max(0, got)
            } while got > 0 && count < buffer.count
            if got < 0 {
                throw Failure(sentence: "Cannot read \(path): \(String(cString: strerror(errno))).")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty else {
            throw Failure(sentence: "\(path) holds no text: name the file that holds the key.")
        }
        return Secret(text)
    }
}
