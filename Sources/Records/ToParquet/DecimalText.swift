// A decimal number as digits, made the integer that Parquet keeps.

/// The digits of `unscaled = number × 10^scale`.
struct DecimalText {
    private let isNegative: Bool
    /// From the first that is not zero to the last.
    private var digits: [UInt8] = []

    /// The number that is written in `text`, as JSON writes numbers, but with or without a sign.
    ///
    /// Nil if it is none, needs more digits than `precision`, or has more behind the point than `scale`.
    init?(_ text: UnsafeBufferPointer<UInt8>, precision: Int, scale: Int) {
        var rest = text[...]
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        var exponent = scale
        var digitsSeen = 0
        var pointSeen = false
        // Zeros wait here until another digit follows.
        var zeros = 0
        while let byte = rest.first {
            if byte == UInt8(ascii: "."), !pointSeen {
                pointSeen = true
            } else if byte &- UInt8(ascii: "0") < 10 {
                digitsSeen += 1
                if pointSeen { exponent -= 1 }
                if byte == UInt8(ascii: "0") {
                    zeros += digits.isEmpty ? 0 : 1
                } else {
                    guard digits.count + zeros < precision else { return nil }
                    digits += repeatElement(0, count: zeros)
                    digits.append(byte - UInt8(ascii: "0"))
                    zeros = 0
                }
            } else {
                break
            }
            rest.removeFirst()
        }
        guard digitsSeen > 0 else { return nil }
        if let byte = rest.first {
            guard byte | 0x20 == UInt8(ascii: "e"), rest.count <= 8,
                let stated = Int(String(decoding: rest.dropFirst(), as: UTF8.self))
            else { return nil }
            exponent += stated
        }
        exponent += zeros
        guard !digits.isEmpty else { return }
        guard exponent >= 0, digits.count + exponent <= precision else { return nil }
        digits += repeatElement(0, count: exponent)
    }

    /// The unscaled number, if it fits.
    var int64: Int64? {
        var value: Int64 = 0
        for digit in digits {
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeSum) = product.subtractingReportingOverflow(Int64(digit))
            if isTooLarge || isTooLargeSum { return nil }
            value = sum
        }
        return isNegative ? value : value == .min ? nil : -value
    }

    /// The unscaled number as a two's complement of `width` bytes, or of as few as it needs, the highest first; nil
    /// if it does not fit.
    func bytes(width: Int?) -> [UInt8]? {
        // Four bits hold a digit, and one more the sign.
        var bytes = [UInt8](repeating: 0, count: max(width ?? 0, digits.count / 2 + 1))
        for digit in digits {
            var carry = UInt(digit)
            for index in bytes.indices.reversed() {
                let sum = UInt(bytes[index]) * 10 + carry
                bytes[index] = UInt8(truncatingIfNeeded: sum)
                carry = sum >> 8
            }
        }
        if isNegative {
            var carry: UInt = 1
            for index in bytes.indices.reversed() {
                let sum = UInt(~bytes[index]) + carry
                bytes[index] = UInt8(truncatingIfNeeded: sum)
                carry = sum >> 8
            }
        }
        // Leading bytes that only repeat the sign are left out.
        let fill: UInt8 = bytes[0] & 0x80 == 0 ? 0 : 0xFF
        var start = 0
        let longest = width ?? 1
        while bytes.count - start > longest, bytes[start] == fill, bytes[start + 1] & 0x80 == fill & 0x80 {
            start += 1
        }
        guard bytes.count - start <= width ?? .max else { return nil }
        return Array(bytes[start...])
    }
}
