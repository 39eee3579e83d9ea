// Where bytes come from, one piece after the other. What they mean is known elsewhere.

import Glibc

/// Gives bytes, from the first to the last.
protocol ByteSource: AnyObject {
    /// Overwrites `bytes` from `offset` with at most `limit` bytes; returns how many, 0 only at the end.
    func read(into bytes: inout [UInt8], at offset: Int, limit: Int) throws -> Int

    /// How many bytes have been taken from the disk.
    var bytesRead: Int64 { get }

    /// How many bytes there seem to be left; nil if nothing is known of it.
    var bytesLeft: Int? { get }

    /// Whether the source ended before that of which it is the beginning.
    var isCut: Bool { get }
}

/// The bytes of a file.
final class FileSource: ByteSource {
    let file: String
    private let descriptor: Int32
    private let size: Int64
    private(set) var bytesRead: Int64 = 0
    var bytesLeft: Int? { Int(max(0, size - bytesRead)) }
    var isCut: Bool { false }

    /// Opens the file at the path `file`; throws `RecordsError`.
    init(file: String) throws {
        self.file = file
        // A pipe, opened so, does not wait for its writer; it is refused below.
        descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        let isKnown = descriptor >= 0 && fstat(descriptor, &status) == 0
        size = Int64(status.st_size)
        guard isKnown else { throw RecordsError.unreadable(file: file, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw RecordsError.notAFile(file: file) }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func read(into bytes: inout [UInt8], at offset: Int, limit: Int) throws -> Int {
        while true {
            let count = bytes.withUnsafeMutableBytes { buffer in
                let room = UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<(offset + limit)])
                return Glibc.read(descriptor, room.baseAddress, room.count)
            }
            if count >= 0 {
                bytesRead += Int64(count)
                return count
            }
            if errno != EINTR { throw RecordsError.unreadable(file: file, code: errno) }
        }
    }
}

/// Bytes in memory.
final class MemorySource: ByteSource {
    private var rest: ArraySlice<UInt8>
    private(set) var bytesRead: Int64 = 0
    var bytesLeft: Int? { rest.count }
    let isCut: Bool

    init(_ bytes: [UInt8], isCut: Bool) {
        rest = bytes[...]
        self.isCut = isCut
    }

    func read(into bytes: inout [UInt8], at offset: Int, limit: Int) -> Int {
        let piece = rest.prefix(limit)
        bytes.replaceSubrange(offset..<(offset + piece.count), with: piece)
        rest = rest.dropFirst(piece.count)
        bytesRead += Int64(piece.count)
        return piece.count
    }
}

/// The first bytes of a source.
final class LimitedSource: ByteSource {
    private let source: any ByteSource
    private var left: Int
    var bytesRead: Int64 { source.bytesRead }
    var bytesLeft: Int? { min(left, source.bytesLeft ?? left) }
    /// Also true where the source ends just at the limit, since nobody has looked.
    var isCut: Bool { left == 0 || source.isCut }

    init(_ source: any ByteSource, limit: Int) {
        self.source = source
        left = limit
    }

    func read(into bytes: inout [UInt8], at offset: Int, limit: Int) throws -> Int {
        guard left > 0 else { return 0 }
        let count = try source.read(into: &bytes, at: offset, limit: min(limit, left))
        left -= count
        return count
    }
}
