// The codes at the beginning of a block that brings its own (RFC 1951, section 3.2.7).

/// The lengths of a block's words, as they are written: in a code themselves, runs of the same in one.
struct DeflateCodeLengths {
    private let symbolCount: Int
    private let distanceCount: Int
    /// Symbols of the code of lengths, with what follows them.
    private var runs: [(symbol: Int, extra: Int, bits: Int)] = []
    private let code: HuffmanCode
    private let codeCount: Int
    /// How many bits all of this takes.
    let bits: Int

    /// The lengths of the words of both alphabets.
    init(symbols: HuffmanCode, distances: HuffmanCode) {
        symbolCount = symbols.used(minimum: 257)
        distanceCount = distances.used(minimum: 1)
        let lengths =
            (0..<symbolCount).map { symbols.lengths[$0] } + (0..<distanceCount).map { distances.lengths[$0] }
        runs = Self.runs(of: lengths)

        var counts = InlineArray<19, UInt32>(repeating: 0)
        for run in runs { counts[run.symbol] += 1 }
        let code = HuffmanCode(counts.span, limit: 7)
        self.code = code
        let last = DeflateAlphabet.codeLengthOrder.lastIndex { code.lengths[$0] > 0 } ?? 0
        codeCount = max(last + 1, 4)
        bits = 14 + 3 * codeCount + code.bits(counts.span) + runs.reduce(0) { $0 + $1.bits }
    }

    /// Runs of the same length: of zeros up to 138, of others three to six after the first.
    private static func runs(of lengths: [UInt8]) -> [(symbol: Int, extra: Int, bits: Int)] {
        var runs: [(symbol: Int, extra: Int, bits: Int)] = []
        var rest = lengths[...]
        while let length = rest.first {
            let count = rest.prefix { $0 == length }.count
            rest = rest.dropFirst(count)
            var left = count
            if length == 0 {
                while left >= 11 {
                    let run = min(left, 138)
                    runs.append((18, run - 11, 7))
                    left -= run
                }
                if left >= 3 {
                    runs.append((17, left - 3, 3))
                    left = 0
                }
            } else {
                runs.append((Int(length), 0, 0))
                left -= 1
                while left >= 3 {
                    let run = min(left, 6)
                    runs.append((16, run - 3, 2))
                    left -= run
                }
            }
            for _ in 0..<left { runs.append((Int(length), 0, 0)) }
        }
        return runs
    }

    /// Writes them.
    func write(to output: inout DeflateOutput) {
        output.put(
            UInt64(symbolCount - 257) | UInt64(distanceCount - 1) << 5 | UInt64(codeCount - 4) << 10, 14)
        output.flush()
        for symbol in DeflateAlphabet.codeLengthOrder.prefix(codeCount) {
            output.put(UInt64(code.lengths[symbol]), 3)
            output.flush()
        }
        for run in runs {
            output.put(UInt64(code.words[run.symbol]), Int(code.lengths[run.symbol]))
            output.put(UInt64(run.extra), run.bits)
            output.flush()
        }
    }
}
