// Logical types as the footer states them: the `LogicalType` union, and the older `ConvertedType`.
import Languages

extension LogicalType: CompactStruct {
    /// The union as a struct of one field.
    init(from reader: inout CompactReader) throws {
        var type: LogicalType?
        try reader.readFields { reader, field in
            switch field.id {
            case 5:
                let value: DecimalParameters = try reader.readStruct(field)
                type = .decimal(precision: value.precision, scale: value.scale)
            case 7:
                let value: TimeParameters = try reader.readStruct(field)
                type = .time(value.unit, isAdjustedToUTC: value.isAdjustedToUTC)
            case 8:
                let value: TimeParameters = try reader.readStruct(field)
                type = .timestamp(value.unit, isAdjustedToUTC: value.isAdjustedToUTC)
            case 10:
                let value: IntegerParameters = try reader.readStruct(field)
                type = .integer(bitWidth: value.bitWidth, isSigned: value.isSigned)
            case 16:
                let value: VariantParameters = try reader.readStruct(field)
                type = .variant(specificationVersion: value.version)
            case 17, 18:
                let value: GeospatialParameters = try reader.readStruct(field)
                type =
                    field.id == 17
                    ? .geometry(crs: value.crs) : .geography(crs: value.crs, algorithm: value.algorithm)
            default:
                if let simple = Self.simple[field.id] {
                    try reader.skip(field)
                    type = simple
                } else {
                    type = .unrecognized(id: field.id, parameters: try reader.readRawStruct(field))
                }
            }
        }
        guard let type else { throw ParquetError.malformed(Text("a logical type in its schema is empty")) }
        self = type
    }

    func write(to writer: inout CompactWriter) {
        switch self {
        case .decimal(let precision, let scale):
            writer.write(5, DecimalParameters(scale: scale, precision: precision))
        case .time(let unit, let isAdjustedToUTC):
            writer.write(7, TimeParameters(isAdjustedToUTC: isAdjustedToUTC, unit: unit))
        case .timestamp(let unit, let isAdjustedToUTC):
            writer.write(8, TimeParameters(isAdjustedToUTC: isAdjustedToUTC, unit: unit))
        case .integer(let bitWidth, let isSigned):
            writer.write(10, IntegerParameters(bitWidth: bitWidth, isSigned: isSigned))
        case .variant(let version): writer.write(16, VariantParameters(version: version))
        case .geometry(let crs): writer.write(17, GeospatialParameters(crs: crs))
        case .geography(let crs, let algorithm):
            writer.write(18, GeospatialParameters(crs: crs, algorithm: algorithm))
        case .unrecognized(let id, let parameters): writer.write(id, rawStruct: parameters)
        case .string, .map, .list, .enumeration, .date, .unknown, .json, .bson, .uuid, .float16,
            .interval:
            if let id = Self.simple.first(where: { $0.value == self })?.key { writer.writeStruct(id) }
        }
    }

    /// Whether the `LogicalType` union can state it.
    var isInUnion: Bool { self != .interval }

    /// The types without parameters.
    private static let simple: [Int16: LogicalType] = [
        1: .string, 2: .map, 3: .list, 4: .enumeration, 6: .date, 11: .unknown, 12: .json, 13: .bson,
        14: .uuid, 15: .float16,
    ]
}

extension LogicalType {
    /// What a `ConvertedType` says.
    ///
    /// - Returns: nil for MAP_KEY_VALUE, which says nothing that the schema does not, and for numbers that the
    ///   format does not define.
    init?(convertedType: Int32, precision: Int32?, scale: Int32?) {
        switch convertedType {
        case 0: self = .string
        case 1: self = .map
        case 3: self = .list
        case 4: self = .enumeration
        case 5: self = .decimal(precision: precision ?? 0, scale: scale ?? 0)
        case 6: self = .date
        case 7: self = .time(.milliseconds, isAdjustedToUTC: true)
        case 8: self = .time(.microseconds, isAdjustedToUTC: true)
        case 9: self = .timestamp(.milliseconds, isAdjustedToUTC: true)
        case 10: self = .timestamp(.microseconds, isAdjustedToUTC: true)
        case 11: self = .integer(bitWidth: 8, isSigned: false)
        case 12: self = .integer(bitWidth: 16, isSigned: false)
        case 13: self = .integer(bitWidth: 32, isSigned: false)
        case 14: self = .integer(bitWidth: 64, isSigned: false)
        case 15: self = .integer(bitWidth: 8, isSigned: true)
        case 16: self = .integer(bitWidth: 16, isSigned: true)
        case 17: self = .integer(bitWidth: 32, isSigned: true)
        case 18: self = .integer(bitWidth: 64, isSigned: true)
        case 19: self = .json
        case 20: self = .bson
        case 21: self = .interval
        default: return nil
        }
    }

    /// What old readers understand of it.
    var convertedType: Int32? {
        switch self {
        case .string: 0
        case .map: 1
        case .list: 3
        case .enumeration: 4
        case .decimal: 5
        case .date: 6
        case .time(.milliseconds, isAdjustedToUTC: true): 7
        case .time(.microseconds, isAdjustedToUTC: true): 8
        case .timestamp(.milliseconds, isAdjustedToUTC: true): 9
        case .timestamp(.microseconds, isAdjustedToUTC: true): 10
        case .integer(8, isSigned: false): 11
        case .integer(16, isSigned: false): 12
        case .integer(32, isSigned: false): 13
        case .integer(64, isSigned: false): 14
        case .integer(8, isSigned: true): 15
        case .integer(16, isSigned: true): 16
        case .integer(32, isSigned: true): 17
        case .integer(64, isSigned: true): 18
        case .json: 19
        case .bson: 20
        case .interval: 21
        default: nil
        }
    }
}

private struct DecimalParameters: CompactStruct {
    var scale: Int32 = 0
    var precision: Int32 = 0

    init(scale: Int32, precision: Int32) {
        self.scale = scale
        self.precision = precision
    }

    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: scale = try reader.readInt32(field)
            case 2: precision = try reader.readInt32(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, scale)
        writer.write(2, precision)
    }
}

private struct TimeParameters: CompactStruct {
    var isAdjustedToUTC = false
    var unit: LogicalType.TimeUnit

    init(isAdjustedToUTC: Bool, unit: LogicalType.TimeUnit) {
        self.isAdjustedToUTC = isAdjustedToUTC
        self.unit = unit
    }

    init(from reader: inout CompactReader) throws {
        var unit: LogicalType.TimeUnit?
        var isAdjustedToUTC = false
        try reader.readFields { reader, field in
            switch field.id {
            case 1: isAdjustedToUTC = try reader.readBoolean(field)
            case 2:
                guard field.type == .structure else { return try reader.skip(field) }
                try reader.readFields { reader, choice in
                    unit = LogicalType.TimeUnit(rawValue: choice.id)
                    try reader.skip(choice)
                }
            default: try reader.skip(field)
            }
        }
        guard let unit else { throw ParquetError.malformed(Text("a time in its schema has no unit")) }
        self.init(isAdjustedToUTC: isAdjustedToUTC, unit: unit)
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, isAdjustedToUTC)
        writer.writeStruct(2) { $0.writeStruct(unit.rawValue) }
    }
}

private struct IntegerParameters: CompactStruct {
    var bitWidth: Int8 = 0
    var isSigned = false

    init(bitWidth: Int8, isSigned: Bool) {
        self.bitWidth = bitWidth
        self.isSigned = isSigned
    }

    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: bitWidth = try reader.readInt8(field)
            case 2: isSigned = try reader.readBoolean(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, bitWidth)
        writer.write(2, isSigned)
    }
}

private struct VariantParameters: CompactStruct {
    var version: Int8?

    init(version: Int8?) { self.version = version }

    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            if field.id == 1 { version = try reader.readInt8(field) } else { try reader.skip(field) }
        }
    }

    func write(to writer: inout CompactWriter) { writer.write(1, version) }
}

private struct GeospatialParameters: CompactStruct {
    var crs: String?
    var algorithm: Int32?

    init(crs: String?, algorithm: Int32? = nil) {
        self.crs = crs
        self.algorithm = algorithm
    }

    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: crs = try reader.readString(field)
            case 2: algorithm = try reader.readInt32(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, crs)
        writer.write(2, algorithm)
    }
}
