// Numbers of things and spans of time, in words of each language.
import Languages

extension Text {
    /// So many files.
    public static func files(_ count: Int) -> Text {
        count == 1 ? Text("1 file") : Text("\(Formatting.count(count)) files")
    }

    /// So many records.
    public static func records(_ count: Int) -> Text {
        count == 1 ? Text("1 record") : Text("\(Formatting.count(count)) records")
    }

    /// So many runs.
    public static func runs(_ count: Int) -> Text {
        count == 1 ? Text("1 run") : Text("\(Formatting.count(count)) runs")
    }

    /// So many flows.
    public static func flows(_ count: Int) -> Text {
        count == 1 ? Text("1 flow") : Text("\(Formatting.count(count)) flows")
    }

    /// So many dataflows.
    public static func dataflows(_ count: Int) -> Text {
        count == 1 ? Text("1 dataflow") : Text("\(Formatting.count(count)) dataflows")
    }

    /// So many datasets.
    public static func datasets(_ count: Int) -> Text {
        count == 1 ? Text("1 dataset") : Text("\(Formatting.count(count)) datasets")
    }

    /// So many destinations.
    public static func destinations(_ count: Int) -> Text {
        count == 1 ? Text("1 destination") : Text("\(Formatting.count(count)) destinations")
    }

    /// So many sandboxes.
    public static func sandboxes(_ count: Int) -> Text {
        count == 1 ? Text("1 sandbox") : Text("\(Formatting.count(count)) sandboxes")
    }

    /// So many secrets.
    public static func secrets(_ count: Int) -> Text {
        count == 1 ? Text("1 secret") : Text("\(Formatting.count(count)) secrets")
    }

    /// So many findings of a verification.
    public static func findings(_ count: Int) -> Text {
        count == 1 ? Text("1 finding") : Text("\(Formatting.count(count)) findings")
    }

    /// So many lines.
    public static func lines(_ count: Int) -> Text {
        count == 1 ? Text("1 line") : Text("\(Formatting.count(count)) lines")
    }

    /// So many members of an object.
    public static func members(_ count: Int) -> Text {
        count == 1 ? Text("1 member") : Text("\(Formatting.count(count)) members")
    }

    /// So many elements of an array.
    public static func elements(_ count: Int) -> Text {
        count == 1 ? Text("1 element") : Text("\(Formatting.count(count)) elements")
    }

    /// So many bytes, every one of them: “1,449,999 bytes”, where `Formatting.bytes(_:)` says 1.4 MB.
    public static func exactBytes(_ count: Int) -> Text {
        count == 1 ? Text("1 byte") : Text("\(Formatting.count(count)) bytes")
    }

    /// A duration in seconds: "0.4 s", "42 s", "3 min 20 s", "1 h 05 min", "2 d 4 h"; "–" where it makes no sense.
    public static func duration(_ seconds: Double) -> Text {
        guard seconds.isFinite, seconds >= 0, seconds < 1e15 else { return .verbatim("–") }
        if seconds < 9.95 { return Text("\(Formatting.oneDecimal(seconds)) s") }
        let whole = Int(seconds.rounded())
        switch whole {
        case ..<60: return Text("\(whole) s")
        case ..<3600: return Text("\(whole / 60) min \(whole % 60) s")
        case ..<86400:
            let minutes = whole / 60 % 60
            return Text("\(whole / 3600) h \(minutes < 10 ? "0\(minutes)" : "\(minutes)") min")
        default: return Text("\(whole / 86400) d \(whole / 3600 % 24) h")
        }
    }

    /// The time left in seconds, as a range because it is a guess: "2 to 3 min left", "more than a day left".
    public static func timeLeft(_ seconds: ClosedRange<Double>) -> Text {
        guard seconds.upperBound.isFinite, seconds.upperBound >= 0 else { return Text("time left unknown") }
        let (low, high) = (max(0, seconds.lowerBound), seconds.upperBound)
        if low >= 86400 { return Text("more than a day left") }
        if high < 10 { return Text("a few seconds left") }
        for unit in TimeUnit.allCases where high < unit.seconds * 90 {
            // Seconds are told in tens: nobody counts along.
            let step = unit == .second ? 10.0 : 1
            let from = Int((low / unit.seconds / step).rounded(.down) * step)
            let to = Int((high / unit.seconds / step).rounded(.up) * step)
            if from == to { return Text("about \(unit.text(to)) left") }
            return from == 0 ? Text("up to \(unit.text(to)) left") : Text("\(from) to \(unit.text(to)) left")
        }
        return Text("more than \(Int((low / 3600).rounded(.down))) h left")
    }
}

/// What time is told in.
private enum TimeUnit: Double, CaseIterable {
    case second = 1
    case minute = 60
    case hour = 3600

    var seconds: Double { rawValue }

    func text(_ count: Int) -> Text {
        switch self {
        case .second: Text("\(count) s")
        case .minute: Text("\(count) min")
        case .hour: Text("\(count) h")
        }
    }
}
