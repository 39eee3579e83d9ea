// Encodes levels, indices and booleans as the RLE/bit-packed hybrid.

/// The RLE and bit-packing hybrid (Encodings.md of the Parquet format, RLE = 3): eight equal numbers or more are a
/// run, what is between runs is packed in groups of eight.
enum RunLengthEncoder {
    /// Adds `levels`, none of which has more than `bitWidth` bits, of 8 at the most.
    static func encode(_ levels: ArraySlice<UInt8>, bitWidth: Int, appendingTo output: inout [UInt8]) {
        levels.withUnsafeBufferPointer { encode($0, bitWidth: bitWidth, appendingTo: &output) }
    }

    /// Adds `indices`, none of which is negative or has more than `bitWidth` bits.
    static func encode(_ indices: ArraySlice<Int32>, bitWidth: Int, appendingTo output: inout [UInt8]) {
        indices.withUnsafeBufferPointer { encode($0, bitWidth: bitWidth, appendingTo: &output) }
    }

    /// Adds `booleans` as numbers of one bit, without the length that stands before booleans in a page.
    static func encode(_ booleans: ArraySlice<Bool>, appendingTo output: inout [UInt8]) {
        booleans.withUnsafeBufferPointer { booleans in
            // A boolean is a byte of 0 or 1.
            booleans.withMemoryRebound(to: UInt8.self) { encode($0, bitWidth: 1, appendingTo: &output) }
        }
    }

    private static func encode<Number: FixedWidthInteger>(
        _ numbers: UnsafeBufferPointer<Number>, bitWidth: Int, appendingTo output: inout [UInt8]
    ) {
        guard bitWidth > 0 else { return output.append(varint: UInt64(numbers.count) << 1) }
        var packedStart = 0
        var index = 0
        while index < numbers.count {
            let run = equalNumbers(numbers, from: index)
            guard run > 0 else {
                index += 8
                continue
            }
            pack(numbers, packedStart..<index, bitWidth: bitWidth, appendingTo: &output)
            output.append(varint: UInt64(run) << 1)
            output.append(
                littleEndian: UInt64(truncatingIfNeeded: numbers[index]), byteCount: (bitWidth + 7) / 8)
            index += run
            packedStart = index
        }
        pack(numbers, packedStart..<numbers.count, bitWidth: bitWidth, appendingTo: &output)
    }

    private static func pack<Number: FixedWidthInteger>(
        _ numbers: UnsafeBufferPointer<Number>, _ range: Range<Int>, bitWidth: Int,
        appendingTo output: inout [UInt8]
    ) {
        guard !range.isEmpty else { return }
        output.append(varint: UInt64((range.count + 7) / 8) << 1 | 1)
        BitPacking.pack(
            UnsafeBufferPointer(rebasing: numbers[range]), bitWidth: bitWidth, appendingTo: &output)
    }

    /// How many numbers from `start` on are equal; 0 if they are fewer than eight.
    @inline(__always)
    private static func equalNumbers<Number: FixedWidthInteger>(
        _ numbers: UnsafeBufferPointer<Number>, from start: Int
    ) -> Int {
        let number = numbers[start]
        var end = start
        while end &+ 8 <= numbers.count {
            var difference: Number = 0
            for place in 0..<8 { difference |= numbers[end &+ place] ^ number }
            guard difference == 0 else { break }
            end &+= 8
        }
        guard end > start else { return 0 }
        while end < numbers.count, numbers[end] == number { end &+= 1 }
        return end - start
    }
}
