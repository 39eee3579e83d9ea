// Which schemas a file can have.
import Languages

extension Schema {
    /// Checks what other programs expect of the schema of a file.
    ///
    /// - Throws: `ParquetError.Problem.invalidValues` if a group has no fields, two fields of a group have the
    ///   same name, or a logical type is not for the physical type that it stands with.
    func validateForWriting() throws {
        try Self.validate(fields, of: "the schema")
        for leaf in leaves {
            guard leaf.physicalType != .fixedLengthByteArray || leaf.length > 0 else {
                throw ParquetError(.invalidValues(Text("its values would have no bytes")), column: leaf.name)
            }
            if let type = leaf.logicalType, !type.isFor(leaf) {
                throw ParquetError(
                    .invalidValues(Text("\(type) is not stored as \(leaf.physicalType)")), column: leaf.name)
            }
        }
    }

    private static func validate(_ fields: [SchemaNode], of place: String) throws {
        guard !fields.isEmpty else {
            throw ParquetError(.invalidValues(Text("\(place) has no fields")))
        }
        var names: Set<String> = []
        for field in fields {
            guard names.insert(field.name).inserted else {
                throw ParquetError(
                    .invalidValues(Text("\(place) has two fields that are called \(field.name)")))
            }
            if case .group(let children) = field.kind {
                try validate(children, of: "the group \(field.name)")
                guard field.logicalType?.isForGroups ?? true else {
                    throw ParquetError(
                        .invalidValues(Text("the group \(field.name) has the type of a column")))
                }
            }
        }
    }
}

extension LogicalType {
    /// Whether a group may have it.
    fileprivate var isForGroups: Bool {
        switch self {
        case .map, .list, .variant, .unrecognized: true
        default: false
        }
    }

    /// Whether a column may have it, by LogicalTypes.md of the format.
    fileprivate func isFor(_ leaf: LeafColumn) -> Bool {
        switch self {
        case .string, .enumeration, .json, .bson, .geometry, .geography:
            leaf.physicalType == .byteArray
        case .map, .list, .variant: false
        case .decimal(let precision, let scale):
            precision > 0 && (0...precision).contains(scale)
                && precision <= leaf.decimalDigits
        case .date: leaf.physicalType == .int32
        case .time(.milliseconds, _): leaf.physicalType == .int32
        case .time, .timestamp: leaf.physicalType == .int64
        case .integer(let bitWidth, _):
            leaf.physicalType == (bitWidth == 64 ? .int64 : .int32) && [8, 16, 32, 64].contains(bitWidth)
        case .uuid: leaf.physicalType == .fixedLengthByteArray && leaf.length == 16
        case .float16: leaf.physicalType == .fixedLengthByteArray && leaf.length == 2
        case .interval: leaf.physicalType == .fixedLengthByteArray && leaf.length == 12
        case .unknown, .unrecognized: true
        }
    }
}

extension LeafColumn {
    /// How many decimal digits a number may have that is stored as the column is.
    fileprivate var decimalDigits: Int32 {
        switch physicalType {
        case .int32: 9
        case .int64: 18
        case .byteArray: .max
        // Eight bits hold log10(256) = 2.408 digits, and one bit is the sign.
        case .fixedLengthByteArray: Int32(Double(8 * length - 1) * 0.301_029_995_663_981_2)
        case .boolean, .int96, .float, .double: 0
        }
    }
}
