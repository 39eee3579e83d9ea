// Bits that follow one another from numbers of any width, the lowest bit of a byte first.

/// Packs numbers.
enum BitPacking {
    /// Adds `numbers`, none of which has more than `bitWidth` bits, filled up with zeros to whole groups of eight.
    static func pack<Number: FixedWidthInteger>(
        _ numbers: UnsafeBufferPointer<Number>, bitWidth: Int, appendingTo output: inout [UInt8]
    ) {
        let byteCount = (numbers.count + 7) / 8 * bitWidth
        // Whole words are stored, so the last may go beyond the end by seven bytes.
        output.append(atMost: byteCount + 8) { target in
            let target = UnsafeMutableRawBufferPointer(target)
            if bitWidth <= 8 {
                packSmall(numbers, bitWidth: bitWidth, into: target)
            } else {
                packLarge(numbers, bitWidth: bitWidth, into: target)
            }
            return byteCount
        }
    }

    private static func packSmall<Number: FixedWidthInteger>(
        _ numbers: UnsafeBufferPointer<Number>, bitWidth: Int, into target: UnsafeMutableRawBufferPointer
    ) {
        let eight = EightNumbers(bitWidth: bitWidth)
        let whole = numbers.count & ~7
        var position = 0
        var index = 0
        while index < whole {
            var bytes: UInt64 = 0
            for place in 0..<8 {
                let byte = UInt8(truncatingIfNeeded: numbers[index &+ place])
                bytes |= UInt64(byte) &<< UInt64(truncatingIfNeeded: place &* 8)
            }
            target.storeBytes(of: eight.gather(bytes).littleEndian, toByteOffset: position, as: UInt64.self)
            position &+= bitWidth
            index &+= 8
        }
        guard whole < numbers.count else { return }
        var bytes: UInt64 = 0
        for number in numbers[whole...].reversed() {
            bytes = bytes << 8 | UInt64(UInt8(truncatingIfNeeded: number))
        }
        target.storeBytes(of: eight.gather(bytes).littleEndian, toByteOffset: position, as: UInt64.self)
    }

    private static func packLarge<Number: FixedWidthInteger>(
        _ numbers: UnsafeBufferPointer<Number>, bitWidth: Int, into target: UnsafeMutableRawBufferPointer
    ) {
        let mask = BitUnpacking.mask(bitWidth)
        var word: UInt64 = 0
        /// The bits of `word` that are taken: fewer than 64.
        var bits = 0
        var position = 0
        for number in numbers {
            let number = UInt64(truncatingIfNeeded: number) & mask
            word |= number &<< UInt64(truncatingIfNeeded: bits)
            bits &+= bitWidth
            if bits >= 64 {
                target.storeBytes(of: word.littleEndian, toByteOffset: position, as: UInt64.self)
                position &+= 8
                bits &-= 64
                // The bits of the number that did not fit. A shift by all of its bits gives 0.
                word = number >> UInt64(truncatingIfNeeded: bitWidth &- bits)
            }
        }
        while position < target.count {
            if position &+ 8 <= target.count {
                target.storeBytes(of: word.littleEndian, toByteOffset: position, as: UInt64.self)
                position &+= 8
            } else {
                target[position] = 0
                position &+= 1
            }
            word = 0
        }
    }
}
