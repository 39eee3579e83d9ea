// Decodes byte arrays whose lengths stand before them all.
import Languages

/// DELTA_LENGTH_BYTE_ARRAY values (Encodings.md of the Parquet format, DELTA_LENGTH_BYTE_ARRAY = 6), a piece at a
/// time.
struct DeltaLengthDecoder {
    private var lengths: DeltaDecoder
    private var cursor: ByteCursor

    init(_ cursor: ByteCursor) throws {
        lengths = try DeltaDecoder(cursor, maximumBitWidth: 32)
        self.cursor = try ByteCursor(cursor.bytes, in: lengths.end()..<cursor.end)
    }

    /// Adds the next `count` arrays.
    mutating func decode(_ count: Int, appendingTo values: inout ByteArrays) throws {
        var end = values.bytes.count
        let (lengths, source) = try take(count)
        guard source.count <= Int(Int32.max) - end else { throw PlainDecoder.tooManyBytes }
        values.bytes.append(contentsOf: cursor.bytes[source])
        values.offsets.append(exactly: count) { offsets in
            for index in offsets.indices {
                end += Int(lengths[index])
                offsets[index] = Int32(truncatingIfNeeded: end)
            }
        }
    }

    /// The lengths of the next `count` arrays, and where their bytes stand.
    mutating func take(_ count: Int) throws -> (lengths: [Int32], bytes: Range<Int>) {
        var lengths: [Int32] = []
        try self.lengths.decode(count, appendingTo: &lengths)
        var sum = 0
        for length in lengths {
            guard length >= 0 else { throw ParquetError.malformed(Text("a page has a negative length")) }
            sum += Int(length)
        }
        return (lengths, try cursor.take(sum))
    }
}
