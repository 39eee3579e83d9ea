// The pattern inside %DATETIME(…)%: runs of one letter stand for a part of the scheduled time, in UTC.
import FoundationEssentials

enum DateTimePattern {
    /// Whether every letter of the pattern stands for something and nothing else would break a folder name.
    static func isValid(_ pattern: String) -> Bool {
        let clock = WallClock(Date(timeIntervalSince1970: 0))
        return !pattern.isEmpty && runs(of: pattern).allSatisfy { value(of: $0, clock: clock) != nil }
    }

    /// The scheduled time in the pattern; what means nothing is left as it is.
    static func format(_ instant: Date, _ pattern: String) -> String {
        let clock = WallClock(instant)
        return runs(of: pattern).map { value(of: $0, clock: clock) ?? String($0) }.joined()
    }

    /// The time that a text begins with, read by a pattern, which may have a name and an equals sign before it.
    ///
    /// - Returns: nil where it is none, and where the pattern has no date.
    static func time(beginning text: Substring, _ pattern: String) -> Date? {
        var rest = text[...]
        var pattern = pattern[...]
        if let equals = pattern.firstIndex(of: "=") {
            let name = pattern[...equals]
            guard rest.hasPrefix(name) else { return nil }
            rest = rest.dropFirst(name.count)
            pattern = pattern.dropFirst(name.count)
        }
        var numbers: [Substring: Int] = [:]
        for run in runs(of: String(pattern)) {
            let piece = rest.prefix(run.count)
            rest = rest.dropFirst(run.count)
            if run.allSatisfy({ "-_.".contains($0) }) {
                guard piece == run else { return nil }
            } else {
                guard piece.count == run.count, piece.utf8.allSatisfy({ (48...57).contains($0) }) else {
                    return nil
                }
                numbers[run] = Int(piece)
            }
        }
        guard let year = numbers["YYYY"] ?? numbers["yyyy"], let month = numbers["MM"],
            let day = numbers["dd"] ?? numbers["DD"]
        else { return nil }
        return Calendar.utc.date(
            from: DateComponents(
                year: year, month: month, day: day, hour: numbers["HH"] ?? 0, minute: numbers["mm"] ?? 0,
                second: numbers["ss"] ?? 0))
    }

    private static func runs(of pattern: String) -> [Substring] {
        var runs: [Substring] = []
        var rest = pattern[...]
        while let letter = rest.first {
            let run = rest.prefix { $0 == letter }
            runs.append(run)
            rest = rest.dropFirst(run.count)
        }
        return runs
    }

    /// `YYYY` is the calendar year, not the week year that some date libraries make of it.
    private static func value(of run: Substring, clock: WallClock) -> String? {
        switch run {
        case "YYYY", "yyyy": clock.year.padded(4)
        case "MM": clock.month.padded(2)
        case "dd", "DD": clock.day.padded(2)
        case "HH": clock.hour.padded(2)
        case "mm": clock.minute.padded(2)
        case "ss": clock.second.padded(2)
        default: run.allSatisfy { "-_.".contains($0) } ? String(run) : nil
        }
    }
}
