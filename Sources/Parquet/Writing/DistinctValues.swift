// The values of a column without repetitions: what its dictionary holds.

/// Values in the order in which they were first met, each once.
protocol DistinctValues {
    /// Many values of the type.
    associatedtype Source

    /// None, of the type of `leaf`.
    init(of leaf: LeafColumn)

    /// How many there are.
    var count: Int { get }
    /// Their bytes in the PLAIN encoding.
    var size: Int { get }
    /// All of them.
    var values: PhysicalValues { get }

    /// What `values` has as values of the type.
    static func source(_ values: PhysicalValues) -> Source?
    /// The bytes of a value in the PLAIN encoding.
    static func size(of position: Int, in source: Source) -> Int
    /// The place of a value, which is added if it is new.
    mutating func place(of position: Int, in source: Source) -> Int32
    /// The places of the values of `range`, which are added if they are new.
    ///
    /// - Returns: false if their size exceeded `limit`; the rest was then left out.
    mutating func append(
        placesOf range: Range<Int>, in source: Source, to places: inout [Int32], limit: Int
    ) -> Bool
}

/// Numbers that are the same if their bits are: so each NaN and each zero is its own.
protocol DictionaryNumber: Sendable {
    var dictionaryBits: UInt64 { get }
    static func physicalValues(_ numbers: [Self]) -> PhysicalValues
    static func numbers(_ values: PhysicalValues) -> [Self]?
}

/// Different numbers.
struct DistinctNumbers<Number: DictionaryNumber>: DistinctValues {
    private var numbers: [Number] = []
    /// A hash table: places in `numbers`; -1 where it is free.
    private var slots = [Int32](repeating: -1, count: 1 << 10)

    init(of leaf: LeafColumn) {}

    var count: Int { numbers.count }
    var size: Int { numbers.count * MemoryLayout<Number>.size }
    var values: PhysicalValues { Number.physicalValues(numbers) }

    static func source(_ values: PhysicalValues) -> [Number]? { Number.numbers(values) }
    static func size(of position: Int, in source: [Number]) -> Int { MemoryLayout<Number>.size }

    @inline(__always)
    mutating func place(of position: Int, in source: [Number]) -> Int32 {
        let number = source[position]
        let bits = number.dictionaryBits
        let mask = slots.count - 1
        var slot = Self.hash(bits) & mask
        while true {
            let place = slots[slot]
            if place < 0 { break }
            if numbers[Int(place)].dictionaryBits == bits { return place }
            slot = (slot + 1) & mask
        }
        let place = Int32(numbers.count)
        slots[slot] = place
        numbers.append(number)
        if numbers.count * 2 > slots.count { grow() }
        return place
    }

    mutating func append(
        placesOf range: Range<Int>, in source: [Number], to places: inout [Int32], limit: Int
    ) -> Bool {
        for position in range { places.append(place(of: position, in: source)) }
        return size <= limit
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        let mask = slots.count - 1
        for place in numbers.indices {
            var slot = Self.hash(numbers[place].dictionaryBits) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(place)
        }
    }

    @inline(__always)
    private static func hash(_ bits: UInt64) -> Int {
        Int(truncatingIfNeeded: Mixing.mix(bits) >> 1)
    }
}

/// Hashes of what a dictionary holds.
///
/// They need not resist an attacker: the table is small and given up when
/// values do not repeat.
enum Mixing {
    /// A number that differs in all its bits where `bits` differ.
    @inline(__always)
    static func mix(_ bits: UInt64) -> UInt64 {
        let product = (bits ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
        return product.high ^ product.low
    }

    /// A hash of bytes.
    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let count = bytes.count
        var hash = UInt64(truncatingIfNeeded: count)
        var offset = 0
        while offset + 8 <= count {
            hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        guard offset < count else { return hash }
        if count >= 8 {
            // The last eight bytes, some of them once more.
            return mix(hash ^ bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        }
        var rest: UInt64 = 0
        for byte in bytes[offset...] { rest = rest << 8 | UInt64(byte) }
        return mix(hash ^ rest)
    }
}

extension Int32: DictionaryNumber {
    var dictionaryBits: UInt64 { UInt64(UInt32(bitPattern: self)) }
    static func physicalValues(_ numbers: [Int32]) -> PhysicalValues { .int32(numbers) }
    static func numbers(_ values: PhysicalValues) -> [Int32]? {
        if case .int32(let numbers) = values { numbers } else { nil }
    }
}

extension Int64: DictionaryNumber {
    var dictionaryBits: UInt64 { UInt64(bitPattern: self) }
    static func physicalValues(_ numbers: [Int64]) -> PhysicalValues { .int64(numbers) }
    static func numbers(_ values: PhysicalValues) -> [Int64]? {
        if case .int64(let numbers) = values { numbers } else { nil }
    }
}

extension Float: DictionaryNumber {
    var dictionaryBits: UInt64 { UInt64(bitPattern) }
    static func physicalValues(_ numbers: [Float]) -> PhysicalValues { .float(numbers) }
    static func numbers(_ values: PhysicalValues) -> [Float]? {
        if case .float(let numbers) = values { numbers } else { nil }
    }
}

extension Double: DictionaryNumber {
    var dictionaryBits: UInt64 { bitPattern }
    static func physicalValues(_ numbers: [Double]) -> PhysicalValues { .double(numbers) }
    static func numbers(_ values: PhysicalValues) -> [Double]? {
        if case .double(let numbers) = values { numbers } else { nil }
    }
}
