// A Huffman code of a deflate block (RFC 1951, section 3.2.2).

/// A Huffman code: symbols from 0, each with a word of at most 15 bits or none.
struct DeflateCode {
    static let longestWord = 15

    /// How many words there are of each length.
    private var counts = InlineArray<16, Int>(repeating: 0)
    /// The symbols in the order of their words.
    private var symbols = InlineArray<320, UInt16>(repeating: 0)

    /// Makes the code whose words have these `lengths`; false if there cannot be such a code.
    ///
    /// - Parameter lengths: at most 320 of them, each at most 15; 0 where a symbol has no word.
    mutating func assign(_ lengths: Span<UInt8>) -> Bool {
        for length in 0...Self.longestWord { counts[length] = 0 }
        for symbol in lengths.indices { counts[Int(lengths[symbol])] += 1 }
        counts[0] = 0
        var places = InlineArray<17, Int>(repeating: 0)
        var room = 1
        for length in 1...Self.longestWord {
            places[length + 1] = places[length] + counts[length]
            room = room << 1 - counts[length]
            if room < 0 { return false }
        }
        for symbol in lengths.indices where lengths[symbol] > 0 {
            let length = Int(lengths[symbol])
            symbols[places[length]] = UInt16(truncatingIfNeeded: symbol)
            places[length] += 1
        }
        return true
    }

    /// The symbol of the word that `next` begins with, its first bit the lowest, by looking at bit after bit;
    /// nil if there is no such word.
    func symbol(_ next: UInt64) -> (symbol: Int, bits: Int)? {
        var next = next
        var word = 0
        var first = 0
        var index = 0
        for length in 1...Self.longestWord {
            word |= Int(truncatingIfNeeded: next & 1)
            next >>= 1
            let count = counts[length]
            if word - first < count { return (Int(symbols[index + word - first]), length) }
            index += count
            first = (first + count) << 1
            word <<= 1
        }
        return nil
    }

    /// The word of `symbol`, its first bit the lowest; nil if it has none.
    func word(of symbol: Int) -> (word: Int, bits: Int)? {
        var found: (Int, Int)?
        forEachWord(upTo: Self.longestWord) { if $0 == symbol { found = ($1, $2) } }
        return found
    }

    /// Calls `body` with every symbol and its word of at most `limit` bits, the word's first bit the lowest.
    func forEachWord(upTo limit: Int, _ body: (_ symbol: Int, _ word: Int, _ bits: Int) -> Void) {
        var word = 0
        var index = 0
        for length in 1...limit {
            for _ in 0..<counts[length] {
                body(Int(symbols[index]), DeflateAlphabet.reversed(word, length), length)
                word += 1
                index += 1
            }
            word <<= 1
        }
    }
}
