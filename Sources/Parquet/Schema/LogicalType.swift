// What values mean.

/// The logical type of a column or a group (LogicalTypes.md of the Parquet format).
///
/// A file may state it as a `LogicalType`, as the older `ConvertedType`, or as both; this is what they say
/// together.
public enum LogicalType: Hashable, Sendable {
    case string
    case map
    case list
    case enumeration
    /// `unscaled × 10^-scale`.
    case decimal(precision: Int32, scale: Int32)
    /// Days since 1970-01-01.
    case date
    /// Time of day.
    case time(TimeUnit, isAdjustedToUTC: Bool)
    /// Time since 1970-01-01T00:00:00.
    case timestamp(TimeUnit, isAdjustedToUTC: Bool)
    /// `bitWidth` is 8, 16, 32 or 64.
    case integer(bitWidth: Int8, isSigned: Bool)
    /// Only nulls are stored.
    case unknown
    case json
    case bson
    case uuid
    case float16
    /// Three little-endian unsigned 32-bit numbers: months, days, milliseconds. Only a converted type.
    case interval
    case variant(specificationVersion: Int8?)
    case geometry(crs: String?)
    case geography(crs: String?, algorithm: Int32?)
    /// A type that this library does not know: its number in the `LogicalType` union and its bytes.
    case unrecognized(id: Int16, parameters: [UInt8])

    /// The unit in which times are counted.
    public enum TimeUnit: Int16, Hashable, Sendable {
        case milliseconds = 1
        case microseconds = 2
        case nanoseconds = 3
    }
}

extension LogicalType: CustomStringConvertible {
    /// The name in the specification, with its parameters.
    public var description: String {
        switch self {
        case .string: "STRING"
        case .map: "MAP"
        case .list: "LIST"
        case .enumeration: "ENUM"
        case .decimal(let precision, let scale): "DECIMAL(\(precision), \(scale))"
        case .date: "DATE"
        case .time(let unit, let isAdjustedToUTC): "TIME(\(unit)\(isAdjustedToUTC ? ", UTC" : ""))"
        case .timestamp(let unit, let isAdjustedToUTC):
            "TIMESTAMP(\(unit)\(isAdjustedToUTC ? ", UTC" : ""))"
        case .integer(let bitWidth, let isSigned): "\(isSigned ? "INT" : "UINT")(\(bitWidth))"
        case .unknown: "UNKNOWN"
        case .json: "JSON"
        case .bson: "BSON"
        case .uuid: "UUID"
        case .float16: "FLOAT16"
        case .interval: "INTERVAL"
        case .variant: "VARIANT"
        case .geometry: "GEOMETRY"
        case .geography: "GEOGRAPHY"
        case .unrecognized(let id, _): "logical type \(id)"
        }
    }
}

extension LogicalType.TimeUnit: CustomStringConvertible {
    /// The name in the specification.
    public var description: String {
        switch self {
        case .milliseconds: "MILLIS"
        case .microseconds: "MICROS"
        case .nanoseconds: "NANOS"
        }
    }
}
