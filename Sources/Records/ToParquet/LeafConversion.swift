// What JSON becomes in a column of some type.

import Parquet

/// How the values of a column are made from JSON.
///
/// | column | JSON |
/// | --- | --- |
/// | BOOLEAN | `true`, `false` |
/// | INT32, INT64, with or without INT, UINT | a whole number in the range of the type, however spelled (`1`, `1.0`) |
/// | FLOAT, DOUBLE, FLOAT16 | a number; `"NaN"`, `"Infinity"`, `"-Infinity"` |
/// | STRING, ENUM | a string; of any other value its JSON text |
/// | JSON | the JSON text of any value |
/// | DECIMAL | a number, or one in a string, that needs no rounding |
/// | DATE | `"2026-01-31"` |
/// | TIME | `"23:59:59.999"`, with or without `Z` |
/// | TIMESTAMP, INT96 | `"2026-01-31T23:59:59.999Z"`; if adjusted to UTC, also with another offset; without any, UTC is meant |
/// | UUID | `"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"` |
/// | INTERVAL | `"P1M2DT3.004S"`: months, days and seconds, of which any may be left out |
/// | UNKNOWN | `null` |
/// | other BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY | a string, base64 (RFC 4648, section 4) |
///
/// Nothing is rounded but numbers to FLOAT, DOUBLE and FLOAT16, and these to the nearest: a time with more
/// digits than its column has does not fit.
enum LeafConversion: Sendable {
    case boolean
    case integer(minimum: Int64, maximum: Int64)
    case unsigned
    case shortInteger(minimum: Int64, maximum: Int64)
    case double
    case float
    case float16
    case string
    case json
    case decimal(precision: Int, scale: Int, storage: PhysicalType, width: Int)
    case date
    case time(LogicalType.TimeUnit)
    case timestamp(LogicalType.TimeUnit, isAdjustedToUTC: Bool)
    case int96
    case uuid
    case interval
    case base64(width: Int?)
    case nothing

    init(for leaf: LeafColumn) {
        switch (leaf.physicalType, leaf.logicalType) {
        case (_, .unknown): self = .nothing
        case (.boolean, _): self = .boolean
        case (.int32, .decimal(let precision, let scale)), (.int64, .decimal(let precision, let scale)),
            (.byteArray, .decimal(let precision, let scale)),
            (.fixedLengthByteArray, .decimal(let precision, let scale)):
            self = .decimal(
                precision: Int(precision), scale: Int(scale), storage: leaf.physicalType, width: leaf.length)
        case (.int32, .date): self = .date
        case (.int32, .time(.milliseconds, _)): self = .time(.milliseconds)
        case (.int64, .time(let unit, _)) where unit != .milliseconds: self = .time(unit)
        case (.int64, .timestamp(let unit, let isAdjustedToUTC)):
            self = .timestamp(unit, isAdjustedToUTC: isAdjustedToUTC)
        case (.int32, .integer(let width, let isSigned)):
            let (minimum, maximum) = Self.range(bitWidth: min(Int(width), 32), isSigned: isSigned)
            self = .shortInteger(minimum: minimum, maximum: maximum)
        case (.int32, _): self = .shortInteger(minimum: Int64(Int32.min), maximum: Int64(Int32.max))
        case (.int64, .integer(_, isSigned: false)): self = .unsigned
        case (.int64, _): self = .integer(minimum: .min, maximum: .max)
        case (.float, _): self = .float
        case (.double, _): self = .double
        case (.byteArray, .string), (.byteArray, .enumeration): self = .string
        case (.byteArray, .json): self = .json
        case (.fixedLengthByteArray, .uuid) where leaf.length == 16: self = .uuid
        case (.fixedLengthByteArray, .float16) where leaf.length == 2: self = .float16
        case (.fixedLengthByteArray, .interval) where leaf.length == 12: self = .interval
        case (.int96, _): self = .int96
        case (.byteArray, _): self = .base64(width: nil)
        case (.fixedLengthByteArray, _): self = .base64(width: leaf.length)
        }
    }

    /// Whether the column holds the JSON text of a value, where that is no string of a STRING column.
    var takesText: Bool {
        switch self {
        case .string, .json: true
        default: false
        }
    }

    private static func range(bitWidth: Int, isSigned: Bool) -> (Int64, Int64) {
        let bits = Int64(max(bitWidth, 1))
        return isSigned ? (-(1 << (bits - 1)), 1 << (bits - 1) - 1) : (0, 1 << bits - 1)
    }
}

extension ColumnBuffer {
    /// The value of the entry just begun, from a JSON number; returns false if it does not fit.
    mutating func append(_ number: JSONNumber, as conversion: LeafConversion) -> Bool {
        switch conversion {
        case .integer(let minimum, let maximum):
            guard let value = number.int64, (minimum...maximum).contains(value) else { return false }
            append(value)
        case .shortInteger(let minimum, let maximum):
            guard let value = number.int64, (minimum...maximum).contains(value) else { return false }
            // An unsigned number of 32 bits is stored as the signed one of the same bits.
            append(Int32(truncatingIfNeeded: value))
        case .unsigned:
            guard let value = number.scaled(by: 0), !number.isNegative || value == 0 else { return false }
            append(value)
        case .double:
            let value = number.double
            guard value.isFinite else { return false }
            append(value)
        case .float:
            // From the digits, since rounding twice would not be rounding to the nearest.
            guard let value = Float(String(decoding: number.text, as: UTF8.self)), value.isFinite else {
                return false
            }
            append(value)
        case .float16:
            guard let value = Float16(String(decoding: number.text, as: UTF8.self)), value.isFinite else {
                return false
            }
            append(value.bitPattern.littleEndian)
        case .decimal:
            return appendDecimal(number.text, as: conversion)
        default:
            return false
        }
        return true
    }

    /// The value of the entry just begun, from the name of a member; returns false if it does not fit.
    ///
    /// - Parameter key: what stands in the name; `JSONLineScanner.padding` zeros must follow.
    mutating func append(key: UnsafeBufferPointer<UInt8>, as conversion: LeafConversion) -> Bool {
        if case .boolean = conversion {
            guard key.elementsEqual("true".utf8) || key.elementsEqual("false".utf8) else { return false }
            append(key.count == 4)
            return true
        }
        if append(key, as: conversion) { return true }
        // A number must begin, after its sign, and end with a digit.
        guard var place = key.baseAddress, let end = key.last, end &- UInt8(ascii: "0") < 10,
            let first = key.first(where: { $0 != UInt8(ascii: "-") }), first &- UInt8(ascii: "0") < 10
        else { return false }
        let start = place
        let number = JSONNumber(&place)
        return place - start == key.count && append(number, as: conversion)
    }

    /// The value of the entry just begun, from the content of a JSON string; returns false if it does not fit.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, as conversion: LeafConversion) -> Bool {
        switch conversion {
        case .string:
            append(bytes: text)
            return true
        case .double, .float, .float16:
            return appendNotFinite(text, as: conversion)
        case .decimal:
            return appendDecimal(text, as: conversion)
        case .date, .time, .timestamp, .int96, .interval:
            return appendTime(text, as: conversion)
        case .uuid:
            guard let bytes = TextBytes.uuid(text) else { return false }
            bytes.withUnsafeBufferPointer { append(bytes: $0) }
            return true
        case .base64(let width):
            guard let bytes = TextBytes.base64(text), bytes.count == width ?? bytes.count else {
                return false
            }
            bytes.withUnsafeBufferPointer { append(bytes: $0) }
            return true
        default:
            return false
        }
    }

    private mutating func appendNotFinite(
        _ text: UnsafeBufferPointer<UInt8>, as conversion: LeafConversion
    ) -> Bool {
        let value: Float
        switch String(decoding: text, as: UTF8.self) {
        case "NaN": value = .nan
        case "Infinity": value = .infinity
        case "-Infinity": value = -.infinity
        default: return false
        }
        switch conversion {
        case .float: append(value)
        case .double: append(Double(value))
        default: append(Float16(value).bitPattern.littleEndian)
        }
        return true
    }

    private mutating func appendDecimal(
        _ text: UnsafeBufferPointer<UInt8>, as conversion: LeafConversion
    ) -> Bool {
        guard case .decimal(let precision, let scale, let storage, let width) = conversion,
            let decimal = DecimalText(text, precision: precision, scale: scale)
        else { return false }
        switch storage {
        case .int32:
            guard let value = decimal.int64.flatMap({ Int32(exactly: $0) }) else { return false }
            append(value)
        case .int64:
            guard let value = decimal.int64 else { return false }
            append(value)
        default:
            guard let bytes = decimal.bytes(width: storage == .byteArray ? nil : width) else { return false }
            bytes.withUnsafeBufferPointer { append(bytes: $0) }
        }
        return true
    }

    private mutating func appendTime(
        _ text: UnsafeBufferPointer<UInt8>, as conversion: LeafConversion
    ) -> Bool {
        switch conversion {
        case .date:
            guard let days = TimeText.date(text).flatMap({ Int32(exactly: $0) }) else { return false }
            append(days)
        case .time(let unit):
            guard let time = TimeText.timeOfDay(text, unit: unit) else { return false }
            if unit == .milliseconds { append(Int32(time)) } else { append(time) }
        case .timestamp(let unit, let isAdjustedToUTC):
            guard let time = TimeText.timestamp(text, unit: unit, allowsOffset: isAdjustedToUTC) else {
                return false
            }
            append(time)
        case .int96:
            guard let (days, nanoseconds) = TimeText.dayAndNanoseconds(text),
                let julianDay = Int32(exactly: days + 2_440_588)
            else { return false }
            var bytes = withUnsafeBytes(of: nanoseconds.littleEndian) { Array($0) }
            bytes += withUnsafeBytes(of: julianDay.littleEndian) { Array($0) }
            bytes.withUnsafeBufferPointer { append(bytes: $0) }
        case .interval:
            guard let parts = TimeText.interval(text) else { return false }
            let bytes = parts.flatMap { part in withUnsafeBytes(of: part.littleEndian) { Array($0) } }
            bytes.withUnsafeBufferPointer { append(bytes: $0) }
        default:
            return false
        }
        return true
    }
}
