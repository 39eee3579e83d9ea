// Decodes values whose bytes are written apart.
import Languages

/// BYTE_STREAM_SPLIT values (Encodings.md of the Parquet format, BYTE_STREAM_SPLIT = 9), a piece at a time: the
/// first bytes of all values, then the second bytes, and so on.
struct ByteStreamSplitDecoder {
    private let bytes: [UInt8]
    private let start: Int
    private let width: Int
    /// The values of the page: the distance between two bytes of one.
    private let count: Int
    /// The next value.
    private var next = 0

    /// - Parameters:
    ///   - width: bytes of a value.
    ///   - maximumCount: how many values there are at the most.
    init(_ cursor: ByteCursor, width: Int, maximumCount: Int) throws {
        bytes = cursor.bytes
        start = cursor.position
        self.width = width
        count = width == 0 ? maximumCount : cursor.count / width
        guard count * width == cursor.count, count <= maximumCount else {
            throw ParquetError.malformed(Text("a page has another number of bytes than its values"))
        }
    }

    /// Adds the next `count` values; returns false if `values` are of a type that is not written so.
    mutating func decode(_ count: Int, appendingTo values: inout PhysicalValues) throws -> Bool {
        switch values {
        case .int32: try values.updateInt32 { try decodeNumbers(count, appendingTo: &$0) }
        case .int64: try values.updateInt64 { try decodeNumbers(count, appendingTo: &$0) }
        case .float: try values.updateFloats { try decodeNumbers(count, appendingTo: &$0) }
        case .double: try values.updateDoubles { try decodeNumbers(count, appendingTo: &$0) }
        case .fixed: try values.updateFixed { try decode(count, appendingTo: &$0) }
        case .boolean, .byteArray: false
        }
    }

    private mutating func decode(_ count: Int, appendingTo values: inout FixedByteArrays) throws {
        guard values.width == width else { throw ParquetError.pageTooShort }
        try decodeBytes(count, width: width, appendingTo: &values.bytes)
        values.count += count
    }

    private mutating func decodeNumbers<Number: BitwiseCopyable>(
        _ count: Int, appendingTo values: inout [Number]
    ) throws {
        guard MemoryLayout<Number>.stride == width else { throw ParquetError.pageTooShort }
        try decodeBytes(count, width: MemoryLayout<Number>.stride, appendingTo: &values)
    }

    @inline(__always)
    private mutating func decodeBytes<Unit: BitwiseCopyable>(
        _ count: Int, width: Int, appendingTo values: inout [Unit]
    ) throws {
        guard count <= self.count - next else { throw ParquetError.pageTooShort }
        let first = start + next
        values.append(exactly: count * width / MemoryLayout<Unit>.stride) { target in
            let target = UnsafeMutableRawBufferPointer(target)
            bytes.withUnsafeBytes { bytes in
                for index in 0..<count {
                    for byte in 0..<width {
                        target[index &* width &+ byte] = bytes[first &+ index &+ byte &* self.count]
                    }
                }
            }
        }
        next += count
    }
}
