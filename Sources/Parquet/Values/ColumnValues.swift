// The values of a column, as the reader gives and the writer takes them.

/// Values of one physical type, without nulls.
public enum PhysicalValues: Hashable, Sendable {
    case boolean([Bool])
    case int32([Int32])
    case int64([Int64])
    case float([Float])
    case double([Double])
    case byteArray(ByteArrays)
    /// Of INT96 (with a width of 12) and of FIXED_LEN_BYTE_ARRAY.
    case fixed(FixedByteArrays)

    /// How many there are.
    public var count: Int {
        switch self {
        case .boolean(let values): values.count
        case .int32(let values): values.count
        case .int64(let values): values.count
        case .float(let values): values.count
        case .double(let values): values.count
        case .byteArray(let values): values.count
        case .fixed(let values): values.count
        }
    }

    /// No values, of the type of `leaf`.
    public init(noneOf leaf: LeafColumn) {
        switch leaf.physicalType {
        case .boolean: self = .boolean([])
        case .int32: self = .int32([])
        case .int64: self = .int64([])
        case .float: self = .float([])
        case .double: self = .double([])
        case .byteArray: self = .byteArray(ByteArrays())
        case .int96: self = .fixed(FixedByteArrays(width: 12))
        case .fixedLengthByteArray: self = .fixed(FixedByteArrays(width: leaf.length))
        }
    }
}

/// Consecutive values of one column, with the levels that place them in records (Dremel encoding).
///
/// There is one entry for each value, null and empty list. Levels are left out where they can only be 0.
public struct ColumnValues: Sendable {
    /// What the entries hold that are defined, in their order.
    public enum Content: Sendable {
        /// The values themselves.
        case plain(PhysicalValues)
        /// Places in a dictionary. Each is in the range of the dictionary.
        case dictionary(indices: [Int32], PhysicalValues)

        /// How many values there are.
        public var count: Int {
            switch self {
            case .plain(let values): values.count
            case .dictionary(let indices, _): indices.count
            }
        }
    }

    /// How many entries there are.
    public var entryCount: Int
    /// One for each entry; empty if the column's maximum is 0.
    public var definitionLevels: [UInt8]
    /// One for each entry; empty if the column's maximum is 0.
    ///
    /// The first entry of a row has level 0.
    public var repetitionLevels: [UInt8]
    /// The values of the entries whose definition level is the column's maximum.
    public var content: Content

    /// Entries.
    public init(
        entryCount: Int, definitionLevels: [UInt8], repetitionLevels: [UInt8], content: Content
    ) {
        self.entryCount = entryCount
        self.definitionLevels = definitionLevels
        self.repetitionLevels = repetitionLevels
        self.content = content
    }
}
