// The names of an object's fields, compared with the names in records as raw bytes. Memory is managed by hand
// since this is read for every member of every record; who makes one must `deallocate` it.

import Glibc

/// The names of the fields of an object, found quickest in the order in which they usually come.
struct FieldNames: BitwiseCopyable {
    /// A name as it stands in a record, closing quote included.
    private struct Entry: BitwiseCopyable {
        /// The first eight bytes, and which of their bits belong to the name.
        var head: UInt64
        var mask: UInt64
        var bytes: UnsafeMutablePointer<UInt8>
        /// With the quote.
        var count: Int

        /// Whether the name at `place`, after its opening quote, is this one, written without escapes.
        @inline(__always)
        func matches(_ place: JSONPlace) -> Bool {
            let raw = UnsafeRawPointer(place)
            guard (raw.loadUnaligned(as: UInt64.self) ^ head) & mask == 0 else { return false }
            guard count > 8 else { return true }
            // Each group is read only if those before it were right, so never beyond the name.
            let own = UnsafeRawPointer(bytes)
            var offset = 8
            while offset + 8 <= count {
                guard
                    raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                        == own.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                else { return false }
                offset += 8
            }
            return raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
                == own.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        }

        func equals(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
            guard name.count == count - 1, let base = name.baseAddress else {
                return count == 1 && name.isEmpty
            }
            return memcmp(base, bytes, name.count) == 0
        }
    }

    /// How many there are.
    private(set) var count = 0
    private var entries: UnsafeMutablePointer<Entry>
    private var capacity = 4
    /// A hash table of numbers of entries, -1 where there is none; only with many names.
    private var slots: UnsafeMutablePointer<Int32>?
    private var slotCount = 0

    /// So many names are compared one by one.
    private static let searchedOneByOne = 6

    /// No names.
    init() {
        entries = .allocate(capacity: capacity)
    }

    /// Gives the memory back.
    func deallocate() {
        for index in 0..<count { entries[index].bytes.deallocate() }
        entries.deallocate()
        slots?.deallocate()
    }

    /// Name `index`.
    func name(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: entries[index].bytes, count: entries[index].count - 1)
    }

    /// The number of the name at `place`, which is after its opening quote.
    ///
    /// Goes on to the byte after the closing quote; returns -1, and stays, if the name is none of these.
    ///
    /// - Parameter expected: which name is looked at first.
    @inline(__always)
    func index(at place: inout JSONPlace, expecting expected: Int) -> Int {
        if expected < count, entries[expected].matches(place) {
            place += entries[expected].count
            return expected
        }
        return search(&place, after: expected)
    }

    @inline(never)
    private func search(_ place: inout JSONPlace, after expected: Int) -> Int {
        // Where a field is left out, one of the next is there.
        var index = expected + 1
        while index < min(expected + 4, count) {
            if entries[index].matches(place) {
                place += entries[index].count
                return index
            }
            index += 1
        }
        var end = place
        let found: Int
        if AcceptedJSON.skipToQuote(&end) {
            var copy = place
            found = AcceptedJSON.string(&copy).withUnsafeBufferPointer { self.index(of: $0) }
        } else {
            found = self.index(of: UnsafeBufferPointer(start: place, count: end - place))
        }
        if found >= 0 { place = end + 1 }
        return found
    }

    /// The number of `name`; -1 if it is none of these.
    func index(of name: UnsafeBufferPointer<UInt8>) -> Int {
        guard let slots else {
            for index in 0..<count where entries[index].equals(name) { return index }
            return -1
        }
        var slot = Self.hash(name) & (slotCount - 1)
        while slots[slot] >= 0 {
            if entries[Int(slots[slot])].equals(name) { return Int(slots[slot]) }
            slot = (slot + 1) & (slotCount - 1)
        }
        return -1
    }

    /// Adds a name that is none of these.
    mutating func append(_ name: UnsafeBufferPointer<UInt8>) {
        if count == capacity { grow() }
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: name.count + 1)
        for index in 0..<name.count { bytes[index] = name[index] }
        bytes[name.count] = UInt8(ascii: "\"")
        var entry = Entry(head: 0, mask: 0, bytes: bytes, count: name.count + 1)
        if name.contains(UInt8(ascii: "\\")) {
            // Never stands so in a record: no name begins with this byte, so that none matches.
            entry.head = ~0
            entry.mask = ~0
        } else {
            for index in 0..<min(8, entry.count) {
                entry.head |= (UInt64(bytes[index]) << (8 * UInt64(index)))
                entry.mask |= (0xFF << (8 * UInt64(index)))
            }
            entry.head = entry.head.littleEndian
            entry.mask = entry.mask.littleEndian
        }
        entries[count] = entry
        count += 1
        if count > Self.searchedOneByOne {
            if count * 2 > slotCount { rebuildSlots() } else { insert(count - 1) }
        }
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        larger.update(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }

    private mutating func rebuildSlots() {
        slots?.deallocate()
        slotCount = max(slotCount * 2, 32)
        slots = .allocate(capacity: slotCount)
        slots?.update(repeating: -1, count: slotCount)
        for index in 0..<count { insert(index) }
    }

    private func insert(_ index: Int) {
        guard let slots else { return }
        var slot = Self.hash(name(index)) & (slotCount - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slotCount - 1) }
        slots[slot] = Int32(index)
    }

    /// Differs from run to run, so that nobody can write records whose names collide.
    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(name))
        return hasher.finalize()
    }
}
