// Random schemas and records, the same for the same seed.

import Parquet
import TestFiles

extension SeededNumbers {
    /// True once in `count` times.
    mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    /// A value of a field.
    ///
    /// - Parameter variety: how many different numbers, texts and so on there are.
    mutating func value(of node: SchemaNode, variety: Int = 1000) -> TestValue {
        switch node.repetition {
        case .required: return content(of: node, variety: variety)
        case .optional: return oneIn(4) ? .null : content(of: node, variety: variety)
        case .repeated:
            let count = oneIn(3) ? 0 : Int.random(in: 1...3, using: &self)
            let values = (0..<count).map { _ in content(of: node, variety: variety) }
            return .list(node.name == "key_value" ? withoutRepeatedKeys(values) : values)
        }
    }

    /// The entries of a map, which has each key once.
    private func withoutRepeatedKeys(_ entries: [TestValue]) -> [TestValue] {
        var keys: Set<TestValue?> = []
        return entries.filter { entry in
            if case .group(let fields) = entry { keys.insert(fields.first).inserted } else { true }
        }
    }

    private mutating func content(of node: SchemaNode, variety: Int) -> TestValue {
        guard case .column(let type, let length) = node.kind else {
            return .group(node.children.map { value(of: $0, variety: variety) })
        }
        let choice = Int64.random(in: 0..<Int64(variety), using: &self)
        switch (type, node.logicalType) {
        case (.boolean, _): return .boolean(choice & 1 == 1)
        case (.int32, .integer(8, let isSigned)):
            return .integer(choice * 7 % 256 - (isSigned ? 128 : 0))
        case (.int32, .integer(16, let isSigned)):
            return .integer(choice * 777 % 65_536 - (isSigned ? 32_768 : 0))
        case (.int32, .time): return .integer(choice * 86_399 % 86_400_000)
        case (.int64, .time(.microseconds, _)): return .integer(choice * 86_399_777 % 86_400_000_000)
        case (.int64, .time): return .integer(choice * 86_399_777_001 % 86_400_000_000_000)
        case (.int32, .date): return .integer(choice * 31 - 10_000)
        case (.int32, .decimal), (.int64, .decimal): return .integer((choice - 300) * 991)
        case (.int32, _):
            return .integer(Int64(Int32(truncatingIfNeeded: choice &* 2_654_435_761)))
        case (.int64, .timestamp(.nanoseconds, _)): return .integer((choice - 500) * 86_400_123_456_789)
        case (.int64, .timestamp): return .integer((choice - 500) * 86_400_123)
        case (.int64, _): return .integer(choice &* -7_046_029_254_386_353_131)
        case (.float, _), (.double, _): return .number(number(choice))
        case (.int96, _):
            let nanoseconds = (0..<8).map { UInt8(truncatingIfNeeded: (choice * 86_399_000) >> (8 * $0)) }
            let day = (0..<4).map { UInt8(truncatingIfNeeded: (2_440_588 + choice) >> (8 * $0)) }
            return .bytes(nanoseconds + day)
        case (.byteArray, .decimal), (.fixedLengthByteArray, .decimal):
            let number = Int64(choice - 400) * 123_456_789
            let count = type == .byteArray ? Int.random(in: 6...9, using: &self) : length
            return .bytes(
                (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> min(8 * $0, 63)) })
        case (.fixedLengthByteArray, .float16):
            return .bytes([UInt8(choice & 0xff), UInt8(choice >> 3 & 0x7b)])
        case (.fixedLengthByteArray, .interval):
            return .bytes([UInt8(choice & 7), 0, 0, 0, UInt8(choice >> 3 & 15), 0, 0, 0, 9, 1, 0, 0])
        case (.fixedLengthByteArray, _):
            return .bytes((0..<length).map { UInt8(truncatingIfNeeded: choice * 131 >> ($0 & 7)) })
        case (.byteArray, .json): return .bytes(Array(#"{"n": \#(choice)}"#.utf8))
        case (.byteArray, .string), (.byteArray, .enumeration): return .bytes(Array(text(choice).utf8))
        case (.byteArray, _): return .bytes((0..<choice % 40).map { UInt8(truncatingIfNeeded: $0 * choice) })
        }
    }

    private func number(_ choice: Int64) -> Double {
        switch choice {
        case 0: -0.0
        case 1: 0
        case 2: .infinity
        case 3: -.infinity
        case 4: .nan
        default: Double(choice - 200) * 0.37
        }
    }

    private func text(_ choice: Int64) -> String {
        switch choice % 10 {
        case 0: ""
        case 1: "naïve façade \(choice)"
        case 2: "日本語のテキスト\(choice)"
        case 3: "🦉\(choice)"
        case 4: String(repeating: "long ", count: 30) + "\(choice)"
        case 5: String(repeating: "長い", count: 30) + "\(choice)"
        default: "value \(choice)"
        }
    }

    /// A schema with one to six fields, nested at most `depth` deep.
    mutating func schema(depth: Int = 3) throws -> Schema {
        try Schema(fields: fields(1...6, depth: depth))
    }

    private mutating func fields(_ counts: ClosedRange<Int>, depth: Int) -> [SchemaNode] {
        let count = Int.random(in: counts, using: &self)
        return (0..<count).map { field("f\($0)", depth: depth) }
    }

    private mutating func field(_ name: String, depth: Int) -> SchemaNode {
        let repetition = [Repetition.required, .optional, .optional, .repeated].randomElement(using: &self)
        if depth > 0, oneIn(3) {
            return SchemaNode(name, repetition ?? .optional, .group(fields(1...3, depth: depth - 1)))
        }
        var leaf = ColumnKinds.all.randomElement(using: &self) ?? ColumnKinds.all[0]
        leaf.name = name
        leaf.repetition = repetition ?? .optional
        return leaf
    }
}

/// Columns of each physical type and of each logical type that it may have.
enum ColumnKinds {
    /// A required column of each kind, named after it.
    static let all: [SchemaNode] =
        integers + times + decimals + [
            column("boolean", .boolean), column("float", .float), column("double", .double),
            column("int96", .int96), column("binary", .byteArray), column("fixed", .fixedLengthByteArray, 5),
            column("string", .byteArray, .string), column("enum", .byteArray, .enumeration),
            column("json", .byteArray, .json),
            column("uuid", .fixedLengthByteArray, 16, .uuid),
            column("float16", .fixedLengthByteArray, 2, .float16),
        ]

    /// Not among all, because DuckDB or Polars read no file that has one of them.
    static let rare = [
        column("bson", .byteArray, .bson),
        column("interval", .fixedLengthByteArray, 12, .interval),
    ]

    private static let integers =
        [
            column("int32", .int32), column("int64", .int64), column("date", .int32, .date),
        ]
        + [Int8](arrayLiteral: 8, 16, 32, 64).flatMap { width -> [SchemaNode] in
            [true, false].map { isSigned in
                column(
                    "\(isSigned ? "int" : "uint")\(width)_logical", width == 64 ? .int64 : .int32,
                    .integer(bitWidth: width, isSigned: isSigned))
            }
        }

    private static let times = [true, false].flatMap { isUTC -> [SchemaNode] in
        let zone = isUTC ? "utc" : "local"
        return [
            column("time_ms_\(zone)", .int32, .time(.milliseconds, isAdjustedToUTC: isUTC)),
            column("time_us_\(zone)", .int64, .time(.microseconds, isAdjustedToUTC: isUTC)),
            column("time_ns_\(zone)", .int64, .time(.nanoseconds, isAdjustedToUTC: isUTC)),
            column("timestamp_ms_\(zone)", .int64, .timestamp(.milliseconds, isAdjustedToUTC: isUTC)),
            column("timestamp_us_\(zone)", .int64, .timestamp(.microseconds, isAdjustedToUTC: isUTC)),
            column("timestamp_ns_\(zone)", .int64, .timestamp(.nanoseconds, isAdjustedToUTC: isUTC)),
        ]
    }

    private static let decimals = [
        column("decimal_int32", .int32, .decimal(precision: 9, scale: 2)),
        column("decimal_int64", .int64, .decimal(precision: 18, scale: 4)),
        column("decimal_fixed", .fixedLengthByteArray, 9, .decimal(precision: 20, scale: 3)),
        column("decimal_binary", .byteArray, .decimal(precision: 21, scale: 3)),
    ]

    private static func column(
        _ name: String, _ type: PhysicalType, _ length: Int = 0, _ logicalType: LogicalType? = nil
    ) -> SchemaNode {
        SchemaNode(name, .required, .column(type, length: length), logicalType: logicalType)
    }

    private static func column(
        _ name: String, _ type: PhysicalType, _ logicalType: LogicalType
    ) -> SchemaNode {
        column(name, type, 0, logicalType)
    }
}
