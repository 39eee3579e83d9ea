// A part file that is being written.
import Glibc

/// Writes one file from its start.
struct PartFile: ~Copyable {
    /// So many bytes are gathered before they are written.
    static let block = 1 << 20

    private let path: String
    private var descriptor: Int32

    init(path: String) throws(SampleLakeError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SampleLakeError(path: path, code: errno) }
    }

    mutating func append(_ bytes: [UInt8]) throws(SampleLakeError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw SampleLakeError(path: path, code: errno)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Closes the file; errors that the system kept back come out here.
    mutating func close() throws(SampleLakeError) {
        let closing = descriptor
        descriptor = -1
        if Glibc.close(closing) != 0 { throw SampleLakeError(path: path, code: errno) }
    }

    deinit {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
    }
}

/// A sample file could not be written.
public struct SampleLakeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// The system's reason (errno).
    public var code: Int32

    /// The failure in one sentence.
    public var description: String {
        "Cannot write the sample file \(path): \(String(cString: strerror(code))). Choose another home with --home, or make room."
    }
}
