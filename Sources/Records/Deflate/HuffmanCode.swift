// Code words for symbols by how often they occur (Huffman), none longer than allowed, in the order of RFC 1951.

/// The words of an alphabet of at most 288 symbols.
struct HuffmanCode {
    /// How many bits each symbol's word has; 0 for symbols that do not occur.
    private(set) var lengths = InlineArray<288, UInt8>(repeating: 0)
    /// The words, their first bit the lowest.
    private(set) var words = InlineArray<288, UInt16>(repeating: 0)

    /// The words for symbols that occur so often, `limit` bits at most.
    ///
    /// There are two words at least, even if fewer symbols occur, since some readers take no code with fewer.
    init(_ counts: Span<UInt32>, limit: Int) {
        var used: [(count: UInt32, symbol: Int)] = []
        used.reserveCapacity(counts.count)
        for symbol in counts.indices where counts[symbol] > 0 { used.append((counts[symbol], symbol)) }
        for symbol in counts.indices where used.count < 2 && counts[symbol] == 0 { used.append((1, symbol)) }
        used.sort { $0 < $1 }

        var symbolsOfLength = Self.symbolsOfLength(used.map(\.count), limit: limit)
        var length = limit
        for (_, symbol) in used {
            while symbolsOfLength[length] == 0 { length -= 1 }
            symbolsOfLength[length] -= 1
            lengths[symbol] = UInt8(truncatingIfNeeded: length)
        }
        assignWords()
    }

    /// The words of the lengths that are given.
    init(lengths given: Span<UInt8>) {
        for symbol in given.indices { lengths[symbol] = given[symbol] }
        assignWords()
    }

    /// How many bits the words of all symbols take together.
    func bits(_ counts: Span<UInt32>) -> Int {
        counts.indices.reduce(0) { $0 + Int(counts[$1]) * Int(lengths[$1]) }
    }

    /// The number of symbols up to the last that has a word, at least `minimum`.
    func used(minimum: Int) -> Int {
        var count = lengths.count
        while count > minimum && lengths[count - 1] == 0 { count -= 1 }
        return count
    }

    /// How many words there are of each length, for ascending counts of symbols.
    private static func symbolsOfLength(_ counts: [UInt32], limit: Int) -> [Int] {
        // The two rarest nodes are joined until one is left; joined ones come about in ascending order, so that the
        // rarest is the first of the symbols left or of the joined ones left.
        let leaves = counts.count
        var weights = counts.map(Int.init)
        var parents = [Int](repeating: 0, count: 2 * leaves - 1)
        var nextLeaf = 0
        var nextJoined = leaves
        func rarest(_ weights: [Int]) -> Int {
            let isLeaf =
                nextLeaf < leaves && (nextJoined >= weights.count || weights[nextLeaf] <= weights[nextJoined])
            defer { if isLeaf { nextLeaf += 1 } else { nextJoined += 1 } }
            return isLeaf ? nextLeaf : nextJoined
        }
        for _ in 1..<leaves {
            let one = rarest(weights)
            let other = rarest(weights)
            parents[one] = weights.count
            parents[other] = weights.count
            weights.append(weights[one] + weights[other])
        }
        var depths = [Int](repeating: 0, count: parents.count)
        for node in stride(from: depths.count - 2, through: 0, by: -1) {
            depths[node] = depths[parents[node]] + 1
        }
        var result = [Int](repeating: 0, count: limit + 1)
        for leaf in 0..<leaves { result[min(depths[leaf], limit)] += 1 }
        shorten(&result, limit: limit)
        return result
    }

    /// Lengthens short words until there is room for those that were cut to the limit.
    private static func shorten(_ symbolsOfLength: inout [Int], limit: Int) {
        let room = 1 << limit
        var taken = (1...limit).reduce(0) { $0 + symbolsOfLength[$1] << (limit - $1) }
        while taken > room {
            // A word of the limit moves below a shorter one, which becomes longer by a bit.
            guard let shorter = (1..<limit).last(where: { symbolsOfLength[$0] > 0 }) else { return }
            symbolsOfLength[limit] -= 1
            symbolsOfLength[shorter] -= 1
            symbolsOfLength[shorter + 1] += 2
            taken -= 1
        }
    }

    /// Words in the order of their lengths, and then of their symbols (section 3.2.2).
    private mutating func assignWords() {
        var next = InlineArray<17, UInt16>(repeating: 0)
        for symbol in lengths.indices where lengths[symbol] > 0 { next[Int(lengths[symbol]) + 1] += 1 }
        // What counted the words of a length becomes the first word of the next.
        var word: UInt16 = 0
        for length in 1...15 {
            let count = next[length + 1]
            next[length] = word
            word = (word &+ count) &<< 1
        }
        for symbol in lengths.indices where lengths[symbol] > 0 {
            let length = Int(lengths[symbol])
            words[symbol] = UInt16(DeflateAlphabet.reversed(Int(next[length]), length))
            next[length] &+= 1
        }
    }
}
