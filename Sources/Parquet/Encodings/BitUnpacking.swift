// Numbers of any width from bits that follow one another, the lowest bit of a byte first.

/// Takes packed numbers apart.
///
/// What is beyond the end of the bytes counts as zeros; callers check beforehand how many numbers there are.
enum BitUnpacking {
    /// The number of `bitWidth` bits (up to 64) at `bit`.
    @inline(__always)
    static func number(_ bytes: UnsafeRawBufferPointer, at bit: Int, bitWidth: Int) -> UInt64 {
        let shift = UInt64(truncatingIfNeeded: bit & 7)
        var word = word(bytes, at: bit >> 3) &>> shift
        if bitWidth &+ (bit & 7) > 64 {
            word |= Self.word(bytes, at: bit >> 3 &+ 8) &<< (64 &- shift)
        }
        return word & mask(bitWidth)
    }

    /// Writes the numbers of `bitWidth` bits, from 1 to 8, that begin at `bit`.
    static func unpack(
        _ bytes: UnsafeRawBufferPointer, at bit: Int, bitWidth: Int,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) {
        let eight = EightNumbers(bitWidth: bitWidth)
        var bit = bit
        var index = 0
        let target = UnsafeMutableRawBufferPointer(output)
        while index &+ 8 <= output.count {
            target.storeBytes(
                of: eight.spread(packed(bytes, at: bit)),
                toByteOffset: index, as: UInt64.self)
            bit &+= bitWidth &* 8
            index &+= 8
        }
        while index < output.count {
            output[index] = UInt8(truncatingIfNeeded: number(bytes, at: bit, bitWidth: bitWidth))
            bit &+= bitWidth
            index &+= 1
        }
    }

    /// Writes the numbers of `bitWidth` bits, from 1 to 32, that begin at `bit`.
    static func unpack(
        _ bytes: UnsafeRawBufferPointer, at bit: Int, bitWidth: Int,
        into output: UnsafeMutableBufferPointer<UInt32>
    ) {
        var bit = bit
        var index = 0
        if bitWidth <= 8 {
            let eight = EightNumbers(bitWidth: bitWidth)
            let target = UnsafeMutableRawBufferPointer(output)
            while index &+ 8 <= output.count {
                let numbers = unsafeBitCast(
                    eight.spread(packed(bytes, at: bit)),
                    to: SIMD8<UInt8>.self)
                target.storeBytes(
                    of: SIMD8<UInt32>(truncatingIfNeeded: numbers), toByteOffset: index &* 4,
                    as: SIMD8<UInt32>.self)
                bit &+= bitWidth &* 8
                index &+= 8
            }
        } else {
            // With at least eight bytes behind where the number begins, one load is enough.
            let mask = UInt32(truncatingIfNeeded: mask(bitWidth))
            let whole = min(output.count, max(0, ((bytes.count &- 8) &* 8 &- bit) / bitWidth))
            while index < whole {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
                output[index] =
                    UInt32(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: bit & 7)) & mask
                bit &+= bitWidth
                index &+= 1
            }
        }
        while index < output.count {
            output[index] = UInt32(truncatingIfNeeded: number(bytes, at: bit, bitWidth: bitWidth))
            bit &+= bitWidth
            index &+= 1
        }
    }

    /// The lowest `bitWidth` bits.
    @inline(__always)
    static func mask(_ bitWidth: Int) -> UInt64 {
        bitWidth >= 64 ? .max : (1 &<< UInt64(truncatingIfNeeded: bitWidth)) &- 1
    }

    /// Eight numbers from `bit` on, in the lowest bits.
    ///
    /// Seven bits at the most stand before them, and none before numbers of eight bits: all are in one word.
    @inline(__always)
    private static func packed(_ bytes: UnsafeRawBufferPointer, at bit: Int) -> UInt64 {
        word(bytes, at: bit >> 3) &>> UInt64(truncatingIfNeeded: bit & 7)
    }

    /// The eight bytes at `index`.
    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, at index: Int) -> UInt64 {
        if index &+ 8 <= bytes.count {
            return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        }
        var word: UInt64 = 0
        var shift: UInt64 = 0
        for index in min(index, bytes.count)..<bytes.count {
            word |= UInt64(bytes[index]) &<< shift
            shift &+= 8
        }
        return word
    }
}
