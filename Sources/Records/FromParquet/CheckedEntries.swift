// The one place that looks at all entries of a column before they are walked over without checks.

import Parquet

/// The arrays of a column's entries, found to fit each other and the schema.
///
/// The pointers hold as long as the `ColumnValues` they were made of are held and not changed.
struct CheckedEntries {
    let entryCount: Int
    /// nil if all entries are values.
    let definitionLevels: UnsafePointer<UInt8>?
    /// nil if the column is not repeated.
    let repetitionLevels: UnsafePointer<UInt8>?
    /// Places in the dictionary.
    private(set) var indices: UnsafePointer<Int32>?
    /// The values, or those of the dictionary.
    let values: UnsafeRawPointer
    /// Where each byte array begins, and the last ends.
    let offsets: UnsafePointer<Int32>?
    /// The end of the byte arrays.
    let readable: UnsafePointer<UInt8>

    /// The entries of `leaf` in `rowCount` rows.
    ///
    /// - Throws: `ParquetError` if they contradict each other, the leaf, or the number of rows.
    init(_ entries: ColumnValues, of leaf: LeafColumn, rowCount: Int) throws {
        entryCount = entries.entryCount
        let maximum = UInt8(leaf.maximumDefinitionLevel)
        if maximum > 0 {
            let levels = entries.definitionLevels
            let (highest, count) = Self.highest(levels, counting: maximum)
            guard levels.count == entryCount, highest <= maximum, count == entries.content.count else {
                throw ParquetError(.malformed("its definition levels do not fit its values"))
            }
            definitionLevels = count == entryCount ? nil : levels.stableAddress
        } else {
            guard entries.content.count == entryCount else {
                throw ParquetError(.malformed("it has another number of values than of entries"))
            }
            definitionLevels = nil
        }
        if leaf.maximumRepetitionLevel > 0 {
            let levels = entries.repetitionLevels
            let (highest, rows) = Self.highest(levels, counting: 0)
            guard levels.count == entryCount, highest <= leaf.maximumRepetitionLevel, rows == rowCount,
                levels.first ?? 0 == 0
            else { throw ParquetError(.malformed("its repetition levels do not fit its rows")) }
            repetitionLevels = levels.stableAddress
        } else {
            guard entryCount == rowCount else {
                throw ParquetError(.malformed("it has \(entryCount) values in \(rowCount) rows"))
            }
            repetitionLevels = nil
        }
        let stored: PhysicalValues
        switch entries.content {
        case .plain(let values): stored = values
        case .dictionary(let places, let dictionary):
            stored = dictionary
            guard Self.areAll(places, below: dictionary.count) else {
                throw ParquetError(.malformed("it refers to values that its dictionary does not have"))
            }
            indices = places.stableAddress
        }
        (values, offsets, readable) = try Self.addresses(stored, of: leaf)
    }

    private static func addresses(
        _ stored: PhysicalValues, of leaf: LeafColumn
    ) throws -> (UnsafeRawPointer, offsets: UnsafePointer<Int32>?, readable: UnsafePointer<UInt8>) {
        let noBytes = ([] as [UInt8]).stableAddress
        switch (stored, leaf.physicalType) {
        case (.boolean(let values), .boolean): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.int32(let values), .int32): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.int64(let values), .int64): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.float(let values), .float): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.double(let values), .double): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.byteArray(let arrays), .byteArray) where areOrdered(arrays):
            let base = arrays.bytes.stableAddress
            return (UnsafeRawPointer(base), arrays.offsets.stableAddress, base + arrays.bytes.count)
        case (.fixed(let arrays), .int96), (.fixed(let arrays), .fixedLengthByteArray):
            guard arrays.width == leaf.width, arrays.bytes.count == arrays.count * arrays.width else { break }
            let base = arrays.bytes.stableAddress
            return (UnsafeRawPointer(base), nil, base + arrays.bytes.count)
        default: break
        }
        throw ParquetError(.malformed("its values are not those of its type"))
    }

    /// The highest level, and how many are `level`.
    private static func highest(_ levels: [UInt8], counting level: UInt8) -> (UInt8, count: Int) {
        levels.withUnsafeBufferPointer { levels in
            var highest: UInt8 = 0
            var count = 0
            for index in levels.indices {
                highest = max(highest, levels[index])
                count &+= levels[index] == level ? 1 : 0
            }
            return (highest, count)
        }
    }

    private static func areAll(_ places: [Int32], below count: Int) -> Bool {
        places.withUnsafeBufferPointer { places in
            // As unsigned numbers, the negative ones are the highest.
            var highest: UInt32 = 0
            for index in places.indices { highest = max(highest, UInt32(bitPattern: places[index])) }
            return places.isEmpty || highest < count
        }
    }

    private static func areOrdered(_ arrays: ByteArrays) -> Bool {
        arrays.offsets.withUnsafeBufferPointer { offsets in
            guard let first = offsets.first, let last = offsets.last else { return false }
            var isOrdered = first >= 0 && last <= arrays.bytes.count
            for index in 1..<offsets.count { isOrdered = isOrdered && offsets[index - 1] <= offsets[index] }
            return isOrdered
        }
    }
}

extension Array {
    /// Where the elements lie.
    ///
    /// They stay there while the array is held and not changed. `withUnsafeBufferPointer` promises it for the time of
    /// a closure; closures for any number of columns, one in the other, would need as deep a stack.
    var stableAddress: UnsafePointer<Element> {
        withUnsafeBufferPointer { elements in
            elements.baseAddress
                ?? UnsafeRawPointer(("" as StaticString).utf8Start).assumingMemoryBound(to: Element.self)
        }
    }
}
