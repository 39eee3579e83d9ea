// The words of a block's codes, ready to be written: the hot loop's tables.

/// For each literal, length and distance: its word, and the bits that follow it.
struct SequenceWords: ~Copyable {
    /// Some bits, the first of them the lowest.
    struct Word {
        let bits: UInt64
        let count: Int

        /// At most 24 bits, with their number above.
        @inline(__always)
        fileprivate init(packed: UInt32) {
            bits = UInt64(packed & 0xFF_FFFF)
            count = Int(packed &>> 24)
        }

        @inline(__always)
        fileprivate init(bits: UInt64, count: Int) {
            self.bits = bits
            self.count = count
        }
    }

    /// Tables that a block's loop would otherwise copy: of literals with the end of the block, of lengths with what
    /// follows them, of distances.
    private let literals: UnsafeMutablePointer<UInt32>
    private let lengths: UnsafeMutablePointer<UInt32>
    private let distances: UnsafeMutablePointer<UInt32>

    /// The words of these codes.
    init(symbols: HuffmanCode, distances distanceCode: HuffmanCode) {
        literals = .allocate(capacity: 257 + 259 + 30)
        lengths = literals + 257
        distances = lengths + 259
        for symbol in 0..<257 { literals[symbol] = Self.packed(symbols, symbol) }
        // There are no lengths below.
        lengths.initialize(repeating: 0, count: DeflateAlphabet.lengths.lowerBound)
        for length in DeflateAlphabet.lengths {
            let symbol = DeflateAlphabet.symbol(ofLength: length)
            let extra = UInt32(DeflateAlphabet.extraBits(ofLength: symbol) ?? 0)
            let steps = UInt32(length - DeflateAlphabet.lengths.lowerBound) & (1 << extra - 1)
            lengths[length] =
                Self.packed(symbols, symbol) + steps << UInt32(symbols.lengths[symbol]) + extra << 24
        }
        for symbol in 0..<30 { distances[symbol] = Self.packed(distanceCode, symbol) }
    }

    deinit { literals.deallocate() }

    private static func packed(_ code: HuffmanCode, _ symbol: Int) -> UInt32 {
        UInt32(code.words[symbol]) | UInt32(code.lengths[symbol]) << 24
    }

    /// The word that ends the block.
    var endOfBlock: Word { Word(packed: literals[DeflateAlphabet.endOfBlock]) }

    @inline(__always)
    func literal(_ literal: UInt8) -> Word { Word(packed: literals[Int(literal)]) }

    @inline(__always)
    func length(_ length: Int) -> Word { Word(packed: lengths[length]) }

    @inline(__always)
    func distance(_ distance: Int) -> Word {
        let symbol = DeflateAlphabet.symbol(ofDistance: distance)
        let word = Word(packed: distances[symbol])
        let extra = symbol < 4 ? 0 : symbol &>> 1 &- 1
        let rest = UInt64(truncatingIfNeeded: (distance &- 1) & (1 &<< extra &- 1))
        return Word(
            bits: word.bits | rest &<< UInt64(truncatingIfNeeded: word.count), count: word.count &+ extra)
    }
}
