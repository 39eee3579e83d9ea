// Decodes levels as old writers pack them.
import Languages

/// BIT_PACKED levels (Encodings.md of the Parquet format, BIT_PACKED = 4): the highest bit of a byte first.
///
/// Deprecated in favour of RLE.
struct BitPackedLevelDecoder {
    private let bytes: [UInt8]
    private let bitWidth: Int
    /// The bit of the next level.
    private var bit: Int
    private let end: Int

    /// - Throws: `ParquetError` if the width is not from 0 to 8, or the range is not within the bytes.
    init(_ bytes: [UInt8], in range: Range<Int>, bitWidth: Int) throws {
        guard (0...8).contains(bitWidth) else {
            throw ParquetError.malformed(Text("a page has levels of \(bitWidth) bits"))
        }
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { throw ParquetError.pageTooShort }
        self.bytes = bytes
        self.bitWidth = bitWidth
        bit = range.lowerBound * 8
        end = range.upperBound * 8
    }

    /// Adds the next `count` levels.
    mutating func decode(_ count: Int, appendingTo values: inout [UInt8]) throws {
        guard bitWidth > 0 else { return values.append(contentsOf: repeatElement(0, count: count)) }
        guard count <= (end - bit) / bitWidth else { throw ParquetError.pageTooShort }
        let mask = UInt8(truncatingIfNeeded: BitUnpacking.mask(bitWidth))
        for _ in 0..<count {
            // The level is in one byte or two, and ends `unused` bits before the end of the second.
            let first = UInt16(bytes[bit >> 3]) << 8
            let second = bit >> 3 + 1 < bytes.count ? UInt16(bytes[bit >> 3 + 1]) : 0
            let unused = 16 - (bit & 7) - bitWidth
            values.append(UInt8(truncatingIfNeeded: (first | second) >> UInt16(unused)) & mask)
            bit += bitWidth
        }
    }
}
