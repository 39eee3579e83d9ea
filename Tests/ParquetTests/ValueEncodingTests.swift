import Languages
import TestFiles
import Testing

@testable import Parquet

@Suite struct ValueEncodingTests {
    static let types = PhysicalType.allCases
    static let encodings: [Encoding] = [
        .plain, .rle, .deltaBinaryPacked, .deltaLengthByteArray, .deltaByteArray, .byteStreamSplit,
    ]

    @Test(arguments: types, encodings)
    func valuesSurviveInPiecesOfAnySize(type: PhysicalType, encoding: Encoding) throws {
        let leaf = leaf(type)
        guard ValueEncoder.canEncode(type, as: encoding) else {
            #expect(throws: ParquetError.self) {
                try ValueDecoder(encoding, leaf: leaf, bytes: [0, 0, 0, 0], in: 0..<4, valueCount: 1)
            }
            return
        }
        var random = SeededNumbers(seed: 7)
        for count in [0, 1, 2, 31, 32, 33, 128, 129, 130, 300] {
            let values = randomValues(leaf, count, using: &random)
            var page: [UInt8] = [1, 2, 3]
            try ValueEncoder.encode(values, 0..<count, as: encoding, appendingTo: &page)
            let end = page.count
            page += [4, 5, 6]
            var decoder = try ValueDecoder(encoding, leaf: leaf, bytes: page, in: 3..<end, valueCount: count)
            var decoded = PhysicalValues(noneOf: leaf)
            while decoded.count < count {
                let piece = min(Int.random(in: 1...70, using: &random), count - decoded.count)
                try decoder.decode(piece, appendingTo: &decoded)
            }
            #expect(decoded == values)
        }
    }

    @Test(arguments: types, encodings)
    func partsOfTheValuesAreEncodedAndWhatIsCutIsRefused(type: PhysicalType, encoding: Encoding) throws {
        guard ValueEncoder.canEncode(type, as: encoding) else { return }
        let leaf = leaf(type)
        var random = SeededNumbers(seed: 11)
        let values = randomValues(leaf, 60, using: &random)
        var page: [UInt8] = []
        try ValueEncoder.encode(values, 20..<53, as: encoding, appendingTo: &page)
        var whole = PhysicalValues(noneOf: leaf)
        var decoder = try ValueDecoder(encoding, leaf: leaf, bytes: page, in: 0..<page.count, valueCount: 33)
        try decoder.decode(33, appendingTo: &whole)
        var parts = PhysicalValues(noneOf: leaf)
        var plain: [UInt8] = []
        PlainEncoder.encode(values, 20..<53, appendingTo: &plain)
        var plainDecoder = try ValueDecoder(
            .plain, leaf: leaf, bytes: plain, in: 0..<plain.count, valueCount: 33)
        try plainDecoder.decode(33, appendingTo: &parts)
        #expect(whole == parts)
        for end in 0..<page.count {
            #expect(throws: ParquetError.self) {
                var decoder = try ValueDecoder(encoding, leaf: leaf, bytes: page, in: 0..<end, valueCount: 33)
                var decoded = PhysicalValues(noneOf: leaf)
                // What only fills up may be cut off.
                try decoder.decode(33, appendingTo: &decoded)
                if decoded == whole { throw ParquetError(.truncated) }
            }
        }
    }

    @Test func deltasAreAsInTheSpecification() throws {
        // Encodings.md, examples 1 and 2 of DELTA_BINARY_PACKED.
        let table: [([Int32], String)] = [
            ([1, 2, 3, 4, 5], "8001 04 05 02 02 00000000"),
            ([7, 5, 3, 1, 2, 3, 4, 5], "8001 04 08 0e 03 02000000 c03f000000000000"),
        ]
        for (values, page) in table {
            var output: [UInt8] = []
            try ValueEncoder.encode(
                .int32(values), 0..<values.count, as: .deltaBinaryPacked, appendingTo: &output)
            #expect(output == bytes(page))
        }
    }

    @Test func differencesWrapAtTheEndsOfTheType() throws {
        let small: [Int32] = [.min, .max, -1, .max, .min, 0, .min]
        let large: [Int64] = [.min, .max, -1, .max, .min, 0, .min]
        for values in [PhysicalValues.int32(small), .int64(large)] {
            var page: [UInt8] = []
            try ValueEncoder.encode(values, 0..<7, as: .deltaBinaryPacked, appendingTo: &page)
            let leaf = leaf(values == .int32(small) ? .int32 : .int64)
            var decoder = try ValueDecoder(
                .deltaBinaryPacked, leaf: leaf, bytes: page, in: 0..<page.count, valueCount: 7)
            var decoded = PhysicalValues(noneOf: leaf)
            try decoder.decode(7, appendingTo: &decoded)
            #expect(decoded == values)
        }
    }

    @Test func aFewBytesThatRepeatALongValueWithoutEndAreRefused() throws {
        // 100,000 values, each of which repeats all of the first, 64 KB long.
        var page: [UInt8] = []
        let long = Int32(65_536)
        let count = 100_000
        DeltaEncoder.encode(([0] + Array(repeating: long, count: count - 1))[...], appendingTo: &page)
        DeltaEncoder.encode(([long] + Array(repeating: 0, count: count - 1))[...], appendingTo: &page)
        page += Array(repeating: 97, count: Int(long))
        let leaf = leaf(.byteArray)
        var decoder = try ValueDecoder(
            .deltaByteArray, leaf: leaf, bytes: page, in: 0..<page.count, valueCount: count)
        var values = PhysicalValues(noneOf: leaf)
        try decoder.decode(100, appendingTo: &values)
        #expect(values.count == 100)
        let error = #expect(throws: ParquetError.self) {
            try decoder.decode(count - 100, appendingTo: &values)
        }
        guard case .tooLarge? = error?.problem else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
    }

    @Test func aByteStreamOfFewerValuesThanEntriesIsReadAsItIs() throws {
        // Two floats among five entries, three of them null.
        let leaf = leaf(.float)
        let page = bytes("0000 0000 8000 3f40")
        var decoder = try ValueDecoder(.byteStreamSplit, leaf: leaf, bytes: page, in: 0..<8, valueCount: 5)
        var values = PhysicalValues(noneOf: leaf)
        try decoder.decode(2, appendingTo: &values)
        #expect(values == .float([1, 2]))
        #expect(throws: ParquetError.self) {
            try ValueDecoder(.byteStreamSplit, leaf: leaf, bytes: page, in: 0..<7, valueCount: 5)
        }
        #expect(throws: ParquetError.self) {
            try ValueDecoder(.byteStreamSplit, leaf: leaf, bytes: page, in: 0..<8, valueCount: 1)
        }
    }

    @Test func valuesOfNoBytesAreCounted() throws {
        var leaf = leaf(.fixedLengthByteArray)
        leaf.length = 0
        for encoding in [Encoding.plain, .byteStreamSplit] {
            var decoder = try ValueDecoder(encoding, leaf: leaf, bytes: [], in: 0..<0, valueCount: 1_000_000)
            var values = PhysicalValues(noneOf: leaf)
            try decoder.decode(1_000_000, appendingTo: &values)
            #expect(values.count == 1_000_000)
        }
    }

    @Test func encodingsThatAreNotReadSaySo() {
        #expect(throws: ParquetError.unsupported(Text("the encoding ALP"))) {
            try ValueDecoder(.alp, leaf: leaf(.double), bytes: [], in: 0..<0, valueCount: 0)
        }
    }

    @Test(arguments: types, encodings) func bytesOfAnyKindDoNoHarm(type: PhysicalType, encoding: Encoding) {
        guard ValueEncoder.canEncode(type, as: encoding) else { return }
        let leaf = leaf(type)
        var random = SeededNumbers(seed: 13)
        let good = (0..<4).map { _ -> [UInt8] in
            var page: [UInt8] = []
            let values = randomValues(leaf, 100, using: &random)
            try? ValueEncoder.encode(values, 0..<100, as: encoding, appendingTo: &page)
            return page
        }
        for round in 0..<400 {
            // Noise, and pages with a few bytes changed.
            var page = random.bytes(Int.random(in: 0...80, using: &random))
            if round % 2 == 0, let start = good.randomElement(using: &random) {
                page = start
                for _ in 0..<3 {
                    page[Int.random(in: 0..<min(20, page.count), using: &random)] = UInt8.random(
                        in: 0...255, using: &random)
                }
            }
            var values = PhysicalValues(noneOf: leaf)
            var decoder = try? ValueDecoder(
                encoding, leaf: leaf, bytes: page, in: 0..<page.count, valueCount: 2_000_000_000)
            for count in [1, 7, 100, 1_000] where decoder != nil {
                let before = values.count
                do {
                    try decoder?.decode(count, appendingTo: &values)
                    #expect(values.count == before + count)
                } catch {
                    decoder = nil
                }
            }
        }
    }

    // MARK: - Values

    private func leaf(_ type: PhysicalType) -> LeafColumn {
        LeafColumn(
            index: 0, path: ["a"], physicalType: type, length: type == .fixedLengthByteArray ? 5 : 0,
            logicalType: nil, maximumDefinitionLevel: 1, maximumRepetitionLevel: 0)
    }

    /// Values of which neighbours are alike, so that differences and prefixes occur.
    private func randomValues(
        _ leaf: LeafColumn, _ count: Int, using random: inout SeededNumbers
    ) -> PhysicalValues {
        let bits = UInt64.random(in: 0...63, using: &random)
        let numbers = (0..<count).map { _ in Int64(bitPattern: random.next()) >> bits }
        switch leaf.physicalType {
        case .boolean: return .boolean(numbers.map { $0 & 6 == 0 })
        case .int32: return .int32(numbers.map { Int32(truncatingIfNeeded: $0) })
        case .int64: return .int64(numbers)
        case .float: return .float(numbers.map { Float($0) })
        case .double: return .double(numbers.map { Double($0) })
        case .byteArray:
            var arrays = ByteArrays()
            for number in numbers {
                arrays.append(Array("http://\(number >> 8)/\(number)".utf8.suffix(Int(bits))))
            }
            return .byteArray(arrays)
        case .int96, .fixedLengthByteArray:
            var arrays = FixedByteArrays(width: leaf.width ?? 0)
            for number in numbers {
                arrays.append((0..<arrays.width).map { UInt8(truncatingIfNeeded: number >> ($0 * 4)) })
            }
            return .fixed(arrays)
        }
    }
}
