// Decodes PLAIN values.
import Languages

/// PLAIN values (Encodings.md of the Parquet format, PLAIN = 0), a piece at a time.
struct PlainDecoder {
    private var cursor: ByteCursor
    /// The booleans that were taken from the current byte.
    private var bitsTaken = 0

    init(_ cursor: ByteCursor) { self.cursor = cursor }

    /// Adds the next `count` values, of the type that `values` have.
    ///
    /// Always true: there are values of every type.
    mutating func decode(_ count: Int, appendingTo values: inout PhysicalValues) throws -> Bool {
        switch values {
        case .boolean: try values.updateBooleans { try decode(count, appendingTo: &$0) }
        case .int32: try values.updateInt32 { try decodeNumbers(count, appendingTo: &$0) }
        case .int64: try values.updateInt64 { try decodeNumbers(count, appendingTo: &$0) }
        case .float: try values.updateFloats { try decodeNumbers(count, appendingTo: &$0) }
        case .double: try values.updateDoubles { try decodeNumbers(count, appendingTo: &$0) }
        case .byteArray: try values.updateByteArrays { try decode(count, appendingTo: &$0) }
        case .fixed: try values.updateFixed { try decode(count, appendingTo: &$0) }
        }
    }

    private mutating func decodeNumbers<Number: BitwiseCopyable>(
        _ count: Int, appendingTo values: inout [Number]
    ) throws {
        let source = try take(count, width: MemoryLayout<Number>.stride)
        values.append(exactly: count) { target in
            cursor.bytes.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(target).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: $0[source]))
            }
        }
    }

    private mutating func decode(_ count: Int, appendingTo values: inout FixedByteArrays) throws {
        let source = try take(count, width: values.width)
        values.bytes.append(contentsOf: cursor.bytes[source])
        values.count += count
    }

    private mutating func decode(_ count: Int, appendingTo values: inout [Bool]) throws {
        guard count <= cursor.count * 8 - bitsTaken else { throw ParquetError.pageTooShort }
        let bit = cursor.position * 8 + bitsTaken
        values.append(exactly: count) { target in
            // A boolean is a byte of 0 or 1, which numbers of one bit are.
            target.withMemoryRebound(to: UInt8.self) { target in
                cursor.bytes.withUnsafeBytes {
                    BitUnpacking.unpack($0, at: bit, bitWidth: 1, into: target)
                }
            }
        }
        _ = try cursor.take((bitsTaken + count) / 8)
        bitsTaken = (bitsTaken + count) % 8
    }

    /// Each array has its length in four bytes before it.
    private mutating func decode(_ count: Int, appendingTo values: inout ByteArrays) throws {
        // No more room is made than there are lengths, whatever `count` claims.
        guard count <= cursor.count / 4 else { throw ParquetError.pageTooShort }
        let first = values.bytes.count
        let source = cursor.position..<cursor.end
        // First all the lengths, each of which says where the next is: where arrays end, and all of them.
        var end = first
        try values.offsets.append(exactly: count) { offsets in
            try cursor.bytes.withUnsafeBytes { bytes in
                var position = source.lowerBound
                for index in offsets.indices {
                    guard position + 4 <= source.upperBound else { throw ParquetError.pageTooShort }
                    let length = Int(
                        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
                    guard length <= source.upperBound - position - 4 else { throw ParquetError.pageTooShort }
                    position += 4 + length
                    end += length
                    guard end <= Int(Int32.max) else { throw Self.tooManyBytes }
                    offsets[index] = Int32(truncatingIfNeeded: end)
                }
            }
        }
        let taken = try cursor.take(4 * count + end - first)
        let offsets = values.offsets
        values.bytes.append(exactly: end - first) { target in
            cursor.bytes.withUnsafeBytes { bytes in
                Self.copy(
                    from: UnsafeRawBufferPointer(rebasing: bytes[taken]), to: target,
                    offsets: offsets.suffix(count + 1))
            }
        }
    }

    /// Copies the arrays of `source`, without their lengths, to where `offsets` say.
    private static func copy(
        from source: UnsafeRawBufferPointer, to target: UnsafeMutableBufferPointer<UInt8>,
        offsets: ArraySlice<Int32>
    ) {
        let target = UnsafeMutableRawBufferPointer(target)
        offsets.withUnsafeBufferPointer { offsets in
            let first = Int(offsets[0])
            var position = 0
            for index in 1..<offsets.count {
                let start = Int(offsets[index &- 1]) &- first
                let length = Int(offsets[index]) &- first &- start
                position &+= 4
                source.copyShort(position, length, to: target, at: start)
                position &+= length
            }
        }
    }

    private mutating func take(_ count: Int, width: Int) throws -> Range<Int> {
        let (size, isTooLarge) = count.multipliedReportingOverflow(by: width)
        guard !isTooLarge else { throw ParquetError.pageTooShort }
        return try cursor.take(size)
    }

    /// What every decoder throws whose arrays would have more bytes than their offsets count.
    static let tooManyBytes = ParquetError(.tooLarge(Text("byte arrays of more than 2 GB at a time")))
}
