// Dates, times and timestamps in the forms of ISO 8601.

/// How a column counts time.
struct TimeScale {
    /// Counts in a second.
    let perSecond: Int64
    /// Counts in a day.
    let perDay: Int64
    /// Digits after the seconds.
    let digits: Int

    /// 3, 6 or 9 digits after the seconds.
    init(digits: Int) {
        self.digits = digits
        perSecond = Int64(JSONText.power(of: digits))
        perDay = 86_400 * perSecond
    }
}

/// The date that was written last, which is likely to be the next one's.
struct WrittenDate {
    /// Days since 1970-01-01.
    var day = Int64.min
    /// The text, if it is of ten bytes.
    var text: (UInt64, UInt16) = (0, 0)
}

extension JSONText {
    /// The day `day` since 1970-01-01 in the proleptic Gregorian calendar, as `YYYY-MM-DD`.
    ///
    /// Other years than 0000 to 9999 have a sign, and as many digits as they need, at least four.
    @inline(__always)
    static func putDate(_ day: Int64, last: inout WrittenDate, at place: OutputPointer) -> OutputPointer {
        if day != last.day {
            let end = putDate(day, at: place)
            if end - place == 10 {
                let raw = UnsafeRawPointer(place)
                last.text = (
                    raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
                )
                last.day = day
            }
            return end
        }
        place.store(last.text.0)
        (place + 8).store(last.text.1)
        return place + 10
    }

    private static func putDate(_ day: Int64, at place: OutputPointer) -> OutputPointer {
        // Howard Hinnant's `civil_from_days`: years begin in March, and an era has 400 of them. No timestamp and
        // no date is so far that anything here overflows.
        let shifted = day &+ 719_468
        let era = floorDivide(shifted, 146_097).quotient
        let dayOfEra = shifted &- era &* 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)

        var place = place
        if year < 0 { place = place.put(UInt8(ascii: "-")) }
        if year.magnitude < 10_000 {
            putFour(year.magnitude, at: place)
            place += 4
        } else {
            if year > 0 { place = place.put(UInt8(ascii: "+")) }
            place = put(year.magnitude, at: place)
        }
        place[0] = UInt8(ascii: "-")
        putPair(UInt64(month), at: place + 1)
        place[3] = UInt8(ascii: "-")
        putPair(UInt64(dayOfMonth), at: place + 4)
        return place + 6
    }

    /// A time of day that is less than a day, as `HH:MM:SS.fff`.
    @inline(__always)
    static func putTimeOfDay(_ time: UInt64, _ scale: TimeScale, at place: OutputPointer) -> OutputPointer {
        // Divisors that the compiler knows make the divisions multiplications.
        let seconds: UInt64
        let fraction: UInt64
        switch scale.digits {
        case 3: (seconds, fraction) = time.quotientAndRemainder(dividingBy: 1_000)
        case 6: (seconds, fraction) = time.quotientAndRemainder(dividingBy: 1_000_000)
        default: (seconds, fraction) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
        }
        let minutes = seconds / 60
        let hours = minutes / 60
        putPair(hours, at: place)
        place[2] = UInt8(ascii: ":")
        putPair(minutes &- 60 &* hours, at: place + 3)
        place[5] = UInt8(ascii: ":")
        putPair(seconds &- 60 &* minutes, at: place + 6)
        place[8] = UInt8(ascii: ".")
        return put(fraction, digits: scale.digits, at: place + 9)
    }

    /// `YYYY-MM-DDTHH:MM:SS.fff`, with a `Z` if it is UTC, in quotes.
    @inline(__always)
    static func putTimestamp(
        day: Int64, time: UInt64, _ scale: TimeScale, isUTC: Bool, last: inout WrittenDate,
        at place: OutputPointer
    ) -> OutputPointer {
        var place = putDate(day, last: &last, at: place.put(UInt8(ascii: "\"")))
        place = putTimeOfDay(time, scale, at: place.put(UInt8(ascii: "T")))
        if isUTC { place = place.put(UInt8(ascii: "Z")) }
        return place.put(UInt8(ascii: "\""))
    }

    /// A time of day in quotes.
    ///
    /// One that is none is written as what it is: with a sign, or with more hours.
    @inline(__always)
    static func putTime(_ time: Int64, _ scale: TimeScale, at place: OutputPointer) -> OutputPointer {
        var place = place.put(UInt8(ascii: "\""))
        if (0..<scale.perDay).contains(time) {
            place = putTimeOfDay(UInt64(time), scale, at: place)
        } else {
            if time < 0 { place = place.put(UInt8(ascii: "-")) }
            let (hours, rest) = time.magnitude.quotientAndRemainder(
                dividingBy: 3_600 * scale.perSecond.magnitude)
            if hours < 10 { place = place.put(UInt8(ascii: "0")) }
            let end = put(hours, at: place)
            // The hours of the rest, two zeros, give way to the last two digits of all hours.
            let lastTwo = UnsafeRawPointer(end - 2).loadUnaligned(as: UInt16.self)
            place = putTimeOfDay(rest, scale, at: end - 2)
            (end - 2).store(lastTwo)
        }
        return place.put(UInt8(ascii: "\""))
    }

    /// Three numbers as a duration, `P1M2DT3.004S`, in quotes; what is zero is left out.
    static func putInterval(
        months: UInt32, days: UInt32, milliseconds: UInt32, at place: OutputPointer
    ) -> OutputPointer {
        var place = place.put("\"P")
        if months > 0 { place = put(UInt64(months), at: place).put(UInt8(ascii: "M")) }
        if days > 0 { place = put(UInt64(days), at: place).put(UInt8(ascii: "D")) }
        if milliseconds > 0 || months == 0 && days == 0 {
            place = put(UInt64(milliseconds / 1_000), at: place.put(UInt8(ascii: "T")))
            if milliseconds % 1_000 > 0 {
                place = put(UInt64(milliseconds % 1_000), digits: 3, at: place.put(UInt8(ascii: ".")))
                while place[-1] == UInt8(ascii: "0") { place -= 1 }
            }
            place = place.put(UInt8(ascii: "S"))
        }
        return place.put(UInt8(ascii: "\""))
    }

    /// The quotient that is not above the exact one, and what remains, not below 0.
    @inline(__always)
    static func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let quotient = value / divisor
        let remainder = value &- quotient &* divisor
        return remainder < 0 ? (quotient &- 1, remainder &+ divisor) : (quotient, remainder)
    }
}
