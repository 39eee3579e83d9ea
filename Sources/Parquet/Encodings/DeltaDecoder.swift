// Decodes integers that are written as differences.
import Languages

/// DELTA_BINARY_PACKED integers (Encodings.md of the Parquet format, DELTA_BINARY_PACKED = 5), a piece at a time.
///
/// A first value, then blocks of differences: each block has its least difference, and what the others are above
/// it in several miniblocks of packed numbers. Arithmetic wraps.
struct DeltaDecoder {
    private var cursor: ByteCursor
    private let maximumBitWidth: Int
    private let valuesPerMiniblock: Int
    private let miniblockCount: Int
    /// The values that are still to come.
    private(set) var valuesLeft: Int
    private var isAtFirst = true
    private var value: Int64

    private var leastDelta: Int64 = 0
    /// Where the bit widths of the miniblocks stand that the block still has.
    private var bitWidths = 0..<0
    private var bitWidth = 0
    /// The bit of the next number in the miniblock.
    private var bit = 0
    private var leftInMiniblock = 0

    /// - Parameter maximumBitWidth: bits of the integers.
    init(_ cursor: ByteCursor, maximumBitWidth: Int) throws {
        var cursor = cursor
        let blockSize = try cursor.readCount()
        miniblockCount = try cursor.readCount()
        valuesLeft = try cursor.readCount()
        value = try cursor.readZigZag()
        guard miniblockCount > 0, blockSize > 0, blockSize % miniblockCount == 0,
            (blockSize / miniblockCount) % 8 == 0
        else { throw ParquetError.malformed(Text("a page has blocks of differences of an impossible size")) }
        valuesPerMiniblock = blockSize / miniblockCount
        self.cursor = cursor
        self.maximumBitWidth = maximumBitWidth
    }

    /// Adds the next `count` values, without the bits that the type does not have.
    mutating func decode<Value: FixedWidthInteger & BitwiseCopyable>(
        _ count: Int, appendingTo values: inout [Value]
    ) throws {
        guard count <= valuesLeft else { throw ParquetError.pageTooShort }
        try values.append(exactly: count) { output in
            var filled = 0
            while filled < count {
                if isAtFirst {
                    isAtFirst = false
                    output[0] = Value(truncatingIfNeeded: value)
                    filled = 1
                    continue
                }
                if leftInMiniblock == 0 { try readMiniblock() }
                let taken = min(count - filled, leftInMiniblock)
                addDeltas(to: UnsafeMutableBufferPointer(rebasing: output[filled..<filled + taken]))
                filled += taken
            }
        }
        valuesLeft -= count
    }

    /// Where the bytes end that belong to these values.
    ///
    /// The differences are passed over, not decoded.
    func end() throws -> Int {
        var rest = self
        var left = valuesLeft - (isAtFirst ? 1 : 0) - leftInMiniblock
        while left > 0 {
            try rest.readMiniblock()
            left -= rest.leftInMiniblock
        }
        return rest.cursor.position
    }

    private mutating func addDeltas<Value: FixedWidthInteger>(
        to output: UnsafeMutableBufferPointer<Value>
    ) {
        var value = value
        var bit = bit
        cursor.bytes.withUnsafeBytes { bytes in
            for index in output.indices {
                let delta = BitUnpacking.number(bytes, at: bit, bitWidth: bitWidth)
                value &+= leastDelta &+ Int64(bitPattern: delta)
                output[index] = Value(truncatingIfNeeded: value)
                bit &+= bitWidth
            }
        }
        self.value = value
        self.bit = bit
        leftInMiniblock -= output.count
    }

    /// Goes to the next miniblock, which has at least one value.
    private mutating func readMiniblock() throws {
        if bitWidths.isEmpty {
            leastDelta = try cursor.readZigZag()
            bitWidths = try cursor.take(miniblockCount)
        }
        bitWidth = Int(cursor.bytes[bitWidths.lowerBound])
        bitWidths.removeFirst()
        guard bitWidth <= maximumBitWidth else {
            throw ParquetError.malformed(Text("a page has differences of \(bitWidth) bits"))
        }
        leftInMiniblock = valuesPerMiniblock
        guard bitWidth > 0 else { return }
        // Some writers leave out what would fill up the last miniblock.
        let packed = cursor.take(upTo: valuesPerMiniblock / 8 * bitWidth)
        bit = packed.lowerBound * 8
        leftInMiniblock = min(valuesPerMiniblock, packed.count * 8 / bitWidth)
        guard leftInMiniblock > 0 else { throw ParquetError.pageTooShort }
        // Nothing comes after one that was cut.
        if leftInMiniblock < valuesPerMiniblock { bitWidths = 0..<0 }
    }
}
