// Dates and times as ISO 8601 writes them, made the numbers that Parquet keeps.

import Parquet

/// Reads dates and times.
enum TimeText {
    /// Days since 1970-01-01 of a date as `2026-01-31`; a year may have more than four digits, and a sign.
    static func date(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var parser = Parser(rest: text[...])
        guard let days = parser.date(), parser.rest.isEmpty else { return nil }
        return days
    }

    /// A time of day as `23:59:59.999`, in `unit`; nil also if it has more digits.
    static func timeOfDay(_ text: UnsafeBufferPointer<UInt8>, unit: LogicalType.TimeUnit) -> Int64? {
        var parser = Parser(rest: text[...])
        guard let nanoseconds = parser.timeOfDay() else { return nil }
        _ = parser.take("Z")
        guard parser.rest.isEmpty, nanoseconds % unit.nanoseconds == 0 else { return nil }
        return nanoseconds / unit.nanoseconds
    }

    /// Time since 1970-01-01T00:00:00 in `unit`; nil also if it has more digits, or does not fit.
    static func timestamp(
        _ text: UnsafeBufferPointer<UInt8>, unit: LogicalType.TimeUnit, allowsOffset: Bool
    ) -> Int64? {
        guard let (days, nanoseconds) = dayAndNanoseconds(text, allowsOffset: allowsOffset),
            nanoseconds % unit.nanoseconds == 0
        else { return nil }
        let perDay = 86_400_000_000_000 / unit.nanoseconds
        // Added to the day after where that is negative, so that the earliest times do not overflow.
        let (base, isBefore) = days < 0 ? (days + 1, perDay) : (days, 0)
        let (product, isTooLarge) = base.multipliedReportingOverflow(by: perDay)
        let (sum, isTooLargeSum) = product.addingReportingOverflow(nanoseconds / unit.nanoseconds - isBefore)
        return isTooLarge || isTooLargeSum ? nil : sum
    }

    /// Days since 1970-01-01, and nanoseconds of that day, in UTC.
    static func dayAndNanoseconds(
        _ text: UnsafeBufferPointer<UInt8>, allowsOffset: Bool = true
    ) -> (Int64, Int64)? {
        var parser = Parser(rest: text[...])
        guard let days = parser.date(), parser.take("T") || parser.take(" "),
            let nanoseconds = parser.timeOfDay(), let offset = parser.offset(), parser.rest.isEmpty,
            offset == 0 || allowsOffset
        else { return nil }
        let nanosecondsPerDay: Int64 = 86_400_000_000_000
        let sum = nanoseconds - offset * 60_000_000_000
        let shift: Int64 = sum < 0 ? -1 : sum >= nanosecondsPerDay ? 1 : 0
        return (days + shift, sum - shift * nanosecondsPerDay)
    }

    /// Months, days and milliseconds of a duration as `P1M2DT3.004S`.
    static func interval(_ text: UnsafeBufferPointer<UInt8>) -> [UInt32]? {
        var parser = Parser(rest: text[...])
        return parser.interval()
    }

    private struct Parser {
        var rest: Slice<UnsafeBufferPointer<UInt8>>

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        /// Digits, as many as there are.
        private mutating func digits(_ count: ClosedRange<Int>) -> (value: Int64, count: Int)? {
            var value: Int64 = 0
            var taken = 0
            while taken < count.upperBound, let byte = rest.first, byte &- UInt8(ascii: "0") < 10 {
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
                rest.removeFirst()
                taken += 1
            }
            return taken >= count.lowerBound ? (value, taken) : nil
        }

        mutating func date() -> Int64? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard let year = digits(4...7), take("-"), let month = digits(2...2)?.value, take("-"),
                let day = digits(2...2)?.value, (1...12).contains(month)
            else { return nil }
            return Self.days(isNegative ? -year.value : year.value, month, day)
        }

        /// Days since 1970-01-01 in the proleptic Gregorian calendar; nil if the month has no such day.
        private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let length: Int64 = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
            guard (1...length).contains(day) else { return nil }
            // Years begin with March here, so that a leap day is the last.
            let shifted = month <= 2 ? year - 1 : year
            let era = (shifted >= 0 ? shifted : shifted - 399) / 400
            let yearOfEra = shifted - era * 400
            let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
            let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            return era * 146_097 + dayOfEra - 719_468
        }

        /// Nanoseconds of the day.
        mutating func timeOfDay() -> Int64? {
            guard let hour = digits(2...2)?.value, hour < 24, take(":"), let minute = digits(2...2)?.value,
                minute < 60
            else { return nil }
            var nanoseconds = (hour * 60 + minute) * 60_000_000_000
            guard take(":") else { return nanoseconds }
            guard let second = digits(2...2)?.value, second < 60 else { return nil }
            nanoseconds += second * 1_000_000_000
            guard take(".") else { return nanoseconds }
            guard let fraction = digits(1...9) else { return nil }
            var value = fraction.value
            for _ in fraction.count..<9 { value *= 10 }
            // More digits are no loss if they are zeros.
            while rest.first == UInt8(ascii: "0") { rest.removeFirst() }
            return nanoseconds + value
        }

        /// To the end, which must follow at least one part.
        mutating func interval() -> [UInt32]? {
            guard take("P"), rest.count > 1 else { return nil }
            var (months, days, milliseconds): (Int64, Int64, Int64) = (0, 0, 0)
            var number = digits(1...10)?.value
            if let value = number, take("M") {
                months = value
                number = digits(1...10)?.value
            }
            if let value = number, take("D") {
                days = value
                number = nil
            }
            guard number == nil else { return nil }
            if take("T") {
                guard let seconds = digits(1...10)?.value else { return nil }
                milliseconds = seconds * 1_000
                if take(".") {
                    guard let fraction = digits(1...3) else { return nil }
                    milliseconds += fraction.value * [100, 10, 1][fraction.count - 1]
                }
                guard take("S") else { return nil }
            }
            let parts = [months, days, milliseconds].compactMap { UInt32(exactly: $0) }
            return rest.isEmpty && parts.count == 3 ? parts : nil
        }

        /// Minutes east of UTC; 0 if nothing is said.
        mutating func offset() -> Int64? {
            if rest.isEmpty || take("Z") { return 0 }
            let isWest = take("-")
            guard isWest || take("+"), let hours = digits(2...2)?.value, hours < 24 else { return nil }
            _ = take(":")
            let minutes = rest.isEmpty ? 0 : digits(2...2)?.value
            guard let minutes, minutes < 60 else { return nil }
            return (hours * 60 + minutes) * (isWest ? -1 : 1)
        }
    }
}

extension LogicalType.TimeUnit {
    /// How long one is.
    fileprivate var nanoseconds: Int64 {
        switch self {
        case .milliseconds: 1_000_000
        case .microseconds: 1_000
        case .nanoseconds: 1
        }
    }
}
