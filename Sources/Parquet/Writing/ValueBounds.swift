// The least and the greatest of values.

import Glibc

/// Bounds of values, PLAIN-encoded without lengths, as statistics have them.
struct ValueBounds: Hashable {
    var minimum: [UInt8]
    var maximum: [UInt8]
    /// Whether `minimum` occurs, and is not only below what does.
    var isMinimumExact = true
    /// Whether `maximum` occurs, and is not only above what does.
    var isMaximumExact = true

    init(minimum: [UInt8], maximum: [UInt8]) {
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Widens the bounds to those of more values.
    mutating func form(unionWith other: ValueBounds, in order: ValueOrder) {
        if order.isLess(other.minimum, minimum) {
            minimum = other.minimum
            isMinimumExact = other.isMinimumExact
        }
        if order.isLess(maximum, other.maximum) {
            maximum = other.maximum
            isMaximumExact = other.isMaximumExact
        }
    }
}

extension ValueBounds {
    /// The bounds of the values at `positions`.
    ///
    /// - Returns: nil if there are no values, all are NaN, or the order is undefined.
    init?(of values: PhysicalValues, at positions: some Collection<Int>, in order: ValueOrder) {
        switch (values, order) {
        case (_, .undefined): return nil
        case (.boolean(let values), _):
            guard let (least, greatest) = extremes(values, positions, { !$0 && $1 }) else { return nil }
            self.init(minimum: [least ? 1 : 0], maximum: [greatest ? 1 : 0])
        case (.int32(let values), .unsigned):
            let isLess = { UInt32(bitPattern: $0) < UInt32(bitPattern: $1) }
            guard let (least, greatest) = extremes(values, positions, isLess) else { return nil }
            self.init(minimum: least.plainBytes, maximum: greatest.plainBytes)
        case (.int32(let values), _):
            guard let (least, greatest) = extremes(values, positions, <) else { return nil }
            self.init(minimum: least.plainBytes, maximum: greatest.plainBytes)
        case (.int64(let values), .unsigned):
            let isLess = { UInt64(bitPattern: $0) < UInt64(bitPattern: $1) }
            guard let (least, greatest) = extremes(values, positions, isLess) else { return nil }
            self.init(minimum: least.plainBytes, maximum: greatest.plainBytes)
        case (.int64(let values), _):
            guard let (least, greatest) = extremes(values, positions, <) else { return nil }
            self.init(minimum: least.plainBytes, maximum: greatest.plainBytes)
        case (.float(let values), _):
            guard let (least, greatest) = floatingExtremes(values, positions) else { return nil }
            self.init(
                minimum: least.bitPattern.plainBytes, maximum: greatest.bitPattern.plainBytes)
        case (.double(let values), _):
            guard let (least, greatest) = floatingExtremes(values, positions) else { return nil }
            self.init(
                minimum: least.bitPattern.plainBytes, maximum: greatest.bitPattern.plainBytes)
        case (.byteArray(let values), _):
            self.init(values.bytes, positions, in: order) { values.range($0) }
        case (.fixed(let values), .float16): self.init(halves: values, at: positions)
        case (.fixed(let values), _):
            let width = values.width
            self.init(values.bytes, positions, in: order) { $0 * width..<($0 + 1) * width }
        }
    }

    /// Bounds of byte arrays; `range` says where each stands in `bytes`.
    private init?<Positions: Collection<Int>>(
        _ bytes: [UInt8], _ positions: Positions, in order: ValueOrder, range: (Int) -> Range<Int>
    ) {
        let extremes: (Range<Int>, Range<Int>)?
        if case .bigEndianSigned = order {
            extremes = Parquet.extremes(positions, range) {
                ValueOrder.isLessBigEndian(bytes[$0], bytes[$1])
            }
        } else {
            extremes = bytes.withUnsafeBytes { bytes in
                Parquet.extremes(positions, range) { ByteOrder.isLess(bytes, $0, $1) }
            }
        }
        guard let extremes else { return nil }
        self.init(minimum: Array(bytes[extremes.0]), maximum: Array(bytes[extremes.1]))
    }

    private init?(halves: FixedByteArrays, at positions: some Collection<Int>) {
        let numbers = positions.lazy.map { Half(halves[$0]) }.filter { !$0.isNaN }
        guard let least = numbers.min(by: { $0.place < $1.place }),
            let greatest = numbers.max(by: { $0.place < $1.place })
        else { return nil }
        self.init(
            minimum: (least.isZero ? Half(bits: 0x8000) : least).bytes,
            maximum: (greatest.isZero ? Half(bits: 0) : greatest).bytes)
    }
}

/// Byte arrays compared as bytes without a sign.
enum ByteOrder {
    /// Whether the bytes of `one` stand before those of `other`; both ranges are in `bytes`.
    @inline(__always)
    static func isLess(
        _ bytes: UnsafeRawBufferPointer, _ one: Range<Int>, _ other: Range<Int>
    ) -> Bool {
        // Most arrays differ in their first eight bytes.
        if one.count >= 8, other.count >= 8 {
            let first = UInt64(
                bigEndian: bytes.loadUnaligned(fromByteOffset: one.lowerBound, as: UInt64.self))
            let second = UInt64(
                bigEndian: bytes.loadUnaligned(fromByteOffset: other.lowerBound, as: UInt64.self))
            if first != second { return first < second }
        }
        guard let base = bytes.baseAddress else { return false }
        let difference = memcmp(
            base + one.lowerBound, base + other.lowerBound, min(one.count, other.count))
        return difference == 0 ? one.count < other.count : difference < 0
    }
}

/// The least and the greatest of the values at `positions`.
@inline(__always)
private func extremes<Value>(
    _ values: [Value], _ positions: some Collection<Int>, _ isLess: (Value, Value) -> Bool
) -> (Value, Value)? {
    extremes(positions, { values[$0] }, isLess)
}

/// The least and the greatest of what `value` gives for `positions`.
@inline(__always)
private func extremes<Value>(
    _ positions: some Collection<Int>, _ value: (Int) -> Value, _ isLess: (Value, Value) -> Bool
) -> (Value, Value)? {
    guard let first = positions.first else { return nil }
    var least = value(first)
    var greatest = least
    for position in positions {
        let value = value(position)
        if isLess(value, least) { least = value }
        if isLess(greatest, value) { greatest = value }
    }
    return (least, greatest)
}

/// The least and the greatest number, never NaN.
///
/// A zero is written so that it bounds both zeros.
@inline(__always)
private func floatingExtremes<Number: BinaryFloatingPoint>(
    _ values: [Number], _ positions: some Collection<Int>
) -> (Number, Number)? {
    var least = Number.infinity
    var greatest = -Number.infinity
    var isAny = false
    for position in positions {
        let value = values[position]
        if value.isNaN { continue }
        isAny = true
        if value < least { least = value }
        if value > greatest { greatest = value }
    }
    guard isAny else { return nil }
    return (least == 0 ? -Number(0) : least, greatest == 0 ? Number(0) : greatest)
}

extension FixedWidthInteger {
    /// The bytes in the PLAIN encoding.
    fileprivate var plainBytes: [UInt8] {
        withUnsafeBytes(of: littleEndian) { Array($0) }
    }
}
