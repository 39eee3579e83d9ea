// The one place that looks at all entries of a column before they are walked over without checks.

import Languages
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
    /// - Parameter isDictionaryChecked: whether the dictionary has been found to be right before.
    /// - Throws: `ParquetError` if they contradict each other, the leaf, or the number of rows.
    init(
        _ entries: ColumnValues, of leaf: LeafColumn, rowCount: Int, isDictionaryChecked: Bool = false
    ) throws {
        entryCount = entries.entryCount
        let maximum = UInt8(leaf.maximumDefinitionLevel)
        if maximum > 0 {
            let levels = entries.definitionLevels
            let count = Self.count(maximum, in: levels, maximum: maximum)
            guard levels.count == entryCount, count == entries.content.count else {
                throw ParquetError(.malformed(Text("its definition levels do not fit its values")))
            }
            definitionLevels = count == entryCount ? nil : levels.stableAddress
        } else {
            guard entries.content.count == entryCount else {
                throw ParquetError(.malformed(Text("it has another number of values than of entries")))
            }
            definitionLevels = nil
        }
        if leaf.maximumRepetitionLevel > 0 {
            let levels = entries.repetitionLevels
            let rows = Self.count(0, in: levels, maximum: UInt8(leaf.maximumRepetitionLevel))
            guard levels.count == entryCount, rows == rowCount, levels.first ?? 0 == 0 else {
                throw ParquetError(.malformed(Text("its repetition levels do not fit its rows")))
            }
            repetitionLevels = levels.stableAddress
        } else {
            guard entryCount == rowCount else {
                throw ParquetError(.malformed(Text("it has \(entryCount) values in \(rowCount) rows")))
            }
            repetitionLevels = nil
        }
        let stored: PhysicalValues
        switch entries.content {
        case .plain(let values): stored = values
        case .dictionary(let places, let dictionary):
            stored = dictionary
            guard Self.areAll(places, below: dictionary.count) else {
                throw ParquetError(.malformed(Text("it refers to values that its dictionary does not have")))
            }
            indices = places.stableAddress
        }
        (values, offsets, readable) = try Self.addresses(stored, of: leaf, isChecked: isDictionaryChecked)
    }

    private static func addresses(
        _ stored: PhysicalValues, of leaf: LeafColumn, isChecked: Bool
    ) throws -> (UnsafeRawPointer, offsets: UnsafePointer<Int32>?, readable: UnsafePointer<UInt8>) {
        let noBytes = ([] as [UInt8]).stableAddress
        switch (stored, leaf.physicalType) {
        case (.boolean(let values), .boolean): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.int32(let values), .int32): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.int64(let values), .int64): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.float(let values), .float): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.double(let values), .double): return (UnsafeRawPointer(values.stableAddress), nil, noBytes)
        case (.byteArray(let arrays), .byteArray) where isChecked || areOrdered(arrays):
            let base = arrays.bytes.stableAddress
            return (UnsafeRawPointer(base), arrays.offsets.stableAddress, base + arrays.bytes.count)
        case (.fixed(let arrays), .int96), (.fixed(let arrays), .fixedLengthByteArray):
            guard arrays.width == leaf.width, arrays.bytes.count == arrays.count * arrays.width else { break }
            let base = arrays.bytes.stableAddress
            return (UnsafeRawPointer(base), nil, base + arrays.bytes.count)
        default: break
        }
        throw ParquetError(.malformed(Text("its values are not those of its type")))
    }

    /// How many of `levels` are `level`, or nil if any is above `maximum`.
    ///
    /// A maximum is below 128.
    private static func count(_ level: UInt8, in levels: [UInt8], maximum: UInt8) -> Int? {
        levels.withUnsafeBytes { levels in
            // Eight at a time: as long as all are below 128, no sum of bytes reaches the next byte.
            let ones: UInt64 = 0x0101_0101_0101_0101
            let wanted = ones &* UInt64(level)
            let toOver = ones &* UInt64(0x7F - maximum)
            // In the highest bit of a byte, whether a level there was too high.
            var over: UInt64 = 0
            var others = 0
            var index = 0
            while index + 8 <= levels.count {
                // Counts of bytes, taken up before they overflow.
                var counts: UInt64 = 0
                let end = min(levels.count - 8, index + 8 * 254)
                while index <= end {
                    let word = levels.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    over |= word | ((word & 0x7F7F_7F7F_7F7F_7F7F) &+ toOver)
                    counts &+= ((word ^ wanted) &+ 0x7F7F_7F7F_7F7F_7F7F) >> 7 & ones
                    index += 8
                }
                for lane in 0..<8 { others += Int(truncatingIfNeeded: counts >> UInt64(8 * lane) & 0xFF) }
            }
            for byte in levels[index...] {
                over |= byte > maximum ? 0x80 : 0
                others += byte == level ? 0 : 1
            }
            return over & 0x8080_8080_8080_8080 == 0 ? levels.count - others : nil
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
            guard let last = offsets.last, last <= arrays.bytes.count else { return false }
            // Negative if anything that is added is: an offset, or the length between two that are not.
            var signs = last
            for index in 1..<offsets.count {
                signs |= offsets[index - 1] | (offsets[index] &- offsets[index - 1])
            }
            return signs >= 0
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
