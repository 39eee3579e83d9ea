// A flow as the commands print it.
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import TerminalKit

/// What is known of a flow.
struct FlowResult: Encodable {
    var id: String
    var name: String
    var description: String
    var state: String
    var destination: DestinationName
    var datasets: [DatasetName]
    var schedule: ScheduleResult
    var folder: String
    var lastRun: LastRun?
    var nextRun: String?
    /// What it tells, and how that has gone.
    var notifications: NotificationsResult?
    /// The sentences about an edit that was made nevertheless.
    var conflicts: [String]?

    struct DestinationName: Encodable {
        var id: String
        var name: String
        var kind: String
        var place: String
    }

    struct DatasetName: Encodable {
        var id: String
        var name: String
    }

    struct ScheduleResult: Encodable {
        var mode: String
        var frequency: String
        var start: String
        var end: String?
        /// What becomes of missed occurrences: `catch-up` or `skip`.
        var missed: String
        /// The whole days until the end, where that is near.
        var endsInDays: Int?
        /// Where the end is near or has gone by: “ends in 12 days”.
        var notice: String?

        /// The end with what there is to point out.
        var endCell: String { (end ?? "none") + (notice.map { " (\($0))" } ?? "") }
    }

    struct LastRun: Encodable {
        var scheduledTime: String?
        var status: String

        var cell: String { scheduledTime.map { "\($0) \(status)" } ?? status }
    }

    struct NotificationsResult: Encodable {
        var on: [String]
        var command: [String]
        var sent: Int
        var failed: Int
        var waiting: Int
        var problem: String?
    }

    init(_ details: FlowDetails, latest: LatestExport?, now: Date) {
        let draft = details.flow.draft
        let ending = draft.schedule.ending(now: now)
        id = details.id.rawValue
        name = draft.name
        description = draft.description
        state = details.flow.state.rawValue
        destination = DestinationName(
            id: details.destination.id.rawValue, name: details.destination.draft.name, kind: details.kind,
            place: details.location)
        datasets = details.datasets.map { DatasetName(id: $0.id.rawValue, name: $0.name) }
        schedule = ScheduleResult(
            mode: draft.schedule.mode.description, frequency: draft.schedule.frequency.description,
            start: draft.schedule.start.rfc3339, end: draft.schedule.end?.rfc3339,
            missed: draft.schedule.missed.rawValue,
            endsInDays: ending.days, notice: ending.notice)
        folder = draft.folderTemplate.text
        lastRun = latest.map { LastRun(scheduledTime: $0.scheduledTime?.rfc3339, status: $0.status.word) }
        nextRun = details.nextExport(after: now)?.rfc3339
    }

    /// A flow of a platform, now.
    init(_ details: FlowDetails, on platform: Platform) async throws {
        self.init(details, latest: try await platform.flowService.latestExport(of: details), now: Date())
        notifications = try await platform.notifications(of: details.id).map { state in
            NotificationsResult(
                on: state.settings.orderedOccasions.map(\.rawValue), command: state.settings.command,
                sent: state.sent, failed: state.failed, waiting: state.waiting, problem: state.problem)
        }
    }

    /// Prints all of it.
    func print(_ output: OutputOptions) throws {
        if output.json { return try JSONText.print(self) }
        var facts = [("Name", name), ("Id", id), ("State", state)]
        if !description.isEmpty { facts.append(("Description", description)) }
        facts += [("Destination", "\(destination.name), \(destination.place)")]
        facts += datasets.map { ("Dataset", "\($0.name)  \($0.id)") }
        facts += [
            ("Schedule", "\(schedule.mode), \(schedule.frequency), from \(schedule.start)"),
            ("End", schedule.endCell), ("Folders", folder), ("Last run", lastRun?.cell ?? "none yet"),
            ("Next run", nextRun ?? "none"),
        ]
        facts += notifications?.shown ?? []
        PlainTable.print(facts: facts)
    }

    /// Prints flows, one to a line.
    static func printTable(_ flows: [FlowResult]) {
        PlainTable.print(
            [
                "NAME", "STATE", "DESTINATION", "DATASETS", "SCHEDULE", "LAST RUN (UTC)", "NEXT RUN (UTC)",
                "END (UTC)",
            ],
            flows.map {
                [
                    $0.name, $0.state, $0.destination.name, listed($0.datasets.map(\.name)),
                    $0.schedule.frequency,
                    $0.lastRun?.cell ?? "none yet", $0.nextRun ?? "none", $0.schedule.endCell,
                ]
            })
    }

    /// The first names, and how many more there are.
    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(3).joined(separator: ", ")
        return names.count > 3 ? "\(shown) and \(Formatting.count(names.count - 3)) more" : shown
    }
}

extension FlowResult.NotificationsResult {
    /// What is told and how that has gone, for people.
    fileprivate var shown: [(String, String)] {
        let words = command.map { $0.contains(where: \.isWhitespace) || $0.isEmpty ? "“\($0)”" : $0 }
        var lines = [("Tells", "\(on.joined(separator: ", ")) by \(words.joined(separator: " "))")]
        if let problem { lines.append(("", "the last failed: \(problem)")) }
        if failed > 0 {
            lines.append(("", "\(Formatting.count(sent)) sent, \(Formatting.count(failed)) failed"))
        }
        return lines
    }
}

extension ScheduleEnding {
    /// The whole days until an end that is near.
    fileprivate var days: Int? { if case .soon(let days) = self { days } else { nil } }
}
