// The options of `sluice flows edit`, and the edit that they ask for.
import ArgumentParser
import ExportDomain
import FoundationEssentials
import Languages

/// What is to be different about a flow.
struct FlowEditOptions: ParsableArguments {
    @Option(name: .customLong("name"), help: ArgumentHelp(Text("Another name.")))
    var newName: String?

    @Option(help: ArgumentHelp(Text("Another description; an empty one takes it away.")))
    var description: String?

    @Option(help: ArgumentHelp(Text("The first export, as a day or an instant (UTC)."), valueName: "time"))
    var start: ScheduleTime?

    @Option(help: ArgumentHelp(Text("The last day or instant (UTC) of exports."), valueName: "time"))
    var end: ScheduleTime?

    @Option(help: ArgumentHelp(Text("Put the end off, by so much: 30d, 2w, 6mo, 1y."), valueName: "span"))
    var extend: CalendarSpan?

    @Option(help: ArgumentHelp(Text("How often: daily or hourly for incremental files, once for full ones.")))
    var frequency: FrequencyWord?

    @Option(help: ArgumentHelp(Text("The hours between hourly exports: 3, 6, 8 or 12."), valueName: "hours"))
    var interval: Int?

    @Option(
        help:
            ArgumentHelp(
                Text(
                    "Exports at whose time nothing ran: catch-up makes one for all of them, skip waits for the next."
                )))
    var missed: MissedOccurrences?

    @Option(
        help: ArgumentHelp(
            Text("The folders of each run, like %DATASET_ID%/%EXPORT_TIME%."), valueName: "template")
    )
    var folder: String?

    @Option(
        help: ArgumentHelp(
            Text("Also export this dataset, by id or name. Repeatable."), valueName: "dataset"),
        completion: .datasetNames)
    var addDataset: [String] = []

    @Option(
        help: ArgumentHelp(
            Text("No longer export this dataset, by id or name. Repeatable."), valueName: "dataset"),
        completion: .datasetNames)
    var removeDataset: [String] = []

    @OptionGroup(title: Text("Notifications").said) var notify: NotifyOptions

    /// Whether the flow itself stays as it is.
    private var changesNothing: Bool {
        newName == nil && description == nil && folder == nil && !changesSchedule && addDataset.isEmpty
            && removeDataset.isEmpty
    }

    private var changesSchedule: Bool {
        start != nil || end != nil || extend != nil || frequency != nil || interval != nil
            || missed != nil
    }

    func validate() throws {
        if changesNothing, notify.isEmpty {
            throw ValidationError(
                Text("Say what is to change: --name, --end, --extend, --frequency, --add-dataset, …."))
        }
        if end != nil, extend != nil { throw ValidationError(Text("Give --end or --extend, not both.")) }
        if let frequency, frequency != .hourly, interval != nil {
            throw ValidationError(
                Text("--interval is for hourly exports: leave it out with --frequency \(frequency.rawValue).")
            )
        }
        _ = try template()
    }

    /// The edit of a flow.
    /// - Parameter available: the datasets that can be added.
    func edit(of details: FlowDetails, available: [Dataset], now: Date) throws -> FlowEdit {
        FlowEdit(
            name: newName, description: description,
            schedule: try schedule(details.flow.draft.schedule, of: details, now: now),
            folderTemplate: try template(), datasets: try datasets(of: details, available: available))
    }

    private func template() throws -> FolderTemplate? {
        do {
            return try folder.map { text throws(FolderTemplateProblem) in try FolderTemplate(text) }
        } catch {
            throw ValidationError(Text("--folder: \(error)."))
        }
    }

    private func schedule(_ old: Schedule, of details: FlowDetails, now: Date) throws -> Schedule {
        var schedule = old
        switch (frequency, interval) {
        case (nil, nil): break
        case (.once, _):
            schedule = Schedule(mode: .full, frequency: .once, start: now.wholeMinute)
        case (.daily, _):
            schedule.mode = .incremental
            schedule.frequency = .daily
        case (.hourly, let hours?):
            schedule.mode = .incremental
            schedule.frequency = .hourly(every: hours)
        case (nil, let hours?):
            if !old.frequency.isHourly {
                throw usage(
                    Text(
                        "The flow “\(name(details))” is not exported hourly: add --frequency hourly to --interval."
                    ))
            }
            schedule.frequency = .hourly(every: hours)
        case (.hourly, nil):
            if !old.frequency.isHourly {
                throw usage(
                    Text(
                        "The flow “\(name(details))” needs --interval 3, 6, 8 or 12 with --frequency hourly.")
                )
            }
        }
        if let missed { schedule.missed = missed }
        if let start { schedule.start = try start.instant(timeOfDay: old.start) }
        if let end { schedule.end = try end.instant(timeOfDay: schedule.start) }
        if end != nil || extend != nil, schedule.frequency == .once {
            throw usage(
                Text("The flow “\(name(details))” is exported once, and has no end that could be changed."))
        }
        if let extend { schedule = schedule.extended(by: extend, now: now) }
        return schedule
    }

    private func datasets(of details: FlowDetails, available: [Dataset]) throws -> [DatasetReference]? {
        if addDataset.isEmpty, removeDataset.isEmpty { return nil }
        var datasets = details.datasets
        for name in removeDataset {
            let removed = try details.exportedDataset(named: name)
            datasets.removeAll { $0.id == removed.id }
        }
        for dataset in addDataset.isEmpty ? [] : try available.named(addDataset) {
            if datasets.contains(where: { $0.id == dataset.id }) {
                throw usage(Text("The flow “\(name(details))” exports “\(dataset.name)” already."))
            }
            datasets.append(dataset.reference)
        }
        return datasets
    }

    private func usage(_ text: Text) -> Failure { Failure(text, status: ExitStatus.usage) }

    private func name(_ details: FlowDetails) -> String { details.flow.draft.name }
}

/// A frequency as it is written.
enum FrequencyWord: String, CaseIterable, ExpressibleByArgument {
    case once, daily, hourly
}

/// A day, or an instant.
struct ScheduleTime: ExpressibleByArgument {
    private var text: String
    private var instant: Date?

    /// Reads `2027-06-01` or `2027-06-01T06:00:00Z`; nil for anything else.
    init?(argument: String) {
        text = argument
        instant = Date(rfc3339: argument)
        if instant == nil, WallClock.instant(date: argument, time: "00:00") == nil { return nil }
    }

    /// The instant; a day has it at the time of day of another instant.
    func instant(timeOfDay: Date) throws -> Date {
        if let instant { return instant }
        guard let day = WallClock.instant(date: text, time: WallClock(timeOfDay).time) else {
            throw ValidationError(Text("“\(text)” is no day like 2027-06-01."))
        }
        return day.addingTimeInterval(TimeInterval(WallClock(timeOfDay).second))
    }
}

extension CalendarSpan: ExpressibleByArgument {
    /// Reads a span like `6mo`; nil for anything else.
    public init?(argument: String) { self.init(argument) }
}

extension MissedOccurrences: ExpressibleByArgument {}

extension ExportFrequency {
    fileprivate var isHourly: Bool { if case .hourly = self { true } else { false } }
}
