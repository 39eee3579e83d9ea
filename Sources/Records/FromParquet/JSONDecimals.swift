// Decimals of any precision: big-endian two's complement numbers as digits.

extension JSONText {
    /// The bytes of the largest unscaled number, enough for 2,466 digits.
    static let maximumDecimalBytes = 1_024
    /// The scales that decimals may have: far more than any precision that is in use.
    static let decimalScales = -1_024...4_096
    /// The room that `putDecimal` needs at most.
    static let decimalRoom = 8_192

    /// `unscaled × 10^-scale`, exactly.
    ///
    /// - Parameter unscaled: at most `maximumDecimalBytes`, the highest byte first; none are a zero.
    static func putDecimal(
        _ unscaled: UnsafeBufferPointer<UInt8>, scale: Int, at place: OutputPointer
    ) -> OutputPointer {
        var place = place
        let isNegative = (unscaled.first ?? 0) >= 0x80
        if isNegative { place = place.put(UInt8(ascii: "-")) }
        let wordCount = (unscaled.count + 3) / 4
        // Nine digits take less than 30 bits, so no number has more groups of nine than this.
        let digitCount = 9 * (wordCount * 32 / 29 + 1)
        return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: wordCount) { words in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: digitCount) { digits in
                magnitude(of: unscaled, isNegative: isNegative, into: words)
                let significant = divideToDigits(words, into: digits)
                return put(
                    UnsafeBufferPointer(rebasing: digits[(digitCount - significant)...]), scale: scale,
                    at: place)
            }
        }
    }

    /// The absolute value, its lowest word first.
    private static func magnitude(
        of bytes: UnsafeBufferPointer<UInt8>, isNegative: Bool, into words: UnsafeMutableBufferPointer<UInt32>
    ) {
        words.initialize(repeating: isNegative ? .max : 0)
        for (index, byte) in bytes.reversed().enumerated() {
            let shift = UInt32(8 * (index % 4))
            words[index / 4] = words[index / 4] & ~(0xFF << shift) | UInt32(byte) << shift
        }
        guard isNegative else { return }
        var carry: UInt64 = 1
        for index in words.indices {
            carry += UInt64(~words[index])
            words[index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
    }

    /// Writes the number's digits to the end of `digits`; returns how many there are without leading zeros.
    private static func divideToDigits(
        _ words: UnsafeMutableBufferPointer<UInt32>, into digits: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        digits.initialize(repeating: UInt8(ascii: "0"))
        var length = words.count
        var position = digits.count
        while true {
            while length > 0 && words[length - 1] == 0 { length -= 1 }
            guard length > 0 else { break }
            var remainder: UInt64 = 0
            for index in (0..<length).reversed() {
                let value = remainder << 32 | UInt64(words[index])
                words[index] = UInt32(truncatingIfNeeded: value / 1_000_000_000)
                remainder = value % 1_000_000_000
            }
            for offset in 1...9 {
                digits[position - offset] = UInt8(ascii: "0") + UInt8(remainder % 10)
                remainder /= 10
            }
            position -= 9
        }
        return digits.count - (digits.firstIndex { $0 != UInt8(ascii: "0") } ?? digits.count)
    }

    /// Digits without leading zeros, none for a zero, with the point where `scale` wants it.
    private static func put(
        _ digits: UnsafeBufferPointer<UInt8>, scale: Int, at place: OutputPointer
    ) -> OutputPointer {
        func put(_ digits: some Sequence<UInt8>, at place: OutputPointer) -> OutputPointer {
            digits.reduce(place) { $0.put($1) }
        }
        func zeros(_ count: Int) -> Repeated<UInt8> { repeatElement(UInt8(ascii: "0"), count: count) }
        let wholeCount = max(0, digits.count - max(0, scale))
        var place = wholeCount == 0 ? place.put(UInt8(ascii: "0")) : put(digits[..<wholeCount], at: place)
        if scale > 0 {
            place = put(zeros(scale - (digits.count - wholeCount)), at: place.put(UInt8(ascii: ".")))
            return put(digits[wholeCount...], at: place)
        }
        return digits.isEmpty ? place : put(zeros(-scale), at: place)
    }
}
