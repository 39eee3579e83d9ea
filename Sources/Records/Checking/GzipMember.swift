// Inflates gzip as it is pushed, and takes just one member (RFC 1952): what an export writes, and all readers take.

import CZlib

/// The one member of a gzip file, inflated piece by piece.
final class GzipMember {
    private let name: String
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the trailer has come, and checksum and length were right.
    private(set) var isComplete = false

    /// Begins with a file that is called `name` in errors.
    init(name: String) throws {
        self.name = name
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for: a gzip header and trailer, checked by zlib.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            throw RecordsError.outOfMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates from the beginning of `input` into `output`, which has room.
    ///
    /// - Returns: how many bytes were taken of the one, and put into the other; if none were put, more input is needed.
    /// - Throws: `RecordsError.damagedGzip`, also for anything after the member.
    func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws -> (taken: Int, put: Int) {
        if isComplete {
            guard let first = input.first else { return (0, 0) }
            throw RecordsError.damagedGzip(file: name, first == 0x1F ? .secondMember : .trailingGarbage)
        }
        // zlib does not write to its input, though its type does not say so.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = uInt(input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = uInt(output.count)
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isComplete = true
        default: throw RecordsError.damagedGzip(file: name, fault(of: status))
        }
        return (input.count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out))
    }

    private func fault(of status: Int32) -> GzipFault {
        let words = stream.pointee.msg.map { String(cString: $0) } ?? String(cString: zError(status))
        return switch words {
        case "incorrect header check": .notGzip
        case "incorrect data check": .wrongChecksum
        case "incorrect length check": .wrongLength
        default: .invalidData(words)
        }
    }
}
