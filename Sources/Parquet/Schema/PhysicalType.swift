// How values are stored.

/// The physical type of a column's values (`Type` in parquet.thrift).
public enum PhysicalType: Int32, Hashable, Sendable, CaseIterable {
    case boolean = 0
    case int32 = 1
    case int64 = 2
    /// Twelve bytes: nanoseconds of the day, and the Julian day. Old writers store timestamps so.
    case int96 = 3
    case float = 4
    case double = 5
    case byteArray = 6
    case fixedLengthByteArray = 7

    /// The bytes of one value in the PLAIN encoding, where all values have the same number of whole bytes and the
    /// type alone says it.
    public var width: Int? {
        switch self {
        case .int32, .float: 4
        case .int64, .double: 8
        case .int96: 12
        case .boolean, .byteArray, .fixedLengthByteArray: nil
        }
    }
}

extension PhysicalType: CustomStringConvertible {
    /// The name in the specification.
    public var description: String {
        switch self {
        case .boolean: "BOOLEAN"
        case .int32: "INT32"
        case .int64: "INT64"
        case .int96: "INT96"
        case .float: "FLOAT"
        case .double: "DOUBLE"
        case .byteArray: "BYTE_ARRAY"
        case .fixedLengthByteArray: "FIXED_LEN_BYTE_ARRAY"
        }
    }
}
