import Languages
import TestFiles
import Testing

@testable import Parquet

@Suite struct CodecTests {
    private static let text = Array("web events, web events, web events, and something else".utf8)

    @Test(arguments: PageCompressor.codecs) func pagesSurviveEveryCodec(codec: CompressionCodec) throws {
        var random = SeededNumbers(seed: 3)
        let compressor = try PageCompressor(codec)
        let decompressor = PageDecompressor()
        var pages = [[], [7], Self.text, Array(repeating: 0, count: 100_000)]
        pages += [1, 100, 70_000].map { random.bytes($0) }
        for page in pages {
            var output: [UInt8] = [1, 2, 3]
            try compressor.compress(page, appendingTo: &output)
            #expect(output.prefix(3) == [1, 2, 3])
            #expect(try decompressor.decompress(output[3...], codec: codec, size: page.count) == page)
        }
    }

    @Test(arguments: PageCompressor.codecs)
    func aPageOfAnotherSizeThanStatedIsRefused(codec: CompressionCodec) throws {
        let decompressor = PageDecompressor()
        for page in [Self.text, Array(repeating: 97, count: 70_000)] {
            var output: [UInt8] = []
            try PageCompressor(codec).compress(page, appendingTo: &output)
            for size in [-1, 0, 1, page.count - 1, page.count + 1, page.count * 2] {
                #expect(throws: ParquetError.self) {
                    try decompressor.decompress(output[...], codec: codec, size: size)
                }
            }
        }
    }

    @Test(arguments: PageCompressor.codecs) func aPageThatIsCutIsRefused(codec: CompressionCodec) throws {
        let decompressor = PageDecompressor()
        var output: [UInt8] = []
        try PageCompressor(codec).compress(Self.text, appendingTo: &output)
        for end in 0..<output.count {
            #expect(throws: ParquetError.self) {
                try decompressor.decompress(output[..<end], codec: codec, size: Self.text.count)
            }
        }
    }

    @Test(arguments: CompressionCodec.allCases) func bytesOfAnyKindDoNoHarm(codec: CompressionCodec) {
        let decompressor = PageDecompressor()
        var random = SeededNumbers(seed: 5)
        for _ in 0..<500 {
            let page = random.bytes(Int.random(in: 0...60, using: &random))
            let size = Int.random(in: 0...200, using: &random)
            if let result = try? decompressor.decompress(page[...], codec: codec, size: size) {
                #expect(result.count == size)
            }
        }
    }

    @Test func gzipMayHaveSeveralMembersOrBeZlib() throws {
        let decompressor = PageDecompressor()
        let compressor = try PageCompressor(.gzip)
        var members: [UInt8] = []
        try compressor.compress(Self.text, appendingTo: &members)
        let first = members.count
        try compressor.compress([], appendingTo: &members)
        try compressor.compress([1, 2, 3], appendingTo: &members)
        let count = Self.text.count
        #expect(
            try decompressor.decompress(members[...], codec: .gzip, size: count + 3) == Self.text + [1, 2, 3])
        // The first alone has the right size for whoever overlooks the others.
        #expect(throws: ParquetError.self) {
            try decompressor.decompress(members[...], codec: .gzip, size: count)
        }
        #expect(throws: ParquetError.self) {
            try decompressor.decompress(members[..<first] + [9], codec: .gzip, size: count)
        }
        // "hello" of zlib.
        let zlib = bytes("789c cb48cdc9c907 00 062c0215")
        #expect(try decompressor.decompress(zlib[...], codec: .gzip, size: 5) == Array("hello".utf8))
    }

    @Test func lz4MayBeInFramesOfHadoopOrBare() throws {
        let decompressor = PageDecompressor()
        let compressor = try PageCompressor(.lz4Raw)
        let text = Self.text
        func block(_ page: ArraySlice<UInt8>) throws -> [UInt8] {
            var output: [UInt8] = []
            try compressor.compress(Array(page), appendingTo: &output)
            return output
        }
        func number(_ count: Int) -> [UInt8] { [0, 0, UInt8(count >> 8), UInt8(count & 255)] }
        func decompress(_ page: [UInt8]) throws -> [UInt8] {
            try decompressor.decompress(page[...], codec: .lz4, size: text.count)
        }
        let whole = try block(text[...])
        let parts = try [block(text[..<20]), block(text[20...])]
        #expect(try decompress(whole) == text)
        #expect(try decompress(number(text.count) + number(whole.count) + whole) == text)
        // Two frames, and one frame of two blocks.
        let frames = zip(parts, [20, text.count - 20]).flatMap { number($1) + number($0.count) + $0 }
        #expect(try decompress(frames) == text)
        let blocks = parts.flatMap { number($0.count) + $0 }
        #expect(try decompress(number(text.count) + blocks) == text)
        #expect(throws: ParquetError.self) { try decompress(number(text.count + 1) + blocks) }
        #expect(throws: ParquetError.self) { try decompress(number(text.count) + blocks.dropLast()) }
    }

    @Test func snappyThatClaimsGigabytesIsRefusedUnread() {
        #expect(throws: ParquetError.self) {
            try PageDecompressor().decompress(bytes("ffffffff0f 00")[...], codec: .snappy, size: 10)
        }
    }

    @Test func codecsAndLevelsThatDoNotExistAreRefused() {
        #expect(throws: ParquetError.unsupported(Text("the codec LZO"))) {
            try PageDecompressor().decompress([1], codec: .lzo, size: 1)
        }
        for codec in [CompressionCodec.lzo, .lz4] {
            #expect(throws: ParquetError.self) { try PageCompressor(codec) }
        }
        for (codec, level) in [
            (CompressionCodec.gzip, 13), (.zstd, 23), (.brotli, 12), (.snappy, 1), (.gzip, -1),
        ] {
            #expect(throws: ParquetError.self) { try PageCompressor(codec, level: level) }
        }
    }

    @Test func checksumsAreThoseOfGzip() {
        // The check value of CRC-32/ISO-HDLC.
        let digits = Array("123456789".utf8)
        #expect(PageChecksum.crc32(digits[...]) == 0xCBF4_3926)
        #expect(PageChecksum.crc32(digits[..<4], digits[4..<4], digits[4...]) == 0xCBF4_3926)
        #expect(PageChecksum.crc32() == 0)
    }
}
