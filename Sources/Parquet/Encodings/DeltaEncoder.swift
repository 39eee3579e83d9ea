// Encodes integers as differences, and byte arrays whose lengths are written so.

/// DELTA_BINARY_PACKED integers, and the encodings of byte arrays that are made of them (Encodings.md of the Parquet
/// format).
enum DeltaEncoder {
    private static let blockSize = 128
    private static let miniblockSize = 32

    /// Adds `values` as DELTA_BINARY_PACKED.
    ///
    /// Differences wrap.
    static func encode<Value: FixedWidthInteger & SignedInteger>(
        _ values: ArraySlice<Value>, appendingTo output: inout [UInt8]
    ) where Value.Magnitude: UnsignedInteger {
        output.append(varint: UInt64(blockSize))
        output.append(varint: UInt64(blockSize / miniblockSize))
        output.append(varint: UInt64(values.count))
        output.append(zigZag: Int64(values.first ?? 0))
        var rest = values
        while rest.count > 1 {
            // The last value of a block is what the first difference of the next is from.
            let block = rest.prefix(blockSize + 1)
            encodeBlock(zip(block, block.dropFirst()).map { $1 &- $0 }, appendingTo: &output)
            rest = rest.dropFirst(blockSize)
        }
    }

    private static func encodeBlock<Value: FixedWidthInteger & SignedInteger>(
        _ deltas: [Value], appendingTo output: inout [UInt8]
    ) where Value.Magnitude: UnsignedInteger {
        let least = deltas.min() ?? 0
        // Unsigned: what is above the least may have one bit more than the type has for positive numbers.
        let excess = deltas.map { Value.Magnitude(truncatingIfNeeded: $0 &- least) }
        output.append(zigZag: Int64(least))
        let miniblocks = stride(from: 0, to: excess.count, by: miniblockSize).map { start in
            excess[start..<min(start + miniblockSize, excess.count)]
        }
        let bitWidths = miniblocks.map { miniblock in
            let bits = miniblock.reduce(0, |)
            return Value.Magnitude.bitWidth - bits.leadingZeroBitCount
        }
        output.append(contentsOf: bitWidths.map { UInt8($0) })
        output.append(
            contentsOf: repeatElement(0, count: blockSize / miniblockSize - miniblocks.count))
        for (miniblock, bitWidth) in zip(miniblocks, bitWidths) where bitWidth > 0 {
            let filling = repeatElement(Value.Magnitude(0), count: miniblockSize - miniblock.count)
            (miniblock + filling).withUnsafeBufferPointer {
                BitPacking.pack($0, bitWidth: bitWidth, appendingTo: &output)
            }
        }
    }

    /// Adds the arrays of `range` as DELTA_LENGTH_BYTE_ARRAY.
    static func encodeLengths(
        _ values: ByteArrays, _ range: Range<Int>, appendingTo output: inout [UInt8]
    ) {
        encode(range.map { values.offsets[$0 + 1] - values.offsets[$0] }[...], appendingTo: &output)
        let bytes = Int(values.offsets[range.lowerBound])..<Int(values.offsets[range.upperBound])
        output.append(contentsOf: values.bytes[bytes])
    }

    /// Adds the arrays that stand at `ranges` in `bytes` as DELTA_BYTE_ARRAY.
    static func encodePrefixes(_ bytes: [UInt8], at ranges: [Range<Int>], appendingTo output: inout [UInt8]) {
        var prefixes: [Int32] = []
        var suffixes = ByteArrays()
        var previous = 0..<0
        for range in ranges {
            let shared = sharedPrefix(of: bytes, previous, range)
            prefixes.append(Int32(shared))
            suffixes.append(bytes[range.dropFirst(shared)])
            previous = range
        }
        encode(prefixes[...], appendingTo: &output)
        encodeLengths(suffixes, 0..<suffixes.count, appendingTo: &output)
    }

    /// How many bytes two ranges have in common at their beginnings.
    private static func sharedPrefix(of bytes: [UInt8], _ one: Range<Int>, _ other: Range<Int>) -> Int {
        let most = min(one.count, other.count)
        return bytes.withUnsafeBufferPointer { bytes in
            var count = 0
            while count < most, bytes[one.lowerBound &+ count] == bytes[other.lowerBound &+ count] {
                count &+= 1
            }
            return count
        }
    }
}
