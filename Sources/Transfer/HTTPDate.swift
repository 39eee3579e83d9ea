// Dates as HTTP writes them (RFC 9110, section 5.6.7).

import FoundationEssentials

/// The forms of a date in HTTP's header fields.
public enum HTTPDate {
    /// The date as `Sun, 06 Nov 1994 08:49:37 GMT`, to the second.
    public static func text(_ date: Date) -> String {
        let seconds = Int64(date.timeIntervalSince1970.rounded(.down))
        // `1994-11-06T08:49:37Z`
        let digits = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
        let parts = digits.split { "-T:Z".contains($0) }
        let weekday = Int(((seconds / 86_400) % 7 + 7) % 7)
        guard parts.count == 6, let month = Int(parts[1]), (1...12).contains(month) else { return digits }
        return "\(days[weekday]), \(parts[2]) \(months[month - 1]) \(parts[0]) "
            + "\(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, and the two older forms that still must be understood; nil for
    /// anything else.
    public static func parse(_ text: some StringProtocol) -> Date? {
        let parts = String(text).split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        switch parts.count {
        case 6 where parts[5] == "GMT":  // Sun, 06 Nov 1994 or Sunday, 06-Nov-94
            return date(day: parts[1], month: parts[2], year: parts[3], time: parts[4])
        case 5:  // Sun Nov  6 08:49:37 1994
            return date(day: parts[2], month: parts[1], year: parts[4], time: parts[3])
        default: return nil
        }
    }

    /// From the first day of 1970 on.
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func date(day: String, month: String, year: String, time: String) -> Date? {
        let clock = time.split(separator: ":").compactMap { UInt8($0) }
        guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] <= 60, let day = UInt8(day),
            1...31 ~= day, let month = months.firstIndex(of: month), var year = UInt16(year)
        else { return nil }
        // Two digits are the century that makes it no more than fifty years ahead.
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        var parts = DateComponents()
        (parts.year, parts.month, parts.day) = (Int(year), month + 1, Int(day))
        (parts.hour, parts.minute, parts.second) = (Int(clock[0]), Int(clock[1]), Int(clock[2]))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(from: parts)
    }
}
