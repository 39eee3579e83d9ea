// Scheduling: mode, frequency, start, end, folders, and what is to become of malformed lines; and the same of a flow
// that there is, with its name.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// The state of the third step, or of the settings of a flow.
struct Scheduling: Equatable, Sendable {
    private(set) var form: FormState
    /// The schedule of the flow whose settings these are; nil where a new one is set up.
    private var original: Schedule?

    private enum ID {
        static let name = "name"
        static let mode = "mode", frequency = "frequency", date = "date", time = "time", end = "end"
        static let folders = "folders", malformed = "malformed"
    }

    /// The key of the folder template.
    static let foldersField = ID.folders

    /// Proposes a daily incremental export from now on, for six months.
    init(now: Date) {
        let proposed = Schedule(mode: .incremental, frequency: .daily, start: now)
        form = FormState(fields: Self.fields(of: proposed, .standard) + [Self.malformedField])
    }

    /// Shows the settings of a flow, to be changed.
    init(changing flow: Flow.Draft) {
        original = flow.schedule
        let name = FormState.Field(
            id: ID.name, title: Text("Name"), isRequired: true, input: .text(TextField(flow.name)))
        form = FormState(fields: [name] + Self.fields(of: flow.schedule, flow.folderTemplate))
    }

    /// What is to be different about the flow whose settings these are; nil while something is wrong.
    var edit: FlowEdit? {
        guard let schedule, let template, !form.text(of: ID.name).isEmpty else { return nil }
        return FlowEdit(name: form.text(of: ID.name), schedule: schedule, folderTemplate: template)
    }

    /// The schedule; nil while a date or a time is not one.
    var schedule: Schedule? {
        guard let start else { return nil }
        guard frequency != .once else {
            let end = original?.frequency == .once ? original?.end : nil
            return Schedule(mode: mode, frequency: .once, start: start, end: end, missed: missed)
        }
        guard let end = instant(on: form.text(of: ID.end), orAsItWas: original?.end) else { return nil }
        return Schedule(mode: mode, frequency: frequency, start: start, end: end, missed: missed)
    }

    private var missed: MissedOccurrences { original?.missed ?? .catchUp }

    /// The start alone, for the local time beside it.
    var start: Date? { instant(on: form.text(of: ID.date), orAsItWas: original?.start) }

    /// A day at the time of day; what is shown as it was is just as it was, to the second.
    private func instant(on date: String, orAsItWas old: Date?) -> Date? {
        let time = form.text(of: ID.time)
        if let old, let original, date == WallClock(old).date, time == WallClock(original.start).time {
            return old
        }
        return WallClock.instant(date: date, time: time)
    }

    /// The folder template; nil while it has a problem.
    var template: FolderTemplate? { try? FolderTemplate(form.text(of: ID.folders)) }

    var malformedRecords: MalformedRecords {
        form.choice(of: ID.malformed) == MalformedRecords.skip.rawValue ? .skip : .fail
    }

    /// What is wrong, by field; empty when the step is complete.
    func problems(now: Date) -> [String: Text] {
        var problems: [String: Text] = [:]
        if form.field(ID.name) != nil, form.text(of: ID.name).isEmpty {
            problems[ID.name] = Text("Needs a name")
        }
        if WallClock.instant(date: form.text(of: ID.date), time: "00:00") == nil {
            problems[ID.date] = Text("Needs a date like \(WallClock(now).date)")
        }
        if WallClock.instant(date: "2000-01-01", time: form.text(of: ID.time)) == nil {
            problems[ID.time] = Text("Needs a time of day like 06:00")
        }
        if frequency != .once, WallClock.instant(date: form.text(of: ID.end), time: "00:00") == nil {
            problems[ID.end] = Text(
                "Needs a date like \(WallClock(Schedule.proposedEnd(forStart: now)).date)")
        }
        // What was so before keeps nobody from changing something else.
        for problem in schedule == original ? [] : schedule?.problems(now: now) ?? [] {
            problems[problem.isAboutEnd ? ID.end : ID.frequency] = problem.text
        }
        do {
            _ = try FolderTemplate(form.text(of: ID.folders))
        } catch {
            problems[ID.folders] = error.text
        }
        return problems
    }

    private var mode: ExportMode {
        form.choice(of: ID.mode) == ExportMode.full.description ? .full : .incremental
    }

    mutating func handle(_ key: Key) -> Bool {
        let before = mode
        guard form.handle(key) else { return false }
        if mode != before { offerFrequencies() }
        return true
    }

    /// Takes the whole answer of a field.
    mutating func take(_ answer: FormState.Answer, for id: String) {
        let before = mode
        form.take(answer, for: id)
        if mode != before { offerFrequencies() }
    }

    /// Edits texts in a style from now on.
    mutating func edit(as style: EditingStyle) { form.edit(as: style) }

    /// Takes the last change back.
    mutating func undo() { _ = form.undo() }

    /// Does again what was taken back.
    mutating func redo() { _ = form.redo() }

    /// What is still missing of what can become right as one goes on typing, by field.
    func unfinished(now: Date) -> [String: Text] {
        guard let id = form.focused?.id else { return [:] }
        let text = form.text(of: id)
        let example: String? =
            switch id {
            case ID.date, ID.end: Typing.canBecomeDate(text) ? WallClock(now).date : nil
            case ID.time: Typing.canBecomeTime(text) ? "06:00" : nil
            case ID.folders: FolderTemplate.canBeginWith(text) ? "%DATASET_ID%/%EXPORT_TIME%" : nil
            default: nil
            }
        return example.map { [id: UnfinishedAnswer(example: $0).text] } ?? [:]
    }

    mutating func paste(_ text: String) { form.paste(text) }

    /// Goes to a field.
    mutating func focusForm(on id: String) { form.leave(for: id) }

    /// Forgets what was told of the last change.
    mutating func forgetNotice() { form.note(nil) }

    mutating func showProblems(now: Date) {
        form.visitAll()
        let problems = problems(now: now)
        if let first = form.fields.first(where: { problems[$0.id] != nil }) { form.focus(on: first.id) }
    }

    /// Whether the field being edited is a date or a time.
    var isOnDate: Bool { dateChooser(now: Date(timeIntervalSince1970: 0)) != nil }

    /// The calendar for the field being edited; nil where it is no date.
    func dateChooser(now: Date) -> DateChooser? {
        let today = WallClock(now).date
        let time =
            WallClock.instant(date: today, time: form.text(of: ID.time)) == nil
            ? WallClock(now).time : form.text(of: ID.time)
        let instant = { (date: String) in
            WallClock.instant(date: date, time: time) ?? WallClock.instant(date: today, time: time) ?? now
        }
        switch form.focused?.id {
        case ID.date, ID.time: return DateChooser(.start, at: instant(form.text(of: ID.date)))
        case ID.end where frequency != .once: return DateChooser(.end, at: instant(form.text(of: ID.end)))
        default: return nil
        }
    }

    /// Takes what was chosen in a calendar, as one step.
    mutating func take(_ chooser: DateChooser) {
        let clock = WallClock(chooser.instant)
        form.beginStep()
        switch chooser.purpose {
        case .start:
            form.replaceText(of: ID.date, with: clock.date)
            form.replaceText(of: ID.time, with: clock.time)
        case .end: form.replaceText(of: ID.end, with: clock.date)
        case .field, .line: break
        }
    }

    /// Writes a macro where the cursor of the folder template is.
    mutating func insert(_ macro: FolderMacro) {
        form.focus(on: ID.folders)
        form.insert("%\(macro.name)%", into: ID.folders)
    }

    private var frequency: ExportFrequency {
        let frequencies = Self.frequencies(of: mode, and: original)
        return frequencies.first { $0.description == form.choice(of: ID.frequency) } ?? frequencies[0]
    }

    /// The frequencies to choose from; that of a flow that there is among them, although it is not offered any more.
    private static func frequencies(of mode: ExportMode, and schedule: Schedule?) -> [ExportFrequency] {
        guard let schedule, schedule.mode == mode, !mode.frequencies.contains(schedule.frequency) else {
            return mode.frequencies
        }
        return mode.frequencies + [schedule.frequency]
    }

    /// Swaps the frequencies; the end date is asked for only where there is one, and what was typed for it stays.
    private mutating func offerFrequencies() {
        let options = Self.frequencies(of: mode, and: original).map(FormState.Option.init)
        form.setInput(.choice(options: options, selected: 0), of: ID.frequency)
    }

    /// Whether a field means nothing for what is chosen.
    func isIdle(_ field: FormState.Field) -> Bool { field.id == ID.end && frequency == .once }

    private static func fields(of schedule: Schedule, _ template: FolderTemplate) -> [FormState.Field] {
        let start = WallClock(schedule.start)
        let end = WallClock(schedule.end ?? Schedule.proposedEnd(forStart: schedule.start))
        let frequencies = frequencies(of: schedule.mode, and: schedule)
        return [
            FormState.Field(
                id: ID.mode, title: Text("Mode"),
                help: Text("incremental: everything once, then what is new"),
                input: .choice(
                    options: ExportMode.allCases.map(FormState.Option.init),
                    selected: ExportMode.allCases.firstIndex(of: schedule.mode) ?? 0)),
            FormState.Field(
                id: ID.frequency, title: Text("Frequency"), help: Text("all datasets share one schedule"),
                input: .choice(
                    options: frequencies.map(FormState.Option.init),
                    selected: frequencies.firstIndex(of: schedule.frequency) ?? 0)),
            FormState.Field(
                id: ID.date, title: Text("Start date (UTC)"), help: Text("YYYY-MM-DD"), isRequired: true,
                input: .text(TextField(start.date))),
            FormState.Field(
                id: ID.time, title: Text("Time (UTC)"), help: Text("HH:MM"), isRequired: true,
                input: .text(TextField(start.time))),
            FormState.Field(
                id: ID.end, title: Text("End date (UTC)"),
                help: Text("after it nothing is exported any more"),
                isRequired: true, input: .text(TextField(end.date))),
            FormState.Field(
                id: ID.folders, title: Text("Folder path"), help: Text("Ctrl-T inserts a macro"),
                isRequired: true,
                input: .text(TextField(template.text))),
        ]
    }

    private static let malformedField =
        FormState.Field(
            id: ID.malformed, title: Text("Malformed lines"),
            help: Text("lines that are not JSON objects; a run that fails publishes nothing"),
            input: .choice(
                options: [
                    FormState.Option(MalformedRecords.fail.rawValue, title: Text("fail the run")),
                    FormState.Option(MalformedRecords.skip.rawValue, title: Text("leave them out")),
                ], selected: 0))
}

extension FormState.Option {
    fileprivate init(_ mode: ExportMode) { self.init(mode.description, title: mode.text) }

    fileprivate init(_ frequency: ExportFrequency) {
        self.init(frequency.description, title: frequency.text)
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
