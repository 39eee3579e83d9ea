// The byte arrays of a column without repetitions.

import Glibc

/// Different byte arrays, of any length or of one.
struct DistinctBytes: DistinctValues {
    /// Byte arrays that stand in one buffer.
    struct Source {
        fileprivate let bytes: [UInt8]
        /// Empty for arrays of one length.
        fileprivate let offsets: [Int32]
        fileprivate let width: Int

        @inline(__always)
        fileprivate func range(_ position: Int) -> Range<Int> {
            offsets.isEmpty
                ? position * width..<(position + 1) * width
                : Int(offsets[position])..<Int(offsets[position + 1])
        }
    }

    /// A free place of the hash table has the index -1.
    private struct Slot {
        var hash: UInt32 = 0
        var place: Int32 = -1
    }

    private let leaf: LeafColumn
    private var arrays = ByteArrays()
    private var slots = [Slot](repeating: Slot(), count: 1 << 10)

    init(of leaf: LeafColumn) { self.leaf = leaf }

    var count: Int { arrays.count }

    var size: Int {
        arrays.bytes.count + (leaf.physicalType == .byteArray ? 4 * arrays.count : 0)
    }

    var values: PhysicalValues {
        guard let width = leaf.width else { return .byteArray(arrays) }
        var fixed = FixedByteArrays(width: width)
        fixed.count = arrays.count
        fixed.bytes = arrays.bytes
        return .fixed(fixed)
    }

    static func source(_ values: PhysicalValues) -> Source? {
        switch values {
        case .byteArray(let values):
            Source(bytes: values.bytes, offsets: values.offsets, width: 0)
        case .fixed(let values): Source(bytes: values.bytes, offsets: [], width: values.width)
        case .boolean, .int32, .int64, .float, .double: nil
        }
    }

    static func size(of position: Int, in source: Source) -> Int {
        source.range(position).count + (source.offsets.isEmpty ? 0 : 4)
    }

    mutating func place(of position: Int, in source: Source) -> Int32 {
        source.bytes.withUnsafeBytes {
            place(of: UnsafeRawBufferPointer(rebasing: $0[source.range(position)]))
        }
    }

    mutating func append(
        placesOf range: Range<Int>, in source: Source, to places: inout [Int32], limit: Int
    ) -> Bool {
        source.bytes.withUnsafeBytes { bytes in
            for position in range {
                let array = UnsafeRawBufferPointer(rebasing: bytes[source.range(position)])
                places.append(place(of: array))
                if size > limit { return false }
            }
            return true
        }
    }

    @inline(__always)
    private mutating func place(of array: UnsafeRawBufferPointer) -> Int32 {
        let hash = UInt32(truncatingIfNeeded: Mixing.hash(array))
        let mask = slots.count - 1
        var index = Int(hash) & mask
        while true {
            let slot = slots[index]
            if slot.place < 0 { break }
            if slot.hash == hash, isSame(array, arrays.range(Int(slot.place))) { return slot.place }
            index = (index + 1) & mask
        }
        let place = Int32(arrays.count)
        slots[index] = Slot(hash: hash, place: place)
        arrays.append(array)
        if arrays.count * 2 > slots.count { grow() }
        return place
    }

    @inline(__always)
    private func isSame(_ array: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        guard array.count == range.count else { return false }
        return arrays.bytes.withUnsafeBytes { bytes in
            guard let one = array.baseAddress, let other = bytes.baseAddress else { return array.isEmpty }
            return memcmp(one, other + range.lowerBound, array.count) == 0
        }
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 4)
        let mask = slots.count - 1
        for slot in old where slot.place >= 0 {
            var index = Int(slot.hash) & mask
            while slots[index].place >= 0 { index = (index + 1) & mask }
            slots[index] = slot
        }
    }
}
