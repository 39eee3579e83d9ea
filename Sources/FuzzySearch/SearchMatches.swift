// What a search has found, the best first.

/// The texts that a query finds.
public struct SearchMatches: Sendable, Equatable {
    /// What was searched for.
    public let query: SearchQuery
    /// The numbers of the texts, the best match first; among equals the shorter text, and then the earlier.
    public let items: [UInt32]
    /// How many of the index's texts have been looked at, from the first on.
    public let searched: Int
    /// How good each match is, in the order of `items`: the higher the better.
    let ranks: [UInt32]

    /// Nothing, before any text was looked at.
    public init(none query: SearchQuery) {
        self.init(query, Found(), searched: 0)
    }

    init(_ query: SearchQuery, _ found: Found, searched: Int) {
        self.query = query
        self.searched = searched
        (items, ranks) = found.ranked()
    }

    /// What is found, in any order.
    struct Found: Sendable {
        var items: [UInt32] = []
        var ranks: [UInt32] = []

        mutating func append(_ item: Int, score: Int32, length: Int) {
            items.append(UInt32(item))
            ranks.append(Self.rank(score: score, length: length))
        }

        mutating func append(_ other: Found) {
            items += other.items
            ranks += other.ranks
        }

        /// The bits of the length in a rank, and those of the score above them.
        private static let lengthBits = 7
        private static let scoreBits = 10

        /// Higher for a higher score, and among equals for a shorter text.
        private static func rank(score: Int32, length: Int) -> UInt32 {
            let most = (1 << scoreBits) - 1
            let longest = (1 << lengthBits) - 1
            return UInt32(min(max(0, Int(score)), most) << lengthBits | (longest - min(length, longest)))
        }

        /// The highest rank first; equals stay in their order.
        ///
        /// Counts how often each rank occurs instead of comparing,
        /// because that takes a tenth of the time for a million.
        func ranked() -> (items: [UInt32], ranks: [UInt32]) {
            if items.count < 1_000 {
                let order = items.indices.sorted { (ranks[$1], items[$0]) < (ranks[$0], items[$1]) }
                return (order.map { items[$0] }, order.map { ranks[$0] })
            }
            let (least, most) = (ranks.min() ?? 0, ranks.max() ?? 0)
            var places = [UInt32](repeating: 0, count: Int(most - least) + 2)
            for rank in ranks { places[Int(most - rank) + 1] += 1 }
            for place in 1..<places.count { places[place] += places[place - 1] }
            var sortedItems = [UInt32](repeating: 0, count: items.count)
            var sortedRanks = sortedItems
            for index in items.indices {
                let bucket = Int(most - ranks[index])
                let place = Int(places[bucket])
                places[bucket] += 1
                sortedItems[place] = items[index]
                sortedRanks[place] = ranks[index]
            }
            return (sortedItems, sortedRanks)
        }
    }
}
