// JSON as bytes, written piece by piece: no object for any value.

/// The bytes of rows.
package struct RowBuffer {
    /// The rows so far.
    package var bytes: [UInt8] = []

    package init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// A piece of JSON as it stands.
    package mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The text of a JSON string, escaped already and without its quotes.
    mutating func text(_ text: JSONText) {
        bytes.append(contentsOf: text.escaped)
    }

    /// A whole number.
    package mutating func integer(_ value: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(value.magnitude, atLeast: 1)
    }

    /// A number with `places` decimal places, given as a multiple of its last place.
    package mutating func decimal(_ value: Int, places: Int) {
        var unit: UInt = 1
        for _ in 0..<places { unit *= 10 }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(value.magnitude / unit, atLeast: 1)
        bytes.append(UInt8(ascii: "."))
        digits(value.magnitude % unit, atLeast: places)
    }

    /// Decimal digits, with zeros before them up to `count`.
    package mutating func digits(_ value: UInt, atLeast count: Int) {
        var divisor: UInt = 1
        var length = 1
        while length < count || value / divisor >= 10 {
            divisor *= 10
            length += 1
        }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    /// Hexadecimal digits of `value`, the last `count` of them.
    package mutating func hexadecimal(_ value: UInt64, digits count: Int) {
        for place in stride(from: (count - 1) * 4, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(place)) & 0xF
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// A random UUID (RFC 9562, version 4).
    package mutating func uuid(_ random: inout SeededGenerator) {
        let high = random.next()
        let low = random.next()
        hexadecimal(high >> 32, digits: 8)
        raw("-")
        hexadecimal(high >> 16, digits: 4)
        raw("-4")
        hexadecimal(high, digits: 3)
        raw("-")
        hexadecimal(low >> 48 & 0x3FFF | 0x8000, digits: 4)
        raw("-")
        hexadecimal(low, digits: 12)
    }

    /// A moment in UTC, such as `2026-01-15T06:00:00.000Z`.
    package mutating func timestamp(_ moment: Moment) {
        date(moment)
        let ofDay = UInt(moment.milliseconds - moment.days * 86_400_000)
        raw("T")
        digits(ofDay / 3_600_000, atLeast: 2)
        raw(":")
        digits(ofDay / 60_000 % 60, atLeast: 2)
        raw(":")
        digits(ofDay / 1_000 % 60, atLeast: 2)
        raw(".")
        digits(ofDay % 1_000, atLeast: 3)
        raw("Z")
    }

    /// A day in UTC, such as `2026-01-15`.
    mutating func date(_ moment: Moment) {
        let (year, month, day) = moment.calendarDay
        digits(UInt(year), atLeast: 4)
        raw("-")
        digits(UInt(month), atLeast: 2)
        raw("-")
        digits(UInt(day), atLeast: 2)
    }
}

/// The text of a JSON string, escaped once for all its uses.
struct JSONText: Sendable, ExpressibleByStringLiteral {
    let escaped: [UInt8]

    /// Text that is escaped as JSON wants it already.
    init(escaped: String) {
        self.escaped = Array(escaped.utf8)
    }

    /// Any text.
    init(_ text: String) {
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): escaped += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): escaped += Array(#"\n"#.utf8)
            case UInt8(ascii: "\t"): escaped += Array(#"\t"#.utf8)
            default: escaped.append(byte)
            }
        }
        self.escaped = escaped
    }

    init(stringLiteral text: String) {
        self.init(text)
    }
}

/// Milliseconds since 1970 began, UTC.
package struct Moment: Sendable {
    package var milliseconds: Int

    package init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    /// The days since 1970 began.
    var days: Int { milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000 }

    /// Year, month and day in the Gregorian calendar, by counting in eras of 400 years from a 1 March.
    var calendarDay: (year: Int, month: Int, day: Int) {
        let sinceMarch = days + 719_468
        let era = sinceMarch / 146_097
        let ofEra = sinceMarch - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let dayOfYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
