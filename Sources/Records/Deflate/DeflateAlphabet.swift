// The symbols of a deflate block (RFC 1951, section 3.2.5) and what words have in common.

/// The alphabets of literals, lengths and distances.
enum DeflateAlphabet {
    static let endOfBlock = 256
    static let lengths = 3...258

    /// The order in which the lengths of the code of lengths stand (section 3.2.7).
    static let codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// The symbol of a length.
    @inline(__always)
    static func symbol(ofLength length: Int) -> Int {
        if length < 11 { return 254 &+ length }
        if length == lengths.upperBound { return 285 }
        let steps = length &- lengths.lowerBound
        let extra = Int.bitWidth &- 3 &- steps.leadingZeroBitCount
        return 257 &+ 4 &* extra &+ steps &>> extra
    }

    /// The symbol of a distance, of 1 to 32,768 bytes.
    @inline(__always)
    static func symbol(ofDistance distance: Int) -> Int {
        if distance < 5 { return distance &- 1 }
        let steps = distance &- 1
        let extra = Int.bitWidth &- 2 &- steps.leadingZeroBitCount
        return 2 &* extra &+ steps &>> extra
    }

    /// How long the first match is that a longer one is made of, so that the rest can be one too.
    @inline(__always)
    static func firstLength(of length: Int) -> Int {
        length <= lengths.upperBound ? length : min(lengths.upperBound, length &- lengths.lowerBound)
    }

    /// How many bits follow the word of a length; nil if the symbol is none.
    static func extraBits(ofLength symbol: Int) -> Int? {
        switch symbol {
        case 257..<265, 285: 0
        case 265..<285: (symbol - 261) >> 2
        default: nil
        }
    }

    /// How many bits follow the word of a distance; nil if the symbol is none.
    static func extraBits(ofDistance symbol: Int) -> Int? {
        switch symbol {
        case 0..<4: 0
        case 4..<30: symbol >> 1 - 1
        default: nil
        }
    }

    /// The lowest `count` bits of `word`, at most 16, in the opposite order.
    static func reversed(_ word: Int, _ count: Int) -> Int {
        var bits = UInt16(truncatingIfNeeded: word)
        bits = (bits & 0x5555) << 1 | (bits & 0xAAAA) >> 1
        bits = (bits & 0x3333) << 2 | (bits & 0xCCCC) >> 2
        bits = (bits & 0x0F0F) << 4 | (bits & 0xF0F0) >> 4
        return Int(bits.byteSwapped) >> (16 - count)
    }
}
