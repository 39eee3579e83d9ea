// A flow as the commands print it.
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import Languages
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

        fileprivate var rule: Schedule
        fileprivate var ending: ScheduleEnding

        private enum CodingKeys: String, CodingKey {
            case mode, frequency, start, end, missed, endsInDays, notice
        }

        fileprivate init(_ schedule: Schedule, now: Date) {
            rule = schedule
            ending = schedule.ending(now: now)
            mode = schedule.mode.description
            frequency = schedule.frequency.description
            start = schedule.start.rfc3339
            end = schedule.end?.rfc3339
            missed = schedule.missed.rawValue
            endsInDays = ending.days
            notice = ending.notice?.english
        }

        fileprivate var sentence: Text { Text("\(rule.mode), \(rule.frequency), from \(start)") }

        /// The end with what there is to point out.
        fileprivate var endCell: String {
            let end = end ?? Text("none").said
            return ending.notice.map { Text("\(end) (\($0))").said } ?? end
        }
    }

    struct LastRun: Encodable {
        var scheduledTime: String?
        var status: String

        var cell: String {
            let status = Text.state(status)
            return scheduledTime.map { Text("\($0) \(status)").said } ?? status.said
        }
    }

    struct NotificationsResult: Encodable {
        var on: [String]
        var command: [String]
        var sent: Int
        var failed: Int
        var waiting: Int
        var problem: String?
        fileprivate var problemText: Text?

        private enum CodingKeys: CodingKey { case on, command, sent, failed, waiting, problem }

        fileprivate init(_ state: EmbeddedPlatform.NotificationState) {
            on = state.settings.orderedOccasions.map(\.rawValue)
            command = state.settings.command
            (sent, failed, waiting) = (state.sent, state.failed, state.waiting)
            (problem, problemText) = (state.problem?.english, state.problem)
        }
    }

    init(_ details: FlowDetails, latest: LatestExport?, now: Date) {
        let draft = details.flow.draft
        id = details.id.rawValue
        name = draft.name
        description = draft.description
        state = details.flow.state.rawValue
        destination = DestinationName(
            id: details.destination.id.rawValue, name: details.destination.draft.name, kind: details.kind,
            place: details.location)
        datasets = details.datasets.map { DatasetName(id: $0.id.rawValue, name: $0.name) }
        schedule = ScheduleResult(draft.schedule, now: now)
        folder = draft.folderTemplate.text
        lastRun = latest.map { LastRun(scheduledTime: $0.scheduledTime?.rfc3339, status: $0.status.word) }
        nextRun = details.nextExport(after: now)?.rfc3339
    }

    /// A flow of a platform, now.
    init(_ details: FlowDetails, on platform: Platform) async throws {
        self.init(details, latest: try await platform.flowService.overview(of: details).latest, now: Date())
        notifications = try await platform.notifications(of: details.id).map(NotificationsResult.init)
    }

    /// Prints all of it.
    func print(_ output: OutputOptions) throws {
        if output.json { return try JSONText.print(self) }
        var facts = [(Text("Name"), name), (Text("Id"), id), (Text("State"), Text.state(state).said)]
        if !description.isEmpty { facts.append((Text("Description"), description)) }
        facts += [(Text("Destination"), "\(destination.name), \(destination.place)")]
        facts += datasets.map { (Text("Dataset"), "\($0.name)  \($0.id)") }
        facts += [
            (Text("Schedule"), schedule.sentence.said), (Text("End"), schedule.endCell),
            (Text("Folders"), folder),
            (Text("Last run"), lastRun?.cell ?? Text("none yet").said),
            (Text("Next run"), nextRun ?? Text("none").said),
        ]
        facts += notifications?.shown ?? []
        PlainTable.print(facts: facts)
    }

    /// Prints flows, one to a line.
    static func printTable(_ flows: [FlowResult]) {
        PlainTable.print(
            [
                Text("NAME"), Text("STATE"), Text("DESTINATION"), Text("DATASETS"), Text("SCHEDULE"),
                Text("LAST RUN (UTC)"), Text("NEXT RUN (UTC)"),
                Text("END (UTC)"),
            ],
            flows.map {
                [
                    $0.name, Text.state($0.state).said, $0.destination.name, listed($0.datasets.map(\.name)),
                    $0.schedule.rule.frequency.text.said, $0.lastRun?.cell ?? Text("none yet").said,
                    $0.nextRun ?? Text("none").said, $0.schedule.endCell,
                ]
            })
    }

    /// The first names, and how many more there are.
    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(3).joined(separator: ", ")
        return names.count > 3 ? Text("\(shown) and \(Formatting.count(names.count - 3)) more").said : shown
    }
}

extension FlowResult.NotificationsResult {
    /// What is told and how that has gone, for people.
    fileprivate var shown: [(Text, String)] {
        let words = command.map { $0.contains(where: \.isWhitespace) || $0.isEmpty ? "“\($0)”" : $0 }
        var lines = [
            (Text("Tells"), Text("\(Text.list(on)) by \(words.joined(separator: " "))").said)
        ]
        if let problemText { lines.append((.empty, Text("the last failed: \(problemText)").said)) }
        if failed > 0 {
            lines.append(
                (
                    .empty,
                    Text("\(Formatting.count(sent)) sent, \(Formatting.count(failed)) failed").said
                ))
        }
        return lines
    }
}

extension ScheduleEnding {
    /// The whole days until an end that is near.
    fileprivate var days: Int? { if case .soon(let days) = self { days } else { nil } }
}
