// The scanner of deflate streams, against zlib.

import Testing

@testable import Records

@Suite struct DeflateScannerTests {
    private func last(_ stream: [UInt8]) -> LastDeflateBlock? {
        stream.withUnsafeBytes { LastDeflateBlock(of: $0) }
    }

    @Test("The last block is where zlib sees it", arguments: Deflater.all)
    func lastBlock(deflater: Deflater) throws {
        for (name, bytes) in Content.all {
            let stream = deflater.deflate(bytes)
            let inflated = try #require(Inflated(stream))
            #expect(inflated.content == bytes)
            let last = last(stream)
            #expect(last?.start == inflated.lastStart, "\(name)")
            #expect(last?.end == inflated.lastEnd, "\(name)")
        }
    }

    @Test("Streams continued after their end, one after the other, are one stream", arguments: Deflater.all)
    func joined(deflater: Deflater) throws {
        var stream: [UInt8] = []
        var content: [UInt8] = []
        for (_, bytes) in Content.all {
            var piece = deflater.deflate(bytes)
            stream += try piece.withUnsafeMutableBytes { try DeflateBlock.continued($0) }
            content += bytes
        }
        #expect(Inflated(stream) == nil)
        let whole = try #require(Inflated(stream + [0x03, 0x00]))
        #expect(whole.content == content)
        #expect(whole.lastStart == stream.count * 8)
    }

    @Test("A stream that is cut off is none, unless the cut is in its last block")
    func cut() throws {
        for deflater in Deflater.all {
            let stream = deflater.deflate(Content.records(150) + Content.random(5_000))
            let start = try #require(Inflated(stream)).lastStart / 8
            for count in [0, 1, start / 3, start - 40, start - 1, start] where (0...start).contains(count) {
                #expect(last(Array(stream[..<count])) == nil)
            }
        }
    }

    @Test("Damaged streams do no harm: what is found lies within them")
    func damaged() {
        let streams = Deflater.all.map { $0.deflate(Content.records(40) + Content.random(100)) }
        for (number, stream) in streams.enumerated() {
            let places = Content.random(120, seed: UInt64(number) + 2)
            for trial in 0..<12 {
                var damaged = stream
                for change in 0..<(1 + trial % 3) {
                    let place = Int(places[3 * trial + change]) % min(stream.count, 1 + trial * 130)
                    damaged[place] ^= 1 << (places[119 - trial] % 8)
                }
                expectWithin(damaged)
                expectWithin(Array(damaged.prefix(trial * 70)))
            }
        }
    }

    @Test("Bytes that are no stream do no harm")
    func random() {
        for seed in 0..<300 as Range<UInt64> {
            let bytes = Content.random(Int(seed % 97), seed: seed * 77 + 1)
            expectWithin(bytes)
            // A last block with codes of its own, so that these are tried.
            expectWithin([0x05 | bytes.count.isMultiple(of: 2).bit] + bytes)
        }
        expectWithin([UInt8](repeating: 0, count: 1_000))
        expectWithin([UInt8](repeating: 0xFF, count: 1_000))
    }

    private func expectWithin(_ bytes: [UInt8]) {
        guard let last = last(bytes) else { return }
        #expect(last.start >= 0 && last.start < last.end && last.end <= bytes.count * 8)
    }
}

extension Bool {
    fileprivate var bit: UInt8 { self ? 1 : 0 }
}
