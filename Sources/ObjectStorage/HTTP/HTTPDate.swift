// Times as HTTP writes them: `Wed, 25 Nov 2026 18:00:00 GMT` (RFC 9110, section 5.6.7). It knows no service.

import FoundationEssentials

/// Times in the form of HTTP.
enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The time as text, to the second.
    static func text(_ date: Date) -> String {
        let seconds = Int64(date.timeIntervalSince1970.rounded(.down))
        // `2026-11-25T18:00:00Z`
        let digits = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
        let parts = digits.split { "-T:Z".contains($0) }
        let weekday = Int(((seconds / 86_400) % 7 + 7) % 7)
        guard parts.count == 6, let month = Int(parts[1]), (1...12).contains(month) else { return digits }
        return "\(days[weekday]), \(parts[2]) \(months[month - 1]) \(parts[0]) "
            + "\(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }

    /// The time that a text gives; nil if it has another form.
    static func date(_ text: some StringProtocol) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        let padded = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return try? Date("\(parts[3])-\(padded)-\(parts[1])T\(parts[4])Z", strategy: .iso8601)
    }
}
