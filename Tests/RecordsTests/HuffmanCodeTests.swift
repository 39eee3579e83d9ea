// Code words by how often symbols occur: that they are words of one code, short where they should be.

import Testing

@testable import Records

@Suite struct HuffmanCodeTests {
    /// How much room all words take of that of the longest there may be.
    private func room(_ code: HuffmanCode) -> Int {
        code.lengths.indices.reduce(0) { $0 + (code.lengths[$1] > 0 ? 1 << (15 - Int(code.lengths[$1])) : 0) }
    }

    private func code(_ counts: [UInt32], limit: Int = 15) -> HuffmanCode {
        HuffmanCode(counts.span, limit: limit)
    }

    @Test("The words fill a code that a reader takes, and none is the beginning of another")
    func whole() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            let bytes = Content.random(2 + Int(seed) * 4, seed: seed)
            let counts = bytes.map { $0 < 60 ? 0 : UInt32($0) << UInt32($0 % 17) }
            for limit in [7, 9, 15] where counts.count <= 1 << limit {
                let code = code(counts, limit: limit)
                #expect(room(code) == 1 << 15)
                for symbol in counts.indices {
                    #expect(Int(code.lengths[symbol]) <= limit)
                    if counts[symbol] > 0 { #expect(code.lengths[symbol] > 0) }
                }
                var reader = DeflateCode()
                var lengths: [UInt8] = counts.indices.map { code.lengths[$0] }
                lengths += [0]
                let isCode = reader.assign(lengths.span)
                #expect(isCode)
                for symbol in counts.indices where code.lengths[symbol] > 0 {
                    let read = try #require(reader.symbol(UInt64(code.words[symbol])))
                    #expect(read == (symbol, Int(code.lengths[symbol])))
                }
            }
        }
    }

    @Test("Symbols that occur more often have words that are no longer")
    func order() {
        let counts: [UInt32] = [1, 1_000, 31, 30, 2, 0, 500]
        let lengths = counts.indices.map { code(counts).lengths[$0] }
        #expect(lengths == [5, 1, 3, 4, 5, 0, 2])
    }

    @Test("Counts that would make words too long make words of the limit")
    func limited() {
        var counts: [UInt32] = [1, 1]
        while counts.count < 40 { counts.append(counts[counts.count - 1] &+ counts[counts.count - 2]) }
        let code = code(counts)
        #expect(counts.indices.map { code.lengths[$0] }.max() == 15)
        #expect(room(code) == 1 << 15)
    }

    @Test("There are two words at least", arguments: [[0, 0, 0], [0, 9, 0], [7, 0, 0]] as [[UInt32]])
    func two(counts: [UInt32]) {
        let code = code(counts)
        #expect(counts.indices.filter { code.lengths[$0] == 1 }.count == 2)
    }
}
