// JSON lines as bytes, without an object for any value.

/// Writes JSON text.
struct LineWriter {
    var bytes: [UInt8] = []

    /// Writes JSON text as it is.
    mutating func text(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes text that needs no escaping, without quotes.
    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Writes a string value: quotes, with what must be escaped escaped (RFC 8259, section 7).
    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(ascii: "n"))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a whole number with at least so many digits.
    mutating func number(_ number: Int, digits: Int = 1) {
        var rest = number.magnitude
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var place = bytes.count
        let least = place + digits
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0 || bytes.count < least
        var end = bytes.count - 1
        while place < end {
            bytes.swapAt(place, end)
            place += 1
            end -= 1
        }
    }

    /// Writes an amount of money given in hundredths.
    mutating func amount(_ hundredths: Int) {
        number(hundredths / 100)
        bytes.append(UInt8(ascii: "."))
        number(hundredths % 100, digits: 2)
    }

    /// Writes a UUID without quotes.
    mutating func uuid(_ random: inout SampleRandom) {
        let halves = (random.next() & ~0xF000 | 0x4000, random.next() & ~(0b11 << 62) | 0b10 << 62)
        hex(halves.0 >> 32, digits: 8)
        bytes.append(UInt8(ascii: "-"))
        hex(halves.0 >> 16, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        hex(halves.0, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        hex(halves.1 >> 48, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        hex(halves.1, digits: 12)
    }

    /// Writes the lowest digits of a number in hexadecimal.
    mutating func hex(_ number: UInt64, digits: Int) {
        for place in stride(from: digits - 1, through: 0, by: -1) {
            let digit = UInt8(number >> UInt64(place * 4) & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// Writes a time with quotes: `"2026-01-15T06:00:00.123Z"`.
    mutating func time(_ seconds: Int, milliseconds: Int = 0) {
        date(seconds, closing: false)
        bytes.append(UInt8(ascii: "T"))
        number(seconds / 3_600 % 24, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        number(seconds / 60 % 60, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        number(seconds % 60, digits: 2)
        bytes.append(UInt8(ascii: "."))
        number(milliseconds, digits: 3)
        bytes.append(UInt8(ascii: "Z"))
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a day with quotes: `"2026-01-15"`.
    mutating func date(_ seconds: Int, closing: Bool = true) {
        // Days since 1970 to a civil date, by eras of 400 years that begin in March.
        let shifted = seconds / 86_400 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        bytes.append(UInt8(ascii: "\""))
        number(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), digits: 4)
        bytes.append(UInt8(ascii: "-"))
        number(month, digits: 2)
        bytes.append(UInt8(ascii: "-"))
        number(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, digits: 2)
        if closing { bytes.append(UInt8(ascii: "\"")) }
    }

    mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }
}
