import Testing

@testable import Parquet

@Suite struct LevelTests {
    @Test func levelsOfVersion1StandBehindTheirLength() throws {
        let page = bytes("ff 02000000 0a 01 ee")
        var position = 1
        var decoder = try LevelDecoder(
            encoding: .rle, bytes: page, at: &position, limit: page.count, maximumLevel: 1, entryCount: 5)
        #expect(position == 7)
        var levels: [UInt8] = []
        try decoder.decode(2, appendingTo: &levels)
        try decoder.decode(3, appendingTo: &levels)
        #expect(levels == [1, 1, 1, 1, 1])
        #expect(throws: ParquetError.pageTooShort) { try decoder.decode(1, appendingTo: &levels) }
    }

    @Test func levelsOfOldWritersHaveTheHighestBitFirst() throws {
        // The example of BIT_PACKED in Encodings.md: 0 to 7 in three bits.
        let page = bytes("053977 00")
        var position = 0
        var decoder = try LevelDecoder(
            encoding: .bitPacked, bytes: page, at: &position, limit: 4, maximumLevel: 7, entryCount: 8)
        #expect(position == 3)
        var levels: [UInt8] = []
        try decoder.decode(3, appendingTo: &levels)
        try decoder.decode(5, appendingTo: &levels)
        #expect(levels == [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(throws: ParquetError.pageTooShort) { try decoder.decode(1, appendingTo: &levels) }
    }

    @Test(arguments: [Encoding.rle, .bitPacked]) func levelsThatCanOnlyBe0AreNotStored(
        encoding: Encoding
    ) throws {
        var position = 2
        var decoder = try LevelDecoder(
            encoding: encoding, bytes: [1, 2, 3], at: &position, limit: 3, maximumLevel: 0, entryCount: 3)
        #expect(position == 2)
        var levels: [UInt8] = []
        try decoder.decode(3, appendingTo: &levels)
        #expect(levels == [0, 0, 0])
    }

    @Test func aLevelAboveTheMaximumIsRefused() throws {
        let page = bytes("03 e4e4")
        var levels: [UInt8] = []
        var decoder = try LevelDecoder(version2: page, in: 0..<3, maximumLevel: 3)
        try decoder.decode(8, appendingTo: &levels)
        #expect(levels == [0, 1, 2, 3, 0, 1, 2, 3])
        decoder = try LevelDecoder(version2: page, in: 0..<3, maximumLevel: 2)
        #expect(throws: ParquetError.self) { try decoder.decode(8, appendingTo: &levels) }
    }

    @Test(arguments: [
        ("", Encoding.rle), ("0000", .rle), ("05000000 0a01", .rle), ("ffffffff 0a01", .rle),
        ("05", .bitPacked),
        ("02000000 0a01", .plain),
    ])
    func levelsThatAreNotThereAreRefused(hexadecimal: String, encoding: Encoding) {
        let page = bytes(hexadecimal)
        var position = 0
        #expect(throws: ParquetError.self) {
            try LevelDecoder(
                encoding: encoding, bytes: page, at: &position, limit: page.count, maximumLevel: 7,
                entryCount: 2_000_000_000)
        }
    }
}
