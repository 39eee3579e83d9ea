// The values of one column while they come in. Memory is managed by hand: one check of the room for each entry,
// and none for anything else. Who makes a buffer must `deallocate` it.

import Glibc
import Parquet

/// Entries of one column, with room for more.
struct ColumnBuffer: BitwiseCopyable {
    private(set) var entryCount = 0
    private var entryCapacity: Int
    private var definitionLevels: UnsafeMutablePointer<UInt8>
    private var repetitionLevels: UnsafeMutablePointer<UInt8>
    private let hasRepetition: Bool

    /// The bytes of a value; 0 if each has its own length.
    private let width: Int
    private var valueCount = 0
    /// Room for a value for each entry; where they have their own lengths, for `byteCapacity` bytes.
    private var values: UnsafeMutableRawPointer
    /// Where values that have their own lengths end.
    private var ends: UnsafeMutablePointer<Int32>
    private var byteCount = 0
    private var byteCapacity: Int

    /// No entries of `leaf`.
    ///
    /// - Parameter text: the bytes of JSON that are likely to come for it; what is made large enough at once need not
    ///   grow, while other threads wait for the heap.
    init(for leaf: LeafColumn, expecting text: Int) {
        hasRepetition = leaf.maximumRepetitionLevel > 0
        width = leaf.physicalType == .boolean ? 1 : leaf.width ?? 0
        entryCapacity = min(max(text / 16, 32), 1024)
        byteCapacity = width > 0 ? 0 : min(max(text / 2, 256), 16 << 10)
        definitionLevels = .allocate(capacity: entryCapacity)
        repetitionLevels = .allocate(capacity: hasRepetition ? entryCapacity : 0)
        ends = .allocate(capacity: width > 0 ? 0 : entryCapacity)
        values = .allocate(byteCount: width > 0 ? entryCapacity * width : byteCapacity, alignment: 16)
    }

    /// Gives the memory back.
    func deallocate() {
        definitionLevels.deallocate()
        repetitionLevels.deallocate()
        ends.deallocate()
        values.deallocate()
    }

    /// Begins an entry; if its level is the column's maximum, a value must follow.
    @inline(__always)
    mutating func appendEntry(_ definitionLevel: UInt8, _ repetitionLevel: UInt8) {
        if entryCount == entryCapacity { grow() }
        definitionLevels[entryCount] = definitionLevel
        if hasRepetition { repetitionLevels[entryCount] = repetitionLevel }
        entryCount += 1
    }

    /// The value of the entry just begun, as it lies in memory.
    @inline(__always)
    mutating func append<Value: BitwiseCopyable>(_ value: Value) {
        values.storeBytes(of: value, toByteOffset: valueCount * MemoryLayout<Value>.size, as: Value.self)
        valueCount += 1
    }

    /// The value of the entry just begun: a string of JSON text whose opening quote is before `place`, its escapes
    /// resolved; goes on to the byte after the closing one.
    @inline(__always)
    mutating func appendString(_ place: inout JSONPlace) {
        while true {
            if byteCount + 8 > byteCapacity { growBytes(8) }
            // Scanned and copied at once; what is too much is overwritten by what comes next.
            let group = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
            (values + byteCount).storeBytes(of: group, as: UInt64.self)
            let stops = AcceptedJSON.stops(group)
            if stops == 0 {
                place += 8
                byteCount += 8
                continue
            }
            let count = stops.trailingZeroBitCount >> 3
            place += count
            byteCount += count
            if place.pointee == UInt8(ascii: "\\") { appendEscaped(&place) }
            place += 1
            ends[valueCount] = Int32(truncatingIfNeeded: byteCount)
            valueCount += 1
            return
        }
    }

    /// The rest of a string, from an escape to the closing quote.
    @inline(never)
    private mutating func appendEscaped(_ place: inout JSONPlace) {
        let start = place
        _ = AcceptedJSON.skipToQuote(&place)
        let text = UnsafeBufferPointer(start: start, count: place - start)
        if byteCount + text.count > byteCapacity { growBytes(text.count) }
        let target = (values + byteCount).assumingMemoryBound(to: UInt8.self)
        byteCount += AcceptedJSON.unescape(text, into: target) - target
    }

    /// The value of the entry just begun: bytes.
    @inline(never)
    mutating func append(bytes: UnsafeBufferPointer<UInt8>) {
        if width > 0 {
            (values + valueCount * width).copyMemory(from: UnsafeRawBufferPointer(bytes).prefix(width))
        } else {
            if byteCount + bytes.count > byteCapacity { growBytes(bytes.count) }
            (values + byteCount).copyMemory(from: UnsafeRawBufferPointer(bytes)[...])
            byteCount += bytes.count
            ends[valueCount] = Int32(truncatingIfNeeded: byteCount)
        }
        valueCount += 1
    }

    @inline(never)
    private mutating func grow() {
        let capacity = entryCapacity * 2
        definitionLevels = Self.copy(definitionLevels, entryCount, capacity)
        if hasRepetition { repetitionLevels = Self.copy(repetitionLevels, entryCount, capacity) }
        if width == 0 {
            ends = Self.copy(ends, valueCount, capacity)
        } else {
            let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * width, alignment: 16)
            larger.copyMemory(from: values, byteCount: valueCount * width)
            values.deallocate()
            values = larger
        }
        entryCapacity = capacity
    }

    private static func copy<Element: BitwiseCopyable>(
        _ old: UnsafeMutablePointer<Element>, _ count: Int, _ capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.update(from: old, count: count)
        old.deallocate()
        return larger
    }

    @inline(never)
    private mutating func growBytes(_ count: Int) {
        let capacity = max(byteCapacity * 2, byteCount + count)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        larger.copyMemory(from: values, byteCount: byteCount)
        values.deallocate()
        values = larger
        byteCapacity = capacity
    }

    /// The entries so far, copied out.
    func columnValues(of leaf: LeafColumn) -> ColumnValues {
        ColumnValues(
            entryCount: entryCount,
            definitionLevels: leaf.maximumDefinitionLevel > 0 ? Self.array(definitionLevels, entryCount) : [],
            repetitionLevels: hasRepetition ? Self.array(repetitionLevels, entryCount) : [],
            content: .plain(physicalValues(of: leaf)))
    }

    private func physicalValues(of leaf: LeafColumn) -> PhysicalValues {
        switch leaf.physicalType {
        case .boolean: return .boolean(array(of: Bool.self))
        case .int32: return .int32(array(of: Int32.self))
        case .int64: return .int64(array(of: Int64.self))
        case .float: return .float(array(of: Float.self))
        case .double: return .double(array(of: Double.self))
        case .byteArray:
            var arrays = ByteArrays()
            arrays.bytes = Self.array(values.assumingMemoryBound(to: UInt8.self), byteCount)
            arrays.offsets = [0] + UnsafeBufferPointer(start: ends, count: valueCount)
            return .byteArray(arrays)
        case .int96, .fixedLengthByteArray:
            var arrays = FixedByteArrays(width: width)
            arrays.count = valueCount
            arrays.bytes = Self.array(values.assumingMemoryBound(to: UInt8.self), valueCount * width)
            return .fixed(arrays)
        }
    }

    private func array<Element: BitwiseCopyable>(of type: Element.Type) -> [Element] {
        Self.array(values.assumingMemoryBound(to: type), valueCount)
    }

    private static func array<Element: BitwiseCopyable>(
        _ start: UnsafeMutablePointer<Element>, _ count: Int
    ) -> [Element] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }
}

extension UnsafeMutableRawPointer {
    fileprivate func copyMemory(from bytes: Slice<UnsafeRawBufferPointer>) {
        guard let base = UnsafeRawBufferPointer(rebasing: bytes).baseAddress else { return }
        copyMemory(from: base, byteCount: bytes.count)
    }
}
