// A number as JSON spells it, made a number as Swift has it, without loss or not at all.

/// A number of accepted JSON text.
struct JSONNumber: BitwiseCopyable {
    /// The first digits, as many as fit.
    private(set) var magnitude: UInt64 = 0
    /// By which power of ten `magnitude` is to be multiplied.
    private(set) var exponent = 0
    let isNegative: Bool
    /// Whether it has neither a decimal point nor an exponent.
    private(set) var isInteger = true
    /// Whether all digits are in `magnitude`.
    private(set) var isWhole = true
    /// Where it stands.
    private let start: JSONPlace
    private let end: JSONPlace

    /// The number at `place`; goes on to the byte after it.
    @inline(__always)
    init(_ place: inout JSONPlace) {
        start = place
        isNegative = place.pointee == UInt8(ascii: "-")
        if isNegative { place += 1 }
        let digits = place
        var magnitude: UInt64 = 0
        while place.pointee &- UInt8(ascii: "0") < 10 {
            magnitude = magnitude &* 10 &+ UInt64(place.pointee &- UInt8(ascii: "0"))
            place += 1
        }
        if place.pointee != UInt8(ascii: ".") && place.pointee | 0x20 != UInt8(ascii: "e")
            && place - digits < 19
        {
            self.magnitude = magnitude
            end = place
            return
        }
        if place.pointee == UInt8(ascii: ".") && place - digits < 10 {
            // A decimal of few digits.
            isInteger = false
            let point = place
            place += 1
            while place.pointee &- UInt8(ascii: "0") < 10 {
                magnitude = magnitude &* 10 &+ UInt64(place.pointee &- UInt8(ascii: "0"))
                place += 1
            }
            if place.pointee | 0x20 != UInt8(ascii: "e") && place - digits < 20 {
                self.magnitude = magnitude
                exponent = point - place + 1
                end = place
                return
            }
        }
        place = digits
        let parts = Parts(&place)
        self.magnitude = parts.magnitude
        exponent = parts.exponent
        isInteger = parts.isInteger
        isWhole = parts.isWhole
        end = place
    }

    /// Any number, digit by digit.
    private struct Parts {
        var magnitude: UInt64 = 0
        var exponent = 0
        var isInteger = true
        var isWhole = true

        @inline(never)
        init(_ place: inout JSONPlace) {
            takeDigits(&place, isFraction: false)
            if place.pointee == UInt8(ascii: ".") {
                isInteger = false
                place += 1
                takeDigits(&place, isFraction: true)
            }
            guard place.pointee | 0x20 == UInt8(ascii: "e") else { return }
            isInteger = false
            place += 1
            let isNegative = place.pointee == UInt8(ascii: "-")
            if isNegative || place.pointee == UInt8(ascii: "+") { place += 1 }
            var stated = 0
            while place.pointee &- UInt8(ascii: "0") < 10 {
                // Beyond this nothing changes, and nothing overflows.
                if stated < 1 << 40 { stated = stated * 10 + Int(place.pointee &- UInt8(ascii: "0")) }
                place += 1
            }
            exponent += isNegative ? -stated : stated
        }

        private mutating func takeDigits(_ place: inout JSONPlace, isFraction: Bool) {
            while place.pointee &- UInt8(ascii: "0") < 10 {
                let digit = UInt64(place.pointee &- UInt8(ascii: "0"))
                let (product, isTooLarge) = magnitude.multipliedReportingOverflow(by: 10)
                let (sum, isTooLargeSum) = product.addingReportingOverflow(digit)
                if isWhole && !isTooLarge && !isTooLargeSum {
                    magnitude = sum
                    exponent -= isFraction ? 1 : 0
                } else {
                    if digit != 0 { isWhole = false }
                    exponent += isFraction ? 0 : 1
                }
                place += 1
            }
        }
    }

    /// The text of the number.
    var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: end - start) }

    /// The number as a whole one, however it is spelled (`1`, `1.0`, `1e3`); nil if it is none, or too large.
    @inline(__always)
    var int64: Int64? {
        guard isWhole else { return nil }
        let magnitude: UInt64
        if exponent == 0 {
            magnitude = self.magnitude
        } else {
            guard let scaled = scaled(by: 0) else { return nil }
            magnitude = scaled
        }
        if isNegative {
            return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
        }
        return Int64(exactly: magnitude)
    }

    /// The absolute value × 10^`places`, if that is a whole number and fits.
    @inline(never)
    func scaled(by places: Int) -> UInt64? {
        guard isWhole else { return nil }
        var value = magnitude
        var power = exponent + places
        if value == 0 { return 0 }
        while power > 0 {
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            if isTooLarge { return nil }
            value = product
            power -= 1
        }
        while power < 0 {
            guard value % 10 == 0 else { return nil }
            value /= 10
            power += 1
        }
        return value
    }

    /// The nearest number (IEEE 754, ties to even); an infinity if it is beyond the largest.
    @inline(__always)
    var double: Double {
        // Both are exact, so that the one rounding is right (Clinger 1990).
        if isWhole && magnitude <= 1 << 53 && exponent >= -22 && exponent <= 22 {
            let whole = Double(magnitude)
            let value = exponent < 0 ? whole / Self.power(-exponent) : whole * Self.power(exponent)
            return isNegative ? -value : value
        }
        return Self.parse(text)
    }

    @inline(never)
    private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Double {
        Double(String(decoding: text, as: UTF8.self)) ?? .nan
    }

    @inline(__always)
    private static func power(_ exponent: Int) -> Double { powersOfTen[exponent] }

    private static let powersOfTen: InlineArray<23, Double> = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18,
        1e19, 1e20, 1e21, 1e22,
    ]
}
