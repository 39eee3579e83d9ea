// Numbers as people read them. Always English, always with a dot: the same on every machine.
import Languages

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

    /// A duration in seconds in English, for logs; `Text.duration(_:)` says it to people.
    public static func duration(_ seconds: Double) -> String { Text.duration(seconds).english }

    /// The time left in English; `Text.timeLeft(_:)` says it to people.
    public static func timeLeft(_ seconds: ClosedRange<Double>) -> String { Text.timeLeft(seconds).english }

    /// The part that is done as a whole percentage, which is 100 only when all is done: "42 %".
    public static func percent(_ done: Int, of total: Int) -> String {
        guard total > 0 else { return "–" }
        return "\(Int(Double(min(max(0, done), total)) / Double(total) * 100)) %"
    }

    static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
