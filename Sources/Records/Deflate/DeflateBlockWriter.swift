// Writes sequences as a block of a deflate stream (RFC 1951, section 3.2.3): with codes of its own, with the fixed ones,
// or as bytes as they are, whichever is shortest.

/// One block that is not the stream's last.
struct DeflateBlockWriter {
    private let text: UnsafeBufferPointer<UInt8>

    /// A block of `text`, which its sequences make up.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    /// The most bytes that blocks of `count` bytes together take, of which each but the last has at least `leastBlock`;
    /// with what ends a piece.
    static func bound(_ count: Int, leastBlock: Int) -> Int {
        let storedBlocks = count / longestStored + count / leastBlock + 2
        return count + 6 * (storedBlocks + 1)
    }

    /// How many bytes a block of bytes as they are can have.
    private static let longestStored = 65_535

    /// Writes the block.
    func write(_ sequences: borrowing DeflateSequences, to output: inout DeflateOutput) {
        var counts = sequences.counts
        counts.symbols[DeflateAlphabet.endOfBlock] = 1
        let own = Codes(
            symbols: HuffmanCode(counts.symbols.span, limit: 15),
            distances: HuffmanCode(counts.distances.span, limit: 15))
        let header = DeflateCodeLengths(symbols: own.symbols, distances: own.distances)
        let extraBits = Self.extraBits(counts)
        let ownBits = header.bits + own.bits(counts) + extraBits
        let fixedBits = Codes.fixed.bits(counts) + extraBits
        let storedBits = 8 * text.count + 40 * (text.count / Self.longestStored + 1)
        if storedBits < min(ownBits, fixedBits) {
            writeStored(to: &output)
        } else if fixedBits <= ownBits {
            output.put(1 << 1, 3)
            output.flush()
            write(sequences, in: .fixed, to: &output)
        } else {
            output.put(2 << 1, 3)
            output.flush()
            header.write(to: &output)
            write(sequences, in: own, to: &output)
        }
    }

    /// The codes of a block.
    private struct Codes {
        let symbols: HuffmanCode
        let distances: HuffmanCode

        /// Those of a block that does not bring its own (section 3.2.6).
        static let fixed: Codes = {
            var lengths = InlineArray<288, UInt8>(repeating: 8)
            for symbol in 144..<256 { lengths[symbol] = 9 }
            for symbol in 256..<280 { lengths[symbol] = 7 }
            let distances = InlineArray<30, UInt8>(repeating: 5)
            return Codes(
                symbols: HuffmanCode(lengths: lengths.span), distances: HuffmanCode(lengths: distances.span))
        }()

        /// How many bits the words of all symbols take.
        func bits(_ counts: DeflateSequences.Counts) -> Int {
            symbols.bits(counts.symbols.span) + distances.bits(counts.distances.span)
        }
    }

    /// How many bits follow the words of all symbols.
    private static func extraBits(_ counts: DeflateSequences.Counts) -> Int {
        var bits = 0
        for symbol in 257..<286 {
            bits += Int(counts.symbols[symbol]) * (DeflateAlphabet.extraBits(ofLength: symbol) ?? 0)
        }
        for symbol in counts.distances.indices {
            bits += Int(counts.distances[symbol]) * (DeflateAlphabet.extraBits(ofDistance: symbol) ?? 0)
        }
        return bits
    }

    private func writeStored(to output: inout DeflateOutput) {
        var rest = text[...]
        repeat {
            let part = rest.prefix(Self.longestStored)
            output.put(0, 3)
            output.alignToByte()
            output.put(UInt64(part.count) | UInt64(part.count ^ 0xFFFF) << 16, 32)
            output.flush()
            output.put(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: part)))
            rest = rest.dropFirst(part.count)
        } while !rest.isEmpty
    }

    /// The sequences in these codes, with the end of the block.
    private func write(
        _ sequences: borrowing DeflateSequences, in codes: Codes, to target: inout DeflateOutput
    ) {
        let words = SequenceWords(symbols: codes.symbols, distances: codes.distances)
        guard var place = text.baseAddress else { return }
        // In registers, for this is where the time goes.
        var output = target
        for index in 0..<sequences.count {
            let sequence = sequences[index]
            let literalsEnd = place + Int(sequence.literals)
            // Three words have 45 bits at most, which go with 7 that may be pending.
            while literalsEnd - place >= 3 {
                output.put(words.literal(place[0]))
                output.put(words.literal(place[1]))
                output.put(words.literal(place[2]))
                output.flush()
                place += 3
            }
            while place < literalsEnd {
                output.put(words.literal(place.pointee))
                place += 1
            }
            output.flush()
            if sequence.length > 0 {
                // Of a length 20 bits at most, and 28 of a distance.
                output.put(words.length(Int(sequence.length)))
                output.put(words.distance(Int(sequence.distance)))
                output.flush()
                place += Int(sequence.length)
            }
        }
        output.put(words.endOfBlock)
        output.flush()
        target = output
    }
}
