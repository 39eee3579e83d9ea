// When files are deleted by the service that keeps them, for machines and for people.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// The time at which a service deletes the files of a run by itself.
struct FileExpiry: Encodable {
    private let time: Date

    /// Takes the time; nil for files that are kept.
    init?(_ time: Date?) {
        guard let time else { return nil }
        self.time = time
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(time.rfc3339)
    }

    /// The time in plain words, as seen from now.
    func sentence(now: Date = Date()) -> Text {
        let clock = WallClock(time)
        let left = time.timeIntervalSince(now)
        return left > 0
            ? Text(
                "The platform deletes these files in \(Text.duration(left)), on \(clock.date) at \(clock.time) UTC."
            )
            : Text("The platform has deleted these files, on \(clock.date) at \(clock.time) UTC.")
    }
}
