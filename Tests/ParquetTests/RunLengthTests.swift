import TestFiles
import Testing

@testable import Parquet

@Suite struct RunLengthTests {
    @Test(arguments: [
        // The example of bit packing in Encodings.md: 0 to 7 in three bits.
        ("03 88c6fa", 3, [0, 1, 2, 3, 4, 5, 6, 7]),
        ("0a 05", 3, [5, 5, 5, 5, 5]),
        // A run of nothing, a run of two bytes each, and a header of two bytes.
        ("00 00 04 03", 2, [3, 3]),
        ("04 3412", 13, [0x1234, 0x1234]),
        ("9001 01", 1, Array(repeating: 1, count: 72)),
        // A run of 32 bits: the sign bit too.
        ("02 ffffffff", 32, [-1]),
        // Numbers of no bits need no run.
        ("", 0, [0, 0, 0]),
        ("06", 0, [0, 0, 0]),
        // The last group is cut short by writers that do not fill it up.
        ("05 88c6fa 88", 3, [0, 1, 2, 3, 4, 5, 6, 7, 0, 1]),
    ])
    func runsAreDecodedAsTheSpecificationSays(hexadecimal: String, bitWidth: Int, expected: [Int]) throws {
        let page = bytes(hexadecimal)
        var decoder = try RunLengthDecoder(page, in: 0..<page.count, bitWidth: bitWidth)
        var values: [Int32] = []
        try decoder.decode(expected.count, appendingTo: &values)
        #expect(values == expected.map { Int32(truncatingIfNeeded: $0) })
    }

    @Test(arguments: 0...32) func indicesOfEveryWidthSurviveInPiecesOfAnySize(bitWidth: Int) throws {
        var random = SeededNumbers(seed: UInt64(bitWidth))
        for _ in 0..<12 {
            let indices = numbersInRuns(bitWidth: bitWidth, using: &random).map {
                Int32(truncatingIfNeeded: $0)
            }
            var page = random.bytes(3)
            RunLengthEncoder.encode(indices[...], bitWidth: bitWidth, appendingTo: &page)
            var decoder = try RunLengthDecoder(page, in: 3..<page.count, bitWidth: bitWidth)
            var values: [Int32] = []
            while values.count < indices.count {
                let count = min(Int.random(in: 1...90, using: &random), indices.count - values.count)
                if Bool.random(using: &random) {
                    try decoder.skip(count)
                    values += indices[values.count..<values.count + count]
                } else {
                    try decoder.decode(count, appendingTo: &values)
                }
            }
            #expect(values == indices)
        }
    }

    @Test(arguments: 0...8) func levelsOfEveryWidthSurviveInPiecesOfAnySize(bitWidth: Int) throws {
        var random = SeededNumbers(seed: UInt64(bitWidth))
        for _ in 0..<12 {
            let levels = numbersInRuns(bitWidth: bitWidth, using: &random).map { UInt8($0) }
            var page: [UInt8] = []
            RunLengthEncoder.encode(levels[...], bitWidth: bitWidth, appendingTo: &page)
            var decoder = try RunLengthDecoder(page, in: 0..<page.count, bitWidth: bitWidth)
            var values: [UInt8] = []
            while values.count < levels.count {
                let count = min(Int.random(in: 1...90, using: &random), levels.count - values.count)
                try decoder.decode(count, appendingTo: &values)
            }
            #expect(values == levels)
        }
    }

    @Test func eightEqualNumbersBecomeARunAndOthersArePacked() {
        var page: [UInt8] = []
        RunLengthEncoder.encode(
            [UInt8](0..<8)[...] + Array(repeating: 7, count: 9), bitWidth: 3, appendingTo: &page)
        #expect(page == bytes("03 88c6fa 12 07"))
    }

    @Test func aRunOfBillionsCostsNothingUntilItIsDecoded() throws {
        let page = bytes("feffffff0f 01")
        var decoder = try RunLengthDecoder(page, in: 0..<page.count, bitWidth: 1)
        try decoder.skip(2_147_483_646)
        var values: [Bool] = []
        try decoder.decode(1, appendingTo: &values)
        #expect(values == [true])
        #expect(throws: ParquetError.pageTooShort) { try decoder.decode(1, appendingTo: &values) }
    }

    @Test(arguments: [
        ("", 1, 1), ("03", 1, 1), ("02", 1, 1), ("04 01", 1, 3), ("05 88c6fa 88", 3, 11),
        ("00 00 00 00", 1, 1),
        ("ffffffffffffffffffff01", 1, 1), ("02 03", 1, 1), ("02 ff", 7, 1), ("80", 1, 1),
    ])
    func whatIsMissingOrImpossibleIsRefused(hexadecimal: String, bitWidth: Int, count: Int) throws {
        let page = bytes(hexadecimal)
        var decoder = try RunLengthDecoder(page, in: 0..<page.count, bitWidth: bitWidth)
        var values: [Int32] = []
        #expect(throws: ParquetError.self) { try decoder.decode(count, appendingTo: &values) }
        #expect(values.isEmpty)
    }

    @Test(arguments: [-1, 33, 255]) func widthsThatNumbersDoNotHaveAreRefused(bitWidth: Int) {
        #expect(throws: ParquetError.self) { try RunLengthDecoder([], in: 0..<0, bitWidth: bitWidth) }
    }

    @Test func indicesBeyondTheDictionaryAreRefused() throws {
        let page = bytes("03 03 88c6fa")
        var decoder = try DictionaryIndexDecoder(bytes: page, in: 0..<page.count, dictionaryCount: 8)
        var indices: [Int32] = []
        try decoder.decode(8, appendingTo: &indices)
        #expect(indices == [0, 1, 2, 3, 4, 5, 6, 7])
        decoder = try DictionaryIndexDecoder(bytes: page, in: 0..<page.count, dictionaryCount: 7)
        #expect(throws: ParquetError.self) { try decoder.decode(8, appendingTo: &indices) }
        let negative = bytes("20 02 ffffffff")
        decoder = try DictionaryIndexDecoder(bytes: negative, in: 0..<6, dictionaryCount: .max >> 32)
        #expect(throws: ParquetError.self) { try decoder.decode(1, appendingTo: &indices) }
        #expect(throws: ParquetError.self) {
            try DictionaryIndexDecoder(bytes: [33, 2, 0], in: 0..<3, dictionaryCount: 1)
        }
        // No values, no bytes; but no values without bytes either.
        decoder = try DictionaryIndexDecoder(bytes: [], in: 0..<0, dictionaryCount: 1)
        try decoder.decode(0, appendingTo: &indices)
        #expect(throws: ParquetError.pageTooShort) { try decoder.decode(1, appendingTo: &indices) }
        decoder = try DictionaryIndexDecoder(bytes: [0], in: 0..<1, dictionaryCount: 0)
        #expect(throws: ParquetError.self) { try decoder.decode(1, appendingTo: &indices) }
    }

    @Test func widthsAreTheBitsOfTheMaximum() {
        #expect(
            [0, 1, 2, 3, 4, 7, 8, 255, 256].map { BitWidth.of(maximum: $0) } == [0, 1, 2, 2, 3, 3, 4, 8, 9])
    }

    /// Up to 300 numbers, alone and in runs of up to 40.
    private func numbersInRuns(bitWidth: Int, using random: inout SeededNumbers) -> [UInt32] {
        var numbers: [UInt32] = []
        let count = Int.random(in: 0...300, using: &random)
        while numbers.count < count {
            let number = UInt32(truncatingIfNeeded: random.next() & BitUnpacking.mask(bitWidth))
            let run = Bool.random(using: &random) ? 1 : Int.random(in: 2...40, using: &random)
            numbers += repeatElement(number, count: min(run, count - numbers.count))
        }
        return numbers
    }
}
