// The order in which statistics compare the values of a column.
// Source: `ColumnOrder` in parquet.thrift, and LogicalTypes.md of the format.

/// An order of encoded values, as the type of a column defines it.
enum ValueOrder {
    /// Little-endian numbers with a sign.
    case signed
    /// Little-endian numbers without a sign.
    case unsigned
    case float
    case double
    case float16
    /// Bytes without a sign, the first byte first; false before true.
    case bytes
    /// Big-endian numbers with a sign, in two's complement.
    case bigEndianSigned
    /// The format defines none: there are no bounds.
    case undefined

    /// The order of the values of `leaf`.
    init(of leaf: LeafColumn) {
        switch (leaf.physicalType, leaf.logicalType) {
        case (_, .interval), (_, .geometry), (_, .geography), (_, .variant), (_, .unknown),
            (_, .unrecognized), (.int96, _):
            self = .undefined
        case (.boolean, _): self = .bytes
        case (.int32, .integer(_, isSigned: false)), (.int64, .integer(_, isSigned: false)):
            self = .unsigned
        case (.int32, _), (.int64, _): self = .signed
        case (.float, _): self = .float
        case (.double, _): self = .double
        case (.byteArray, .decimal), (.fixedLengthByteArray, .decimal): self = .bigEndianSigned
        case (.fixedLengthByteArray, .float16): self = .float16
        case (.byteArray, _), (.fixedLengthByteArray, _): self = .bytes
        }
    }

    /// Whether `one` stands before `other`; both are bounds of the same column.
    func isLess(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        switch self {
        case .signed: Self.signed(one) < Self.signed(other)
        case .unsigned: Self.littleEndian(one) < Self.littleEndian(other)
        case .float:
            Float(bitPattern: UInt32(truncatingIfNeeded: Self.littleEndian(one)))
                < Float(bitPattern: UInt32(truncatingIfNeeded: Self.littleEndian(other)))
        case .double:
            Double(bitPattern: Self.littleEndian(one)) < Double(bitPattern: Self.littleEndian(other))
        case .float16: Half(one[...]).place < Half(other[...]).place
        case .bytes: one.lexicographicallyPrecedes(other)
        case .bigEndianSigned: Self.isLessBigEndian(one[...], other[...])
        case .undefined: false
        }
    }

    /// Whether one number in big-endian two's complement is less than another, whatever their lengths.
    static func isLessBigEndian(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
        let isOneNegative = (one.first ?? 0) >= 0x80
        let isOtherNegative = (other.first ?? 0) >= 0x80
        guard isOneNegative == isOtherNegative else { return isOneNegative }
        if one.count == other.count { return one.lexicographicallyPrecedes(other) }
        // Bytes before the others' first only repeat the sign, or make the number greater in size.
        let sign: UInt8 = isOneNegative ? 0xff : 0
        let one = one.drop { $0 == sign }
        let other = other.drop { $0 == sign }
        if one.count == other.count { return one.lexicographicallyPrecedes(other) }
        return (one.count < other.count) != isOneNegative
    }

    private static func littleEndian(_ bytes: [UInt8]) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func signed(_ bytes: [UInt8]) -> Int64 {
        let number = littleEndian(bytes)
        return bytes.count == 4
            ? Int64(Int32(truncatingIfNeeded: number)) : Int64(bitPattern: number)
    }
}

/// A number of IEEE 754's half precision.
struct Half {
    let bits: UInt16

    init(bits: UInt16) { self.bits = bits }

    /// The number that two little-endian bytes encode.
    init(_ bytes: ArraySlice<UInt8>) {
        bits = bytes.reversed().reduce(0) { $0 << 8 | UInt16($1) }
    }

    var isNaN: Bool { bits & 0x7fff > 0x7c00 }
    var isZero: Bool { bits & 0x7fff == 0 }

    /// A whole number in the same order; both zeros have the same.
    var place: Int {
        let magnitude = Int(bits & 0x7fff)
        return bits & 0x8000 == 0 ? magnitude : -magnitude
    }

    var bytes: [UInt8] { [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)] }
}
