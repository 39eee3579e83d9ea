// Where the walk over a batch stands in one column: pointers into its arrays, and places in those.

import Parquet

/// A column of a batch while its rows are written.
///
/// It is made of checked entries (`CheckedEntries`), so that nothing needs to be checked value by value. The pointers
/// hold as long as the entries, the dictionary and the plan do.
struct LeafCursor {
    /// What to do with the next value.
    enum Form: UInt8 {
        /// Copy the text of the dictionary's entry.
        case rendered
        case boolean, int32, int64, uint32, uint64, float16, float, double
        case string, bytes, fixedBytes, uuid, interval
        case decimal32, decimal64, decimalBytes, decimalFixedBytes
        case date, time32, time64, timestamp, int96
    }

    var form: Form
    /// What stands after the value: a comma, or a colon.
    let separator: UInt8
    /// Whether to put into quotes what has none.
    let isKey: Bool
    /// The definition level of a value.
    let maximumDefinitionLevel: UInt8
    /// The next entry.
    var entry = 0
    /// The next value.
    var value = 0
    let entryCount: Int
    /// nil if all entries are values.
    let definitionLevels: UnsafePointer<UInt8>?
    /// nil if the column is not repeated.
    let repetitionLevels: UnsafePointer<UInt8>?
    /// nil if the values are not in a dictionary.
    let indices: UnsafePointer<Int32>?
    /// The values or the dictionary: in the physical type, or, if rendered, all texts one after the other.
    var values: UnsafeRawPointer
    /// Where each byte array or text begins, and the last ends.
    var offsets: UnsafePointer<Int32>?
    /// The end of the byte arrays.
    let readable: UnsafePointer<UInt8>
    /// The bytes of a fixed-length byte array.
    let width: Int
    /// Digits after the point of a decimal.
    let scale: Int
    /// `10^scale` for the scales 0 to 18; 0 for others, which are written digit by digit.
    let power: UInt64
    let time: TimeScale
    let isUTC: Bool
    var lastDate = WrittenDate()
    let prefix: UnsafePointer<UInt8>
    let prefixCount: Int

    /// At the first of `entries`.
    init(_ leaf: PlanLeaf, _ entries: CheckedEntries, texts: UnsafePointer<UInt8>) {
        form = Form(leaf.format, leaf.column.physicalType)
        separator = leaf.isKey ? UInt8(ascii: ":") : UInt8(ascii: ",")
        isKey = leaf.isKey
        maximumDefinitionLevel = UInt8(leaf.column.maximumDefinitionLevel)
        entryCount = entries.entryCount
        definitionLevels = entries.definitionLevels
        repetitionLevels = entries.repetitionLevels
        indices = entries.indices
        values = entries.values
        offsets = entries.offsets
        readable = entries.readable
        width = leaf.column.length
        prefix = texts + leaf.prefix.start
        prefixCount = leaf.prefix.count
        var scale = 0
        var digits = 9
        var isUTC = false
        switch leaf.format {
        case .decimal32(let value), .decimal64(let value), .decimalBytes(let value): scale = value
        case .time32(let value), .time64(let value): digits = value
        case .timestamp(let value, let isAdjusted): (digits, isUTC) = (value, isAdjusted)
        default: break
        }
        self.scale = scale
        self.isUTC = isUTC
        power = (0...18).contains(scale) ? JSONText.power(of: scale) : 0
        time = TimeScale(digits: digits)
    }

    /// From now on, copies the texts of the dictionary, if it has any.
    mutating func use(_ rendered: RenderedDictionary) {
        guard let texts = rendered.texts else { return }
        form = .rendered
        values = UnsafeRawPointer(texts.stableAddress)
        offsets = rendered.offsets.stableAddress
    }

    /// The repetition level of the next entry; 0 after the last.
    var nextRepetitionLevel: UInt8 {
        @inline(__always) get {
            guard let repetitionLevels, entry < entryCount else { return 0 }
            return repetitionLevels[entry]
        }
    }

    /// The definition level of the next entry, which there must be.
    var nextDefinitionLevel: UInt8 {
        @inline(__always) get {
            guard let definitionLevels else { return maximumDefinitionLevel }
            return definitionLevels[entry]
        }
    }

    /// Passes over the next entry, which there must be.
    @inline(__always)
    mutating func skip() {
        if nextDefinitionLevel == maximumDefinitionLevel { value &+= 1 }
        entry &+= 1
    }
}

extension LeafCursor.Form {
    fileprivate init(_ format: LeafFormat, _ type: PhysicalType) {
        switch format {
        case .boolean: self = .boolean
        case .int32: self = .int32
        case .int64: self = .int64
        case .uint32: self = .uint32
        case .uint64: self = .uint64
        case .float16: self = .float16
        case .float: self = .float
        case .double: self = .double
        case .string: self = .string
        case .bytes: self = type == .byteArray ? .bytes : .fixedBytes
        case .uuid: self = .uuid
        case .interval: self = .interval
        case .decimal32: self = .decimal32
        case .decimal64: self = .decimal64
        case .decimalBytes: self = type == .byteArray ? .decimalBytes : .decimalFixedBytes
        case .date: self = .date
        case .time32: self = .time32
        case .time64: self = .time64
        case .timestamp: self = .timestamp
        case .int96: self = .int96
        }
    }
}
