// What every type of value becomes in JSON.

import Parquet
import TestFiles
import Testing

@testable import Records

@Suite struct RecordValuesTests {
    /// The values of a column as JSON, as values, and the same out of a dictionary.
    private func json(
        _ values: PhysicalValues, _ type: PhysicalType, _ logicalType: LogicalType? = nil
    ) throws -> [String] {
        var length = 0
        if case .fixed(let arrays) = values, type == .fixedLengthByteArray { length = arrays.width }
        let field = SchemaNode.column("v", type, logicalType, length: length)
        func texts(of column: ColumnValues) throws -> [String] {
            try records([field], [column], rowCount: values.count).map {
                String($0.dropFirst(#"{"v":"#.count).dropLast())
            }
        }
        let plain = try texts(of: Columns.required(values))
        let indices = Array((0..<Int32(values.count)).reversed())
        let inDictionary = try texts(
            of: ColumnValues(
                entryCount: values.count, definitionLevels: [], repetitionLevels: [],
                content: .dictionary(indices: indices, values)))
        #expect(Array(inDictionary.reversed()) == plain)
        return plain
    }

    @Test("Booleans and whole numbers")
    func integers() throws {
        #expect(try json(.boolean([true, false]), .boolean) == ["true", "false"])
        let all32: [Int32] = [0, 7, -1, 10, 99, 100, 1_234, -12_345, .max, .min]
        #expect(try json(.int32(all32), .int32) == all32.map(String.init))
        #expect(
            try json(.int32([-1, 5]), .int32, .integer(bitWidth: 32, isSigned: false)) == ["4294967295", "5"])
        var all64: [Int64] = [.max, .min]
        var power: Int64 = 1
        for _ in 0..<19 {
            all64 += [power, power - 1, power + 1, -power]
            power = power.multipliedReportingOverflow(by: 10).partialValue
        }
        #expect(try json(.int64(all64), .int64) == all64.map(String.init))
        #expect(
            try json(.int64([-1, .min]), .int64, .integer(bitWidth: 64, isSigned: false))
                == ["18446744073709551615", "9223372036854775808"])
    }

    /// Doubles, and what they are as JSON; nil for what the standard library makes of them.
    private static let doubles: [(Double, String?)] = [
        (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-2.5, "-2.5"), (0.1, "0.1"), (149.23, "149.23"),
        (0.1 + 0.2, nil), (48.140312345, "48.140312345"), (0.047037, "0.047037"),
        (999_999_999.999, "999999999.999"), (1e9, nil), (123_456_789.123456, nil), (0.0005, "0.0005"),
        (1e-7, nil), (1e15, nil), (1e16, nil), (1e300, nil), (.pi, nil), (.leastNonzeroMagnitude, nil),
        (.greatestFiniteMagnitude, nil), (9_007_199_254_740_992, nil), (.nan, "null"), (.infinity, "null"),
        (-.infinity, "null"),
    ]

    @Test("Doubles are the shortest numbers that are read as the same")
    func doubles() throws {
        for (value, expected) in Self.doubles {
            #expect(try json(.double([value]), .double) == [expected ?? value.description])
        }
    }

    @Test("Random doubles and floats are as short as the standard library has them")
    func randomDoubles() throws {
        var generator = SeededNumbers(seed: 7)
        var doubles: [Double] = []
        var floats: [Float] = []
        for _ in 0..<1_000 {
            let scales: [Double] = [1, 10, 100, 1e3, 1e4, 1e6, 1e9]
            let scale = scales.randomElement(using: &generator) ?? 1
            doubles.append((Double.random(in: -1e6...1e6, using: &generator) * scale).rounded() / scale)
            floats.append(Float(doubles[doubles.count - 1] / 1e3))
            doubles.append(Double.random(in: -1e12...1e12, using: &generator))
        }
        #expect(try json(.double(doubles), .double).map(Double.init) == doubles)
        #expect(try json(.double(doubles), .double).map(\.count) == doubles.map(\.description.count))
        #expect(try json(.float(floats), .float).map(Float.init) == floats)
        #expect(try json(.float(floats), .float).map(\.count) == floats.map(\.description.count))
    }

    @Test("Floats are as short as floats can be")
    func floats() throws {
        let values: [Float] = [
            0, 0.1, 1.5, -999.999, 16_777_216, 3.4e38, .leastNonzeroMagnitude, .nan, .infinity,
        ]
        #expect(
            try json(.float(values), .float) == [
                "0.0", "0.1", "1.5", "-999.999", "16777216.0", "3.4e+38", "1e-45", "null", "null",
            ])
        let halves = Columns.fixed([
            [0x00, 0x3C], [0x00, 0xC0], [0xFF, 0x7B], [0x66, 0x2E], [0x00, 0x7E], [0, 0x7C],
        ])
        #expect(
            try json(halves, .fixedLengthByteArray, .float16) == [
                "1.0", "-2.0", "65504.0", "0.099975586", "null", "null",
            ])
    }

    @Test("Decimals have all their digits")
    func decimals() throws {
        func decimal(_ scale: Int32) -> LogicalType { .decimal(precision: 38, scale: scale) }
        #expect(
            try json(.int32([0, 1, -1, 12_345, .min]), .int32, decimal(2))
                == ["0.00", "0.01", "-0.01", "123.45", "-21474836.48"])
        #expect(
            try json(.int64([.min, 5]), .int64, decimal(18)) == [
                "-9.223372036854775808", "0.000000000000000005",
            ])
        #expect(
            try json(.int64([.min, 5]), .int64, decimal(20)) == [
                "-0.09223372036854775808", "0.00000000000000000005",
            ])
        #expect(try json(.int64([-12, 0]), .int64, decimal(0)) == ["-12", "0"])
        #expect(try json(.int64([-12, 0]), .int64, decimal(-3)) == ["-12000", "0"])
        // 10³⁸ - 1, its negative, -1, 0, and 2⁶⁴.
        let nines: [UInt8] = [
            0x4B, 0x3B, 0x4C, 0xA8, 0x5A, 0x86, 0xC4, 0x7A, 0x09, 0x8A, 0x22, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF,
        ]
        let negative = nines.dropLast().map { ~$0 } + [0x01]
        let wide = Columns.fixed([
            nines, negative, [UInt8](repeating: 0xFF, count: 16), [UInt8](repeating: 0, count: 16),
            [0, 0, 0, 0, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 8),
        ])
        let digits = String(repeating: "9", count: 38)
        #expect(
            try json(wide, .fixedLengthByteArray, decimal(10)) == [
                "9999999999999999999999999999.9999999999", "-9999999999999999999999999999.9999999999",
                "-0.0000000001", "0.0000000000", "1844674407.3709551616",
            ])
        #expect(try json(wide, .fixedLengthByteArray, decimal(0)).first == digits)
        #expect(try json(wide, .fixedLengthByteArray, decimal(-2)).first == digits + "00")
        let short = Columns.texts([[0xFF], [0x7F, 0xFF], [], [0x80]])
        #expect(try json(short, .byteArray, decimal(1)) == ["-0.1", "3276.7", "0.0", "-12.8"])
        // -2⁸¹⁹¹, of which the last digits are known and the number of digits is.
        let huge = try json(
            Columns.texts([[0x80] + [UInt8](repeating: 0, count: 1_023)]), .byteArray, decimal(0))[0]
        #expect(huge.count == 1 + 2_466 && huge.hasPrefix("-5453") && huge.hasSuffix("6448"))
    }

    @Test("Absurd decimals are refused")
    func absurdDecimals() {
        let wide = Columns.texts([[UInt8](repeating: 1, count: 1_025)])
        #expect(throws: ParquetError.self) {
            try json(wide, .byteArray, .decimal(precision: 9, scale: 0))
        }
        #expect(throws: ParquetError.self) {
            try json(.int32([1]), .int32, .decimal(precision: 9, scale: .max))
        }
        #expect(throws: ParquetError.self) {
            try json(.int32([1]), .int32, .decimal(precision: 9, scale: .min))
        }
    }

    @Test("Dates, near and far")
    func dates() throws {
        let days: [Int32] = [0, 0, -1, 19_844, 11_016, -719_528, -719_529, 2_932_896, 2_932_897, .max, .min]
        #expect(
            try json(.int32(days), .int32, .date)
                == [
                    "1970-01-01", "1970-01-01", "1969-12-31", "2024-05-01", "2000-02-29", "0000-01-01",
                    "-0001-12-31",
                    "9999-12-31", "+10000-01-01", "+5881580-07-11", "-5877641-06-23",
                ].map { "\"\($0)\"" })
    }

    @Test("Times and timestamps have the digits of their unit")
    func times() throws {
        func timestamps(
            _ values: [Int64], _ unit: LogicalType.TimeUnit, _ isUTC: Bool = true
        ) throws -> [String] {
            try json(.int64(values), .int64, .timestamp(unit, isAdjustedToUTC: isUTC))
        }
        #expect(
            try timestamps([1_714_566_896_789, -1, 0, .max, .min], .milliseconds) == [
                #""2024-05-01T12:34:56.789Z""#, #""1969-12-31T23:59:59.999Z""#,
                #""1970-01-01T00:00:00.000Z""#,
                #""+292278994-08-17T07:12:55.807Z""#, #""-292275055-05-16T16:47:04.192Z""#,
            ])
        #expect(
            try timestamps([1_714_566_896_789_012, -1], .microseconds, false) == [
                #""2024-05-01T12:34:56.789012""#, #""1969-12-31T23:59:59.999999""#,
            ])
        #expect(
            try timestamps([1_714_566_896_789_012_345, .max, .min], .nanoseconds) == [
                #""2024-05-01T12:34:56.789012345Z""#, #""2262-04-11T23:47:16.854775807Z""#,
                #""1677-09-21T00:12:43.145224192Z""#,
            ])
        #expect(
            try json(
                .int32([45_296_789, 0, -1, 86_400_000]), .int32, .time(.milliseconds, isAdjustedToUTC: true))
                == [
                    #""12:34:56.789""#, #""00:00:00.000""#, #""-00:00:00.001""#, #""24:00:00.000""#,
                ])
        #expect(
            try json(
                .int64([86_399_999_999, 360_000_000_000]), .int64,
                .time(.microseconds, isAdjustedToUTC: false))
                == [#""23:59:59.999999""#, #""100:00:00.000000""#])
        #expect(
            try json(.int64([1]), .int64, .time(.nanoseconds, isAdjustedToUTC: true)) == [
                #""00:00:00.000000001""#
            ])
    }

    @Test("INT96 is a timestamp; intervals are durations")
    func oldTimes() throws {
        func int96(_ nanoseconds: Int64, _ julianDay: Int32) -> [UInt8] {
            withUnsafeBytes(of: nanoseconds.littleEndian, Array.init)
                + withUnsafeBytes(of: julianDay.littleEndian, Array.init)
        }
        let values = Columns.fixed([
            int96(45_296_789_012_345, 2_460_432), int96(0, 2_440_588), int96(-1, 2_440_588),
            int96(-32_454_347_096_064, -105_862_232),
        ])
        #expect(
            try json(values, .int96).prefix(3) == [
                #""2024-05-01T12:34:56.789012345Z""#, #""1970-01-01T00:00:00.000000000Z""#,
                #""1969-12-31T23:59:59.999999999Z""#,
            ])
        #expect(try json(values, .int96)[3].hasPrefix(#""+290000-12-3"#))
        let intervals = Columns.fixed([
            [3, 0, 0, 0, 5, 0, 0, 0, 100, 0, 0, 0], [UInt8](repeating: 0, count: 12),
            [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], [UInt8](repeating: 0xFF, count: 12),
        ])
        #expect(
            try json(intervals, .fixedLengthByteArray, .interval) == [
                #""P3M5DT0.1S""#, #""PT0S""#, #""P1D""#, #""P4294967295M4294967295DT4294967.295S""#,
            ])
    }

    @Test("Texts are escaped as little as JSON allows")
    func texts() throws {
        let texts = [
            "", "a", "seven77", "eight888", "nine99999", "\"", "back\\slash",
            "a\nb\tc\rd\u{8}\u{C}\u{1}\u{1F}\u{7F}",
            "日本語とemoji 😀 und Größe", "1234567\"", "12345678\"9",
            "long " + String(repeating: "é\"", count: 5_000),
        ]
        let expected = texts.map { "\"" + Self.escaped($0) + "\"" }
        for type in [LogicalType.string, .enumeration, .json] {
            #expect(try json(Columns.texts(texts.map { Array($0.utf8) }), .byteArray, type) == expected)
        }
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            case "\r": "\\r"
            case "\u{8}": "\\b"
            case "\u{C}": "\\f"
            case "\u{1}": "\\u0001"
            case "\u{1F}": "\\u001f"
            default: String(scalar)
            }
        }.joined()
    }

    @Test("What is not UTF-8 is replaced, as Swift's strings do")
    func invalidTexts() throws {
        var generator = SeededNumbers(seed: 7)
        let bytes: [UInt8] = [
            0x41, 0x42, 0x80, 0xBF, 0xC0, 0xC3, 0xA9, 0xE0, 0xED, 0xA0, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0xF4,
            0x90, 0xFF,
        ]
        let texts = (0..<500).map { length in
            (0..<length % 24).map { _ in bytes.randomElement(using: &generator) ?? 0 }
        }
        #expect(
            try json(Columns.texts(texts), .byteArray, .string)
                == texts.map { "\"" + String(decoding: $0, as: UTF8.self) + "\"" })
    }

    @Test("Bytes are base64")
    func bytes() throws {
        let arrays: [[UInt8]] = [[], [0x66], Array("fo".utf8), Array("foo".utf8), [0xFF, 0xFE, 0xFD, 0xFC]]
        let expected = [#""""#, #""Zg==""#, #""Zm8=""#, #""Zm9v""#, #""//79/A==""#]
        for type in [nil, LogicalType.bson, .geometry(crs: nil), .variant(specificationVersion: 1)] {
            #expect(try json(Columns.texts(arrays), .byteArray, type) == expected)
        }
        #expect(
            try json(Columns.fixed([[1, 2, 3], [4, 5, 6]]), .fixedLengthByteArray) == [
                #""AQID""#, #""BAUG""#,
            ])
        let uuid = Columns.fixed([Array(0x00...0x0F).map { $0 * 0x11 }])
        #expect(
            try json(uuid, .fixedLengthByteArray, .uuid) == [#""00112233-4455-6677-8899-aabbccddeeff""#])
    }

    @Test("A logical type that does not go with the physical one says nothing")
    func mismatches() throws {
        #expect(try json(.int32([1]), .int32, .string) == ["1"])
        #expect(try json(.int64([1]), .int64, .date) == ["1"])
        #expect(try json(.double([1]), .double, .timestamp(.milliseconds, isAdjustedToUTC: true)) == ["1.0"])
        #expect(try json(Columns.fixed([[1, 2]]), .fixedLengthByteArray, .uuid) == [#""AQI=""#])
    }
}
