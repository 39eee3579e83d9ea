// How far to go in a deflate block by its next bits: the hot loop's table.

/// For each pattern of the next bits, where literals or lengths are expected and where a distance is: how many
/// bits the next symbols take.
///
/// Which symbols they are is not kept. So one step can pass over two, and no step needs a decision.
struct DeflateSteps {
    /// The longest words that the table knows; longer ones are rare.
    static let wordBits = 12

    /// What comes next.
    enum Expected {
        static let symbol: UInt16 = 0
        static let distance: UInt16 = 1 << 12
    }

    /// One step.
    struct Step {
        // Bits 0 to 5: how many bits to pass over. Bits 6 to 9: how many of them are words. Bit 12: what is
        // expected then. Bit 14: whether it is a literal. Bit 15: whether the table does not tell.
        fileprivate var packed: UInt16

        /// How many bits to pass over.
        var bits: Int { Int(packed & 0x3F) }
        /// What comes after them.
        var expected: UInt16 { packed & Expected.distance }
        /// Whether the table does not tell: a long word, the end of a block, or nothing that may be there.
        var isUnknown: Bool { packed & Self.unknown.packed != 0 }

        fileprivate var wordBits: Int { Int(packed >> 6 & 0xF) }
        fileprivate var isLiteral: Bool { packed & Self.literal != 0 }
        fileprivate static let literal: UInt16 = 1 << 14
        fileprivate static let unknown = Step(packed: 1 << 15)

        fileprivate init(packed: UInt16) {
            self.packed = packed
        }

        fileprivate init(_ bits: Int, words: Int, then expected: UInt16, literal: Bool = false) {
            packed = UInt16(truncatingIfNeeded: bits | words << 6) | expected | (literal ? Self.literal : 0)
        }
    }

    private var table = InlineArray<8_192, UInt16>(repeating: 0)
    private static let half = 1 << wordBits

    /// The step where `next` are the next bits, the first of them the lowest.
    subscript(next: UInt64, expected: UInt16) -> Step {
        Step(packed: table[Int(truncatingIfNeeded: next) & (Self.half - 1) | Int(expected)])
    }

    /// Makes the steps of a block with these codes.
    mutating func assign(symbols: DeflateCode, distances: DeflateCode) {
        for index in table.indices { table[index] = Step.unknown.packed }
        symbols.forEachWord(upTo: Self.wordBits) { symbol, word, bits in
            let step: Step
            if symbol < DeflateAlphabet.endOfBlock {
                step = Step(bits, words: bits, then: Expected.symbol, literal: true)
            } else if let extra = DeflateAlphabet.extraBits(ofLength: symbol) {
                step = Step(bits + extra, words: bits, then: Expected.distance)
            } else {
                return
            }
            for index in stride(from: word, to: Self.half, by: 1 << bits) { table[index] = step.packed }
        }
        distances.forEachWord(upTo: Self.wordBits) { symbol, word, bits in
            guard let extra = DeflateAlphabet.extraBits(ofDistance: symbol) else { return }
            let step = Step(bits + extra, words: bits, then: Expected.symbol)
            for index in stride(from: Self.half + word, to: 2 * Self.half, by: 1 << bits) {
                table[index] = step.packed
            }
        }
        joinLiterals()
    }

    /// Makes one step of a literal and the symbol after it, where the words of both are in the pattern.
    private mutating func joinLiterals() {
        // Downwards, since what comes after is found further down, and must not have been joined yet.
        for index in stride(from: Self.half - 1, through: 0, by: -1) {
            let first = Step(packed: table[index])
            guard first.isLiteral else { continue }
            let second = Step(packed: table[index >> first.bits])
            let words = first.bits + second.wordBits
            guard !second.isUnknown, words <= Self.wordBits else { continue }
            table[index] = Step(first.bits + second.bits, words: words, then: second.expected).packed
        }
    }
}
