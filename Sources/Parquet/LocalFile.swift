// A file of this machine, as a reader's source.

import Glibc

/// A local file, open for reading at any place.
public final class LocalFile: RandomAccessSource {
    /// The path that it was opened with.
    public let name: String
    private let descriptor: Int32
    private let length: Int64

    /// Opens the file at `path`.
    ///
    /// - Throws: `ParquetError` if the system refuses, or the path is not a file.
    public init(path: String) throws {
        name = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ParquetError(.system(errno), file: path) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else {
            let code = errno
            close(descriptor)
            throw ParquetError(.system(code), file: path)
        }
        guard information.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ParquetError(.notParquet, file: path)
        }
        length = Int64(information.st_size)
    }

    deinit { close(descriptor) }

    /// The length in bytes when the file was opened.
    public func size() -> Int64 { length }

    /// The bytes of `range`.
    public func read(_ range: Range<Int64>) throws -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= length else {
            throw ParquetError(.truncated, file: name)
        }
        return try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + count }, range.count - count,
                    off_t(range.lowerBound) + count)
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw ParquetError(.system(errno), file: name) }
                guard got > 0 else { throw ParquetError(.truncated, file: name) }
                count += got
            }
        }
    }
}
