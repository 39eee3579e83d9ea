// Statistics of a column chunk or a page.

/// What is known of the values of a column chunk or a page, without reading them (`Statistics` in parquet.thrift).
public struct Statistics: Hashable, Sendable {
    /// The greatest value, PLAIN-encoded without a length, in the order of `ColumnOrder`; it may be rounded up.
    public var maximum: [UInt8]?
    /// The least value; it may be rounded down.
    public var minimum: [UInt8]?
    /// How many entries are null.
    public var nullCount: Int64?
    /// How many values differ.
    public var distinctCount: Int64?
    /// Whether `maximum` is a value that occurs.
    public var isMaximumExact: Bool?
    /// Whether `minimum` is a value that occurs.
    public var isMinimumExact: Bool?
    /// How many values are NaN.
    public var nanCount: Int64?
    /// The greatest value as old writers stated it, ordered as signed bytes.
    public var deprecatedMaximum: [UInt8]?
    /// The least value as old writers stated it.
    public var deprecatedMinimum: [UInt8]?

    /// Nothing known.
    public init() {}
}

extension Statistics: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: deprecatedMaximum = try reader.readBinary(field)
            case 2: deprecatedMinimum = try reader.readBinary(field)
            case 3: nullCount = try reader.readInt64(field)
            case 4: distinctCount = try reader.readInt64(field)
            case 5: maximum = try reader.readBinary(field)
            case 6: minimum = try reader.readBinary(field)
            case 7: isMaximumExact = try reader.readBoolean(field)
            case 8: isMinimumExact = try reader.readBoolean(field)
            case 9: nanCount = try reader.readInt64(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, deprecatedMaximum)
        writer.write(2, deprecatedMinimum)
        writer.write(3, nullCount)
        writer.write(4, distinctCount)
        writer.write(5, maximum)
        writer.write(6, minimum)
        writer.write(7, isMaximumExact)
        writer.write(8, isMinimumExact)
        writer.write(9, nanCount)
    }
}

/// How many entries have each level, and how many bytes the byte arrays hold (`SizeStatistics` in
/// parquet.thrift).
public struct SizeStatistics: Hashable, Sendable {
    /// Bytes of all byte arrays, without their lengths.
    public var byteArrayBytes: Int64?
    /// Entries by repetition level.
    public var repetitionLevelHistogram: [Int64]?
    /// Entries by definition level.
    public var definitionLevelHistogram: [Int64]?

    /// Nothing known.
    public init() {}
}

extension SizeStatistics: CompactStruct {
    init(from reader: inout CompactReader) throws {
        try reader.readFields { reader, field in
            switch field.id {
            case 1: byteArrayBytes = try reader.readInt64(field)
            case 2: repetitionLevelHistogram = try reader.readInts64(field)
            case 3: definitionLevelHistogram = try reader.readInts64(field)
            default: try reader.skip(field)
            }
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(1, byteArrayBytes)
        writer.write(2, repetitionLevelHistogram)
        writer.write(3, definitionLevelHistogram)
    }
}
