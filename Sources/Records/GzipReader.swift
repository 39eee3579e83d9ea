// Inflates gzip as it is read (RFC 1952), through zlib.

import CZlib

/// The content of a gzip stream of one or more members.
///
/// Zeros after the last member are passed over, as gzip does; anything else there is an error.
final class GzipReader: ByteSource {
    private let source: any ByteSource
    private let name: String
    private let stream: UnsafeMutablePointer<z_stream>
    private var input = [UInt8](repeating: 0, count: 131_072)
    private var inputRange = 0..<0
    private var isInMember = true
    private var isFirstMember = true
    private var isAtEnd = false
    private var pendingError: (any Error)?
    private(set) var isCut = false

    var bytesRead: Int64 { source.bytesRead }
    var bytesLeft: Int? { nil }

    /// Whether `bytes` begin as gzip does.
    static func isGzip(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.starts(with: [0x1F, 0x8B])
    }

    /// Inflates `source`, which is called `name` in errors.
    init(_ source: any ByteSource, name: String) {
        self.source = source
        self.name = name
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for: a gzip header and trailer, checked by zlib.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        if status != Z_OK { pendingError = RecordsError.outOfMemory }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func read(into bytes: inout [UInt8], at offset: Int, limit: Int) throws -> Int {
        var filled = 0
        do {
            if let pendingError { throw pendingError }
            while filled == 0 && !isAtEnd {
                try refill()
                if isInMember {
                    filled = try inflate(into: &bytes, at: offset, limit: limit)
                } else {
                    try findNextMember()
                }
            }
        } catch {
            // What was inflated before the damage is given first.
            pendingError = error
            if filled == 0 { throw error }
        }
        return filled
    }

    private func refill() throws {
        guard inputRange.isEmpty else { return }
        inputRange = 0..<(try source.read(into: &input, at: 0, limit: input.count))
        guard inputRange.isEmpty else { return }
        if isInMember && !source.isCut { throw RecordsError.damagedGzip(file: name, .truncated) }
        isCut = isInMember && source.isCut
        isAtEnd = true
    }

    private func inflate(into bytes: inout [UInt8], at offset: Int, limit: Int) throws -> Int {
        guard !isAtEnd else { return 0 }
        let (status, count) = input.withUnsafeMutableBufferPointer { input in
            bytes.withUnsafeMutableBufferPointer { bytes in
                stream.pointee.next_in = input.baseAddress.map { $0 + inputRange.lowerBound }
                stream.pointee.avail_in = uInt(inputRange.count)
                stream.pointee.next_out = bytes.baseAddress.map { $0 + offset }
                stream.pointee.avail_out = uInt(limit)
                let status = CZlib.inflate(stream, Z_NO_FLUSH)
                return (status, limit - Int(stream.pointee.avail_out))
            }
        }
        inputRange = (inputRange.upperBound - Int(stream.pointee.avail_in))..<inputRange.upperBound
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isInMember = false
        default:
            let error = RecordsError.damagedGzip(file: name, fault(of: status))
            if count == 0 { throw error }
            pendingError = error
        }
        return count
    }

    private func findNextMember() throws {
        inputRange =
            (input[inputRange].firstIndex { $0 != 0 } ?? inputRange.upperBound)..<inputRange.upperBound
        guard let first = input[inputRange].first else { return }
        guard first == 0x1F else { throw RecordsError.damagedGzip(file: name, .trailingGarbage) }
        inflateReset(stream)
        isInMember = true
        isFirstMember = false
    }

    private func fault(of status: Int32) -> GzipFault {
        let words = stream.pointee.msg.map { String(cString: $0) } ?? String(cString: zError(status))
        return switch words {
        case "incorrect header check": isFirstMember ? .notGzip : .trailingGarbage
        case "incorrect data check": .wrongChecksum
        case "incorrect length check": .wrongLength
        default: .invalidData(words)
        }
    }
}
