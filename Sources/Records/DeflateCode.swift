// A Huffman code of a deflate block (RFC 1951, section 3.2.2), read for the lengths of what it encodes alone.

/// A Huffman code, as a table by the next bits of the stream.
///
/// It serves to pass over symbols: what they stand for is not kept, but for the end of a block.
struct DeflateCode {
    /// What to do with the bits at hand.
    struct Entry {
        /// Bits 0 to 5: how many bits to pass over, those after the code words included. Bits 8 to 11: how
        /// many of them are code words. Bits 14 and 15: what follows.
        fileprivate(set) var packed: UInt16

        fileprivate static let literal: UInt16 = 0x8000
        fileprivate static let special: UInt16 = 0x4000

        /// How many bits to pass over: 0 if the table does not tell.
        var bits: Int { Int(packed & 0x3F) }
        /// Whether the code words are of literals only, so that another code word follows.
        var isLiteral: Bool { packed & Self.literal != 0 }
        /// Whether it is the end of a block, or the table does not tell.
        var isSpecial: Bool { packed & Self.special != 0 }

        fileprivate var codeBits: Int { Int(packed >> 8 & 0xF) }

        fileprivate init(_ bits: Int, codeBits: Int, flags: UInt16) {
            packed = UInt16(truncatingIfNeeded: bits | codeBits << 8) | flags
        }

        fileprivate init(packed: UInt16) {
            self.packed = packed
        }
    }

    /// Which alphabet the code is of.
    enum Alphabet {
        case codeLengths, literalsAndLengths, distances
    }

    /// The longest code word that the table knows; longer ones are rare.
    static let tableBits = 11
    static let longestCodeWord = 15

    private var table = InlineArray<2_048, UInt16>(repeating: 0)
    private var counts = InlineArray<16, UInt16>(repeating: 0)
    /// The symbols in the order of their code words.
    private var symbols = InlineArray<320, UInt16>(repeating: 0)
    private let alphabet: Alphabet

    /// A code without words.
    init(_ alphabet: Alphabet) {
        self.alphabet = alphabet
    }

    /// What the next bits of a stream are, the first of them the lowest.
    func entry(_ next: UInt64) -> Entry {
        Entry(packed: table[Int(truncatingIfNeeded: next) & (1 << Self.tableBits - 1)])
    }

    /// The symbol of the code word that the next bits begin with, by looking at bit after bit; nil if there is
    /// no such word.
    func symbol(_ next: UInt64) -> (symbol: Int, bits: Int)? {
        var next = next
        var word = 0
        var first = 0
        var index = 0
        for length in 1...Self.longestCodeWord {
            word |= Int(next & 1)
            next >>= 1
            let count = Int(counts[length])
            if word - first < count { return (Int(symbols[index + word - first]), length) }
            index += count
            first = (first + count) << 1
            word <<= 1
        }
        return nil
    }

    /// Makes the code whose words have these `lengths`, at most 320 of them, each at most 15; 0 where a symbol
    /// has no word. False if there cannot be such a code.
    mutating func assign(_ lengths: Span<UInt8>) -> Bool {
        for length in 0..<16 { counts[length] = 0 }
        for index in lengths.indices { counts[Int(lengths[index])] += 1 }
        counts[0] = 0
        var places = InlineArray<17, Int>(repeating: 0)
        var words = InlineArray<17, Int>(repeating: 0)
        for length in 1...Self.longestCodeWord {
            places[length + 1] = places[length] + Int(counts[length])
            words[length + 1] = (words[length] + Int(counts[length])) << 1
            if words[length] + Int(counts[length]) > 1 << length { return false }
        }
        let unknown = Entry(0, codeBits: 0, flags: Entry.special).packed
        for index in table.indices { table[index] = unknown }
        for symbol in lengths.indices {
            let length = Int(lengths[symbol])
            guard length > 0 else { continue }
            symbols[places[length]] = UInt16(truncatingIfNeeded: symbol)
            places[length] += 1
            let word = words[length]
            words[length] += 1
            guard length <= Self.tableBits, let entry = entry(of: symbol, length) else { continue }
            let reversed = Int(UInt16(truncatingIfNeeded: word).bitReversed) >> (16 - length)
            for index in stride(from: reversed, to: table.count, by: 1 << length) {
                table[index] = entry.packed
            }
        }
        if alphabet == .literalsAndLengths { joinLiterals() }
        return true
    }

    /// Lets a literal's entry also tell of the code word after it, where that is within the table's bits.
    private mutating func joinLiterals() {
        // Downwards, since an entry is joined with one further up, which must not have been joined yet.
        for index in stride(from: table.count - 1, through: 0, by: -1) {
            let first = Entry(packed: table[index])
            guard first.isLiteral else { continue }
            let second = Entry(packed: table[index >> first.bits])
            guard !second.isSpecial, first.bits + second.codeBits <= Self.tableBits else { continue }
            table[index] =
                Entry(
                    first.bits + second.bits, codeBits: first.bits + second.codeBits,
                    flags: second.isLiteral ? Entry.literal : 0
                ).packed
        }
    }

    private func entry(of symbol: Int, _ length: Int) -> Entry? {
        switch alphabet {
        case .codeLengths:
            return nil
        case .distances:
            guard let extra = Self.extraBits(ofDistance: symbol) else { return nil }
            return Entry(length + extra, codeBits: length, flags: 0)
        case .literalsAndLengths:
            if symbol < 256 { return Entry(length, codeBits: length, flags: Entry.literal) }
            if symbol == 256 { return Entry(length, codeBits: length, flags: Entry.special) }
            guard let extra = Self.extraBits(ofLength: symbol) else { return nil }
            return Entry(length + extra, codeBits: length, flags: 0)
        }
    }

    /// How many bits follow the code word of the length `symbol` (RFC 1951, section 3.2.5); nil if there is no
    /// such length.
    static func extraBits(ofLength symbol: Int) -> Int? {
        switch symbol {
        case 257..<265, 285: 0
        case 265..<285: (symbol - 261) >> 2
        default: nil
        }
    }

    /// How many bits follow the code word of the distance `symbol` (RFC 1951, section 3.2.5); nil if there is
    /// no such distance.
    static func extraBits(ofDistance symbol: Int) -> Int? {
        switch symbol {
        case 0..<4: 0
        case 4..<30: symbol / 2 - 1
        default: nil
        }
    }
}

extension UInt16 {
    /// The same bits in the opposite order.
    fileprivate var bitReversed: UInt16 {
        var bits = self
        bits = (bits & 0x5555) << 1 | (bits & 0xAAAA) >> 1
        bits = (bits & 0x3333) << 2 | (bits & 0xCCCC) >> 2
        bits = (bits & 0x0F0F) << 4 | (bits & 0xF0F0) >> 4
        return bits.byteSwapped
    }
}
