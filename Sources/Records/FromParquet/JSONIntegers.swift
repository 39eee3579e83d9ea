// Whole numbers and decimals of 64 bits as digits.

/// Writes numbers and texts as JSON (RFC 8259).
///
/// Every function writes at a place and returns the place after.
///
/// The room must be there; how much a function needs is said at each, and is at most `JSONOutput.slack` otherwise.
enum JSONText {}

extension JSONText {
    /// The two digits of every number below 100.
    @inline(__always)
    static func putPair(_ value: UInt64, at place: OutputPointer) {
        let pairs: StaticString = """
            0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
            5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
            """
        let pair = UnsafeRawPointer(pairs.utf8Start)
            .loadUnaligned(fromByteOffset: Int(truncatingIfNeeded: 2 &* value), as: UInt16.self)
        place.store(pair)
    }

    /// Four digits of a number below 10⁴.
    @inline(__always)
    static func putFour(_ value: UInt64, at place: OutputPointer) {
        let high = value / 100
        putPair(high, at: place)
        putPair(value &- 100 &* high, at: place + 2)
    }

    /// Eight digits of a number below 10⁸.
    @inline(__always)
    static func putEight(_ value: UInt64, at place: OutputPointer) {
        let high = value / 10_000
        putFour(high, at: place)
        putFour(value &- 10_000 &* high, at: place + 4)
    }

    /// A number below 10⁴, without leading zeros.
    @inline(__always)
    private static func putSmall(_ value: UInt64, at place: OutputPointer) -> OutputPointer {
        if value < 10 { return place.put(48 &+ UInt8(truncatingIfNeeded: value)) }
        if value < 100 {
            putPair(value, at: place)
            return place + 2
        }
        let high = value / 100
        let rest = value &- 100 &* high
        if high < 10 {
            place.pointee = 48 &+ UInt8(truncatingIfNeeded: high)
            putPair(rest, at: place + 1)
            return place + 3
        }
        putPair(high, at: place)
        putPair(rest, at: place + 2)
        return place + 4
    }

    /// A number below 10⁸, without leading zeros.
    @inline(__always)
    private static func putMedium(_ value: UInt64, at place: OutputPointer) -> OutputPointer {
        guard value >= 10_000 else { return putSmall(value, at: place) }
        let high = value / 10_000
        let after = putSmall(high, at: place)
        putFour(value &- 10_000 &* high, at: after)
        return after + 4
    }

    /// A whole number.
    @inline(__always)
    static func put(_ value: UInt64, at place: OutputPointer) -> OutputPointer {
        if value < 100_000_000 { return putMedium(value, at: place) }
        return putLarge(value, at: place)
    }

    private static func putLarge(_ value: UInt64, at place: OutputPointer) -> OutputPointer {
        let high = value / 100_000_000
        var place = place
        if high < 100_000_000 {
            place = putMedium(high, at: place)
        } else {
            place = putSmall(high / 100_000_000, at: place)
            putEight(high % 100_000_000, at: place)
            place += 8
        }
        putEight(value &- 100_000_000 &* high, at: place)
        return place + 8
    }

    /// A whole number with its sign.
    @inline(__always)
    static func put(_ value: Int64, at place: OutputPointer) -> OutputPointer {
        put(value.magnitude, at: value < 0 ? place.put(UInt8(ascii: "-")) : place)
    }

    /// The last `count` digits of `value`, with zeros before them.
    @inline(__always)
    static func put(_ value: UInt64, digits count: Int, at place: OutputPointer) -> OutputPointer {
        var rest = value
        var position = count
        while position >= 2 {
            position &-= 2
            let high = rest / 100
            putPair(rest &- 100 &* high, at: place + position)
            rest = high
        }
        if position == 1 { place.pointee = 48 &+ UInt8(truncatingIfNeeded: rest % 10) }
        return place + count
    }

    /// `value × 10^-scale`, where `scale` is at most 18 and `power` is `10^scale`.
    @inline(__always)
    static func putDecimal(
        _ value: Int64, scale: Int, power: UInt64, at place: OutputPointer
    ) -> OutputPointer {
        guard scale > 0 else { return put(value, at: place) }
        let (whole, fraction) = value.magnitude.quotientAndRemainder(dividingBy: power)
        let after = put(whole, at: value < 0 ? place.put(UInt8(ascii: "-")) : place)
        return put(fraction, digits: scale, at: after.put(UInt8(ascii: ".")))
    }

    /// `10^exponent`, which must be at most 19.
    static func power(of exponent: Int) -> UInt64 {
        (0..<exponent).reduce(1) { power, _ in power &* 10 }
    }
}
