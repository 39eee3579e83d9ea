// What JSON becomes in columns of every type.

import Parquet
import Testing

@testable import Records

@Suite struct LeafConversionTests {
    private func value(
        _ json: String, _ type: PhysicalType, _ logical: LogicalType?, length: Int = 0
    ) throws -> String? {
        let field = SchemaNode("x", .required, .column(type, length: length), logicalType: logical)
        let shredder = ColumnShredder(try Schema(fields: [field]), unknownFields: .fail)
        let block = shredder.shred(LineBlock([#"{"x":\#(json)}"#]))
        return block.columns.first.map { String($0.summary.dropLast(2)) }
    }

    @Test(
        "Values that fit are kept exactly, others refused",
        arguments: [
            (.boolean, nil, "true", "true"), (.boolean, nil, "1", nil), (.boolean, nil, #""true""#, nil),
            (.int32, nil, "-2147483648", "-2147483648"), (.int32, nil, "2147483648", nil),
            (.int32, nil, "1.5", nil),
            (.int32, .integer(bitWidth: 8, isSigned: true), "-128", "-128"),
            (.int32, .integer(bitWidth: 8, isSigned: true), "128", nil),
            (.int32, .integer(bitWidth: 16, isSigned: false), "65535", "65535"),
            (.int32, .integer(bitWidth: 16, isSigned: false), "-1", nil),
            (.int32, .integer(bitWidth: 32, isSigned: false), "4294967295", "-1"),
            (.int64, .integer(bitWidth: 64, isSigned: false), "18446744073709551615", "-1"),
            (.int64, .integer(bitWidth: 64, isSigned: false), "18446744073709551616", nil),
            (.int64, .integer(bitWidth: 64, isSigned: false), "-1", nil), (.float, nil, "0.1", "0.1"),
            (.float, nil, "1e39", nil), (.float, nil, #""NaN""#, "nan"),
            (.double, nil, #""-Infinity""#, "-inf"),
            (.double, nil, #""1""#, nil),
        ] as [(PhysicalType, LogicalType?, String, String?)])
    func numbers(type: PhysicalType, logical: LogicalType?, json: String, expected: String?) throws {
        #expect(try value(json, type, logical) == expected)
    }

    @Test(
        "Decimals are exact or refused",
        arguments: [
            ("1.25", "125"), (#""-1.25""#, "-125"), ("1.2", "120"), ("1.250", "125"), ("1.255", nil),
            ("-0", "0"),
            ("9999999.99", "999999999"), ("10000000", nil), ("1e2", "10000"), ("125e-2", "125"),
            ("1e-3", nil),
            (#""""#, nil), (#"".""#, nil), (#""1.2.3""#, nil), (#""abc""#, nil), ("0e-99", "0"),
            ("1e999999999", nil),
            (#""1e""#, nil), ("true", nil),
        ])
    func decimals(json: String, expected: String?) throws {
        #expect(try value(json, .int32, .decimal(precision: 9, scale: 2)) == expected)
        #expect(try value(json, .int64, .decimal(precision: 9, scale: 2)) == expected)
    }

    @Test("Decimals in bytes are two's complements, the highest byte first")
    func decimalBytes() throws {
        let type = LogicalType.decimal(precision: 20, scale: 0)
        for (number, bytes) in [
            ("0", "0 0 0 0 0 0 0 0 0"), ("-1", "ff ff ff ff ff ff ff ff ff"), ("256", "0 0 0 0 0 0 0 1 0"),
            ("99999999999999999999", "5 6b c7 5e 2d 63 f ff ff"), ("-128", "ff ff ff ff ff ff ff ff 80"),
        ] {
            #expect(try value(number, .fixedLengthByteArray, type, length: 9) == bytes)
        }
        #expect(try value("128", .fixedLengthByteArray, type, length: 1) == nil)
        #expect(try value("-128", .fixedLengthByteArray, type, length: 1) == "80")
        #expect(try value("4276545", .byteArray, type) == "AAA")
    }

    @Test(
        "Dates and times are read as ISO 8601 writes them",
        arguments: [
            (.int32, .date, "1970-01-02", "1"), (.int32, .date, "1969-12-31", "-1"),
            (.int32, .date, "2024-02-29", "19782"),
            (.int32, .date, "2023-02-29", nil), (.int32, .date, "2023-13-01", nil),
            (.int32, .date, "0001-01-01", "-719162"),
            (.int32, .date, "-0001-01-01", "-719893"), (.int32, .date, "2023-1-1", nil),
            (.int32, .date, "2023-01-01T00:00", nil),
            (.int32, .time(.milliseconds, isAdjustedToUTC: true), "00:00:01.5Z", "1500"),
            (.int32, .time(.milliseconds, isAdjustedToUTC: true), "00:00:01.0005", nil),
            (.int64, .time(.microseconds, isAdjustedToUTC: false), "23:59:59.999999", "86399999999"),
            (.int64, .time(.nanoseconds, isAdjustedToUTC: false), "24:00:00", nil),
            (.int64, .timestamp(.milliseconds, isAdjustedToUTC: true), "1970-01-01T00:00:01.234Z", "1234"),
            (.int64, .timestamp(.milliseconds, isAdjustedToUTC: true), "1970-01-01T01:00:00+01:00", "0"),
            (.int64, .timestamp(.milliseconds, isAdjustedToUTC: true), "1969-12-31T23:59:59.999", "-1"),
            (.int64, .timestamp(.milliseconds, isAdjustedToUTC: true), "1970-01-01T00:00:00.0001Z", nil),
            (
                .int64, .timestamp(.milliseconds, isAdjustedToUTC: true), "1970-01-01T00:00:00.1000000000Z",
                "100"
            ),
            (.int64, .timestamp(.microseconds, isAdjustedToUTC: false), "1970-01-01 00:00:00.000001", "1"),
            (.int64, .timestamp(.microseconds, isAdjustedToUTC: false), "1970-01-01T00:00:00+01:00", nil),
            (
                .int64, .timestamp(.nanoseconds, isAdjustedToUTC: true), "1677-09-21T00:12:43.145224192Z",
                "-9223372036854775808"
            ),
            (.int64, .timestamp(.nanoseconds, isAdjustedToUTC: true), "1677-09-21T00:12:43.145224191Z", nil),
            (
                .int64, .timestamp(.nanoseconds, isAdjustedToUTC: true), "2262-04-11T23:47:16.854775807Z",
                "9223372036854775807"
            ),
            (.int64, .timestamp(.nanoseconds, isAdjustedToUTC: true), "2262-04-11T23:47:16.854775808Z", nil),
            (.int64, .timestamp(.milliseconds, isAdjustedToUTC: true), "yesterday", nil),
            (.int64, .timestamp(.milliseconds, isAdjustedToUTC: true), "", nil),
            (.int96, nil, "1970-01-02T00:00:00.000000001Z", "1 0 0 0 0 0 0 0 8d 3d 25 0"),
        ] as [(PhysicalType, LogicalType?, String, String?)])
    func times(type: PhysicalType, logical: LogicalType?, text: String, expected: String?) throws {
        #expect(try value("\"\(text)\"", type, logical) == expected)
    }

    @Test("Bytes are base64, UUIDs hexadecimal, and FLOAT16 two bytes")
    func bytes() throws {
        #expect(try value(#""QUJD""#, .byteArray, nil) == "ABC")
        #expect(try value(#""QUI=""#, .byteArray, .bson) == "AB")
        #expect(try value(#""QQ==""#, .byteArray, nil) == "A")
        #expect(try value(#""""#, .byteArray, nil) == "")
        for text in ["QUI", "QUJ=", "QQ=", "Q===", "=", "QU!D", "QR=="] {
            #expect(try value("\"\(text)\"", .byteArray, nil) == nil, "\(text)")
        }
        #expect(try value(#""Q\u0055JD""#, .fixedLengthByteArray, nil, length: 3) == "41 42 43")
        #expect(try value(#""QUI=""#, .fixedLengthByteArray, nil, length: 3) == nil)
        let uuid = "f81d4fae-7dec-11d0-a765-00A0c91e6bf6"
        #expect(
            try value("\"\(uuid)\"", .fixedLengthByteArray, .uuid, length: 16)
                == "f8 1d 4f ae 7d ec 11 d0 a7 65 0 a0 c9 1e 6b f6")
        #expect(try value("\"\(uuid)0\"", .fixedLengthByteArray, .uuid, length: 16) == nil)
        #expect(try value("\"\(uuid.dropLast())-\"", .fixedLengthByteArray, .uuid, length: 16) == nil)
        for (text, bytes) in [
            ("P1M2DT3.004S", "1 0 0 0 2 0 0 0 bc b 0 0"), ("P2D", "0 0 0 0 2 0 0 0 0 0 0 0"),
            ("PT0S", "0 0 0 0 0 0 0 0 0 0 0 0"), ("P4294967295M", "ff ff ff ff 0 0 0 0 0 0 0 0"),
            ("P4294967296M", nil), ("P", nil), ("PT", nil), ("P1", nil), ("P1Y", nil), ("P1DT1.0001S", nil),
        ] {
            #expect(
                try value("\"\(text)\"", .fixedLengthByteArray, .interval, length: 12) == bytes, "\(text)")
        }
        #expect(try value("1.5", .fixedLengthByteArray, .float16, length: 2) == "0 3e")
        #expect(try value("65520", .fixedLengthByteArray, .float16, length: 2) == nil)
    }
}
