// Binary fractions as the shortest decimals that are read as the same number.

import Glibc

extension JSONText {
    /// The shortest decimal that is read as the same double, always with a point or an exponent; `null` for what
    /// JSON has no number for.
    @inline(__always)
    static func put(_ value: Double, at place: OutputPointer) -> OutputPointer {
        // Most numbers in data are short decimals. A quotient of whole numbers that are exact as doubles is rounded
        // once, as a reader of the decimal rounds it; so if it is the number, the decimal is right. And no two
        // decimals of up to 15 digits are the same double, so there is no shorter one but without its last zeros.
        let magnitude = value.magnitude
        if magnitude < 1e9 && magnitude >= 1e-3 || value.bitPattern == 0 {
            let thousandths = (magnitude * 1e3).rounded(.toNearestOrEven)
            if thousandths / 1e3 == magnitude {
                let signed = value < 0 ? place.put(UInt8(ascii: "-")) : place
                return putShortDecimal(UInt64(thousandths), scale: 3, at: signed)
            }
            let billionths = (magnitude * 1e9).rounded(.toNearestOrEven)
            if billionths < 1e15 && billionths / 1e9 == magnitude {
                let signed = value < 0 ? place.put(UInt8(ascii: "-")) : place
                return putShortDecimal(UInt64(billionths), scale: 9, at: signed)
            }
        }
        return putAny(value, at: place)
    }

    /// The shortest decimal that is read as the same float; as of a double otherwise.
    @inline(__always)
    static func put(_ value: Float, at place: OutputPointer) -> OutputPointer {
        // As above: no two decimals of up to 6 digits are the same float, and none of them, being rounded to a
        // double first, is rounded to another float than it would be at once.
        let magnitude = Double(value.magnitude)
        if magnitude < 1e3 && magnitude >= 1e-3 || value.bitPattern == 0 {
            let thousandths = (magnitude * 1e3).rounded(.toNearestOrEven)
            if thousandths < 1e6 && Float(thousandths / 1e3) == value.magnitude {
                let signed = value < 0 ? place.put(UInt8(ascii: "-")) : place
                return putShortDecimal(UInt64(thousandths), scale: 3, at: signed)
            }
        }
        return putAny(value, at: place)
    }

    /// `value × 10^-scale` without zeros at the end, but for one after the point.
    @inline(__always)
    private static func putShortDecimal(
        _ value: UInt64, scale: Int, at place: OutputPointer
    ) -> OutputPointer {
        let power: UInt64 = scale == 3 ? 1_000 : 1_000_000_000
        let whole = value / power
        let after = put(whole, at: place).put(UInt8(ascii: "."))
        var end = put(value &- whole &* power, digits: scale, at: after)
        while end - after > 1 && end[-1] == UInt8(ascii: "0") { end -= 1 }
        return end
    }

    /// By the standard library's algorithm, which needs memory for the text.
    private static func putAny<Number: BinaryFloatingPoint & CustomStringConvertible>(
        _ value: Number, at place: OutputPointer
    ) -> OutputPointer {
        guard value.isFinite else { return place.put("null") }
        var text = value.description
        return text.withUTF8 { digits in
            if let base = digits.baseAddress { place.update(from: base, count: digits.count) }
            return place + digits.count
        }
    }
}
