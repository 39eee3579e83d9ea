// Numbers as people read them. Always English, always with a dot: the same on every machine.

/// Renders numbers for people.
public enum Formatting {
    /// A number of bytes in decimal units: "999 B", "1.4 MB", "123 GB".
    public static func bytes(_ count: Int) -> String {
        let sign = count < 0 ? "-" : ""
        if count.magnitude < 1000 { return "\(count) B" }
        var value = Double(count.magnitude)
        for unit in ["kB", "MB", "GB", "TB", "PB", "EB"] {
            value /= 1000
            // 999.5 would be rounded to 1000, which is 1.0 of the next unit.
            if value < 99.95 { return "\(sign)\(oneDecimal(value)) \(unit)" }
            if value < 999.5 { return "\(sign)\(Int(value.rounded())) \(unit)" }
        }
        return "\(sign)\(Int(value.rounded())) EB"
    }

    /// A count with a comma after each thousand: "12,345".
    public static func count(_ count: Int) -> String {
        let digits = String(count.magnitude)
        var text = count < 0 ? "-" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A count with its noun: "1 file", "12,345 files".
    public static func count(_ count: Int, _ singular: String, _ plural: String) -> String {
        "\(Self.count(count)) \(count == 1 ? singular : plural)"
    }

    /// A rate in bytes a second: "1.4 MB/s"; "–" where it makes no sense.
    public static func rate(_ bytesPerSecond: Double) -> String {
        guard bytesPerSecond.isFinite, bytesPerSecond >= 0, bytesPerSecond < 1e18 else { return "–" }
        return bytes(Int(bytesPerSecond)) + "/s"
    }

    /// A duration in seconds: "0.4 s", "42 s", "3 min 20 s", "1 h 05 min", "2 d 4 h".
    public static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e15 else { return "–" }
        if seconds < 9.95 { return "\(oneDecimal(seconds)) s" }
        let whole = Int(seconds.rounded())
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min \(whole % 60) s"
        case ..<86400:
            let minutes = whole / 60 % 60
            return "\(whole / 3600) h \(minutes < 10 ? "0" : "")\(minutes) min"
        default: return "\(whole / 86400) d \(whole / 3600 % 24) h"
        }
    }

    /// The time left, as a range because it is a guess: "2 to 3 min left", "more than a day left".
    public static func timeLeft(_ seconds: ClosedRange<Double>) -> String {
        guard seconds.upperBound.isFinite, seconds.upperBound >= 0 else { return "time left unknown" }
        let (low, high) = (max(0, seconds.lowerBound), seconds.upperBound)
        if low >= 86400 { return "more than a day left" }
        if high < 10 { return "a few seconds left" }
        for (unit, size) in [("s", 1.0), ("min", 60), ("h", 3600)] where high < size * 90 {
            // Seconds are told in tens: nobody counts along.
            let step = unit == "s" ? 10.0 : 1
            let from = Int((low / size / step).rounded(.down) * step)
            let to = Int((high / size / step).rounded(.up) * step)
            if from == to { return "about \(to) \(unit) left" }
            return from == 0 ? "up to \(to) \(unit) left" : "\(from) to \(to) \(unit) left"
        }
        return "more than \(Int((low / 3600).rounded(.down))) h left"
    }

    /// The part that is done as a whole percentage, which is 100 only when all is done: "42 %".
    public static func percent(_ done: Int, of total: Int) -> String {
        guard total > 0 else { return "–" }
        return "\(Int(Double(min(max(0, done), total)) / Double(total) * 100)) %"
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
