// How the values of a column are written as JSON.

import Languages
import Parquet

/// The form of a column's values in JSON: what follows from its physical and its logical type.
///
/// A logical type that does not go with the physical one says nothing (as the specification has it for readers), nor
/// does one that is not known.
enum LeafFormat: Equatable {
    case boolean
    case int32
    case int64
    case uint32
    case uint64
    case float16
    case float
    case double
    /// UTF-8 as a string.
    case string
    /// Bytes in base64.
    case bytes
    case uuid
    case interval
    /// Digits after the point.
    case decimal32(scale: Int)
    case decimal64(scale: Int)
    /// Big-endian bytes.
    case decimalBytes(scale: Int)
    case date
    /// Digits after the seconds.
    case time32(digits: Int)
    case time64(digits: Int)
    case timestamp(digits: Int, isUTC: Bool)
    /// Nanoseconds of the day, and the Julian day.
    case int96

    /// The form of `column`'s values.
    ///
    /// - Throws: `ParquetError` for a decimal of an absurd scale or length.
    init(_ column: LeafColumn) throws {
        switch column.physicalType {
        case .boolean: self = .boolean
        case .int32: self = try .int32(column.logicalType)
        case .int64: self = try .int64(column.logicalType)
        case .int96: self = .int96
        case .float: self = .float
        case .double: self = .double
        case .byteArray: self = try .bytes(column.logicalType)
        case .fixedLengthByteArray: self = try .bytes(column.logicalType, length: column.length)
        }
    }

    private static func int32(_ type: LogicalType?) throws -> LeafFormat {
        switch type {
        case .integer(_, isSigned: false): .uint32
        case .decimal(_, let scale): .decimal32(scale: try checked(scale))
        case .date: .date
        case .time(.milliseconds, _): .time32(digits: 3)
        default: .int32
        }
    }

    private static func int64(_ type: LogicalType?) throws -> LeafFormat {
        switch type {
        case .integer(_, isSigned: false): .uint64
        case .decimal(_, let scale): .decimal64(scale: try checked(scale))
        case .time(let unit, _): .time64(digits: digits(unit))
        case .timestamp(let unit, let isUTC): .timestamp(digits: digits(unit), isUTC: isUTC)
        default: .int64
        }
    }

    private static func bytes(_ type: LogicalType?) throws -> LeafFormat {
        switch type {
        case .string, .enumeration, .json: .string
        case .decimal(_, let scale): .decimalBytes(scale: try checked(scale))
        default: .bytes
        }
    }

    private static func bytes(_ type: LogicalType?, length: Int) throws -> LeafFormat {
        switch type {
        case .uuid where length == 16: return .uuid
        case .interval where length == 12: return .interval
        case .float16 where length == 2: return .float16
        case .decimal:
            guard length <= JSONText.maximumDecimalBytes else {
                throw ParquetError(.tooLarge(Text("its decimals have \(length) bytes")))
            }
            return try bytes(type)
        default: return .bytes
        }
    }

    private static func checked(_ scale: Int32) throws -> Int {
        guard JSONText.decimalScales.contains(Int(scale)) else {
            throw ParquetError(.tooLarge(Text("its decimals have the scale \(scale)")))
        }
        return Int(scale)
    }

    private static func digits(_ unit: LogicalType.TimeUnit) -> Int {
        switch unit {
        case .milliseconds: 3
        case .microseconds: 6
        case .nanoseconds: 9
        }
    }
}
