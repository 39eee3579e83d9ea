// Eight small numbers at once, in one word.

/// Moves eight numbers of up to eight bits between packed bits and a byte for each: halves, quarters and eighths
/// of the word move apart or together.
struct EightNumbers {
    private let bitWidth: UInt64
    /// The bits of four numbers; of two in each half of a word; of one in each quarter.
    private let four, two, one: UInt64

    /// - Parameter bitWidth: from 1 to 8.
    init(bitWidth: Int) {
        self.bitWidth = UInt64(bitWidth)
        four = BitUnpacking.mask(bitWidth * 4)
        two = BitUnpacking.mask(bitWidth * 2) &* 0x0000_0001_0000_0001
        one = BitUnpacking.mask(bitWidth) &* 0x0001_0001_0001_0001
    }

    /// The numbers that are packed in the lowest bits of `word`, each in a byte, the first in the lowest.
    @inline(__always)
    func spread(_ word: UInt64) -> UInt64 {
        var word = word
        word = word & four | (word &>> (bitWidth &* 4) & four) &<< 32
        word = word & two | (word &>> (bitWidth &* 2) & two) &<< 16
        word = word & one | (word &>> bitWidth & one) &<< 8
        return word
    }

    /// The numbers that stand in the bytes of `word`, packed in the lowest bits.
    @inline(__always)
    func gather(_ word: UInt64) -> UInt64 {
        var word = word
        word = word & one | (word &>> 8 & one) &<< bitWidth
        word = word & two | (word &>> 16 & two) &<< (bitWidth &* 2)
        word = word & four | (word &>> 32 & four) &<< (bitWidth &* 4)
        return word
    }
}
