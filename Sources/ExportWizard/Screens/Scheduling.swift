// Scheduling: mode, frequency, start, end, folders, and what is to become of malformed lines.
import ExportDomain
import FoundationEssentials
import TerminalKit

/// The state of the third step.
struct Scheduling: Equatable, Sendable {
    private(set) var form: FormState
    private var mode = ExportMode.incremental

    private enum ID {
        static let mode = "mode", frequency = "frequency", date = "date", time = "time", end = "end"
        static let folders = "folders", malformed = "malformed"
    }

    /// Proposes a daily incremental export from now on, for six months.
    init(now: Date) {
        form = FormState(fields: Self.fields(now: now))
    }

    /// The schedule; nil while a date or a time is not one.
    var schedule: Schedule? {
        guard let start = WallClock.instant(date: form.text(of: ID.date), time: form.text(of: ID.time)) else {
            return nil
        }
        guard frequency != .once else { return Schedule(mode: mode, frequency: .once, start: start) }
        guard let end = WallClock.instant(date: form.text(of: ID.end), time: form.text(of: ID.time)) else {
            return nil
        }
        return Schedule(mode: mode, frequency: frequency, start: start, end: end)
    }

    /// The start alone, for the local time beside it.
    var start: Date? { WallClock.instant(date: form.text(of: ID.date), time: form.text(of: ID.time)) }

    /// The folder template; nil while it has a problem.
    var template: FolderTemplate? { try? FolderTemplate(form.text(of: ID.folders)) }

    var malformedRecords: MalformedRecords {
        form.choice(of: ID.malformed) == Self.skipWord ? .skip : .fail
    }

    /// What is wrong, by field; empty when the step is complete.
    func problems(now: Date) -> [String: String] {
        var problems: [String: String] = [:]
        if WallClock.instant(date: form.text(of: ID.date), time: "00:00") == nil {
            problems[ID.date] = "Needs a date like \(WallClock(now).date)"
        }
        if WallClock.instant(date: "2000-01-01", time: form.text(of: ID.time)) == nil {
            problems[ID.time] = "Needs a time of day like 06:00"
        }
        if frequency != .once, WallClock.instant(date: form.text(of: ID.end), time: "00:00") == nil {
            problems[ID.end] = "Needs a date like \(WallClock(Schedule.proposedEnd(forStart: now)).date)"
        }
        for problem in schedule?.problems(now: now) ?? [] {
            problems[problem.isAboutEnd ? ID.end : ID.frequency] = problem.description
        }
        do {
            _ = try FolderTemplate(form.text(of: ID.folders))
        } catch {
            problems[ID.folders] = error.description
        }
        return problems
    }

    mutating func handle(_ key: Key) -> Bool {
        guard form.handle(key) else { return false }
        let chosen = form.choice(of: ID.mode) == ExportMode.full.description ? ExportMode.full : .incremental
        if chosen != mode { change(to: chosen) }
        return true
    }

    mutating func paste(_ text: String) { form.paste(text) }

    mutating func showProblems(now: Date) {
        form.visitAll()
        let problems = problems(now: now)
        if let first = form.fields.first(where: { problems[$0.id] != nil }) { form.focus(on: first.id) }
    }

    /// Writes a macro where the cursor of the folder template is.
    mutating func insert(_ macro: FolderMacro) {
        form.focus(on: ID.folders)
        form.insert("%\(macro.name)%", into: ID.folders)
    }

    private var frequency: ExportFrequency {
        mode.frequencies.first { $0.description == form.choice(of: ID.frequency) } ?? mode.frequencies[0]
    }

    /// Swaps the frequencies; the end date is asked for only where there is one, and what was typed for it stays.
    private mutating func change(to mode: ExportMode) {
        self.mode = mode
        form.setInput(.choice(options: mode.frequencies.map(\.description), selected: 0), of: ID.frequency)
    }

    /// Whether a field means nothing for what is chosen.
    func isIdle(_ field: FormState.Field) -> Bool { field.id == ID.end && frequency == .once }

    private static let skipWord = "leave them out"

    private static func fields(now: Date) -> [FormState.Field] {
        let start = WallClock(now)
        let end = WallClock(Schedule.proposedEnd(forStart: now))
        return [
            FormState.Field(
                id: ID.mode, title: "Mode", help: "incremental: everything once, then what is new",
                input: .choice(options: ExportMode.allCases.map(\.description), selected: 0)),
            FormState.Field(
                id: ID.frequency, title: "Frequency", help: "all datasets share one schedule",
                input: .choice(options: ExportMode.incremental.frequencies.map(\.description), selected: 0)),
            FormState.Field(
                id: ID.date, title: "Start date (UTC)", help: "YYYY-MM-DD", isRequired: true,
                input: .text(TextField(start.date))),
            FormState.Field(
                id: ID.time, title: "Time (UTC)", help: "HH:MM", isRequired: true,
                input: .text(TextField(start.time))),
            FormState.Field(
                id: ID.end, title: "End date (UTC)", help: "after it nothing is exported any more",
                isRequired: true, input: .text(TextField(end.date))),
            FormState.Field(
                id: ID.folders, title: "Folder path", help: "Ctrl-T inserts a macro", isRequired: true,
                input: .text(TextField(FolderTemplate.standard.text))),
            FormState.Field(
                id: ID.malformed, title: "Malformed lines",
                help: "lines that are not JSON objects; a run that fails publishes nothing",
                input: .choice(options: ["fail the run", skipWord], selected: 0)),
        ]
    }
}

extension ScheduleProblem {
    fileprivate var isAboutEnd: Bool {
        switch self {
        case .endMissing, .endsBeforeStart, .endIsPast: true
        case .frequencyNotAllowed, .hoursNotAccepted: false
        }
    }
}
