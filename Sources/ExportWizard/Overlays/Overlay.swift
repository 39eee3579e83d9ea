// What lies over a screen and takes the keys: help, palette, questions, a line to type, a text to read.
import ExportDomain
import Languages
import TerminalKit

/// An overlay.
enum Overlay: Equatable, Sendable {
    /// All keys of the screen.
    case help(HelpOverlay)
    /// The actions by name.
    case palette(Palette)
    /// A question that keeps something from being lost.
    case confirm(ConfirmDialog, Question)
    /// A line to type.
    case prompt(Prompt)
    /// The macros of folder templates.
    case macros(MacroList)
    /// Names for a field, as its storage has them.
    case suggestions(SuggestionList)
    /// A calendar to choose a day and a time of.
    case calendar(DateChooser)
    /// A file to be found.
    case files(FileChooser)
    /// A text to read.
    case text(TextReader)
    /// The records of a file.
    case records(RecordTable)
    /// A text that was copied, to be selected by hand too.
    case copied(CopiedText)
    /// The platforms to choose from.
    case platforms(PlatformList)
    /// An export that was left half made.
    case unfinished(UnfinishedWork)

    /// What is asked.
    enum Question: Equatable, Sendable {
        case quit
        case trustHostKey(HostKey)
        case writeProbe
        case saveUntested
        case removeDestination(TargetConnection)
        case editFlow(FlowDetails, FlowEdit)
        case deleteFlow(FlowDetails)
        case exportNow(FlowDetails)
        case cancelRun(Identifier<FlowRun>)
        case replacePlan(path: String)
        case switchPlatform(PlatformChoice, PlatformList)
    }
}

extension Overlay {
    /// The list that is shown; nil where something else is.
    var list: ListState? {
        get {
            switch self {
            case .macros(let macros): macros.list
            case .suggestions(let suggestions): suggestions.list
            case .files(let chooser): chooser.list
            case .platforms(let platforms): platforms.list
            case .help, .palette, .confirm, .prompt, .calendar, .text, .records, .copied, .unfinished: nil
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .macros(var macros):
                macros.list = newValue
                self = .macros(macros)
            case .suggestions(var suggestions):
                suggestions.list = newValue
                self = .suggestions(suggestions)
            case .files(var chooser):
                chooser.list = newValue
                self = .files(chooser)
            case .platforms(var platforms):
                platforms.list = newValue
                self = .platforms(platforms)
            case .help, .palette, .confirm, .prompt, .calendar, .text, .records, .copied, .unfinished: break
            }
        }
    }

    /// The records that are shown; nil where something else is.
    var records: RecordTable? { if case .records(let table) = self { table } else { nil } }
}

/// A line to type.
struct Prompt: Equatable, Sendable {
    enum Purpose: Equatable, Sendable {
        case planPath, flowName, transferRate, filesAtATime
        case flowEnd(FlowDetails)
    }

    var purpose: Purpose
    var field: TextField
    var problem: Text?
    private var history = EditHistory<TextField>()

    init(purpose: Purpose, field: TextField) {
        self.purpose = purpose
        self.field = field
    }

    /// Whether the line is a day, which a calendar can give.
    var isDay: Bool { if case .flowEnd = purpose { true } else { false } }

    /// Whether nothing says something too.
    var mayBeEmpty: Bool { purpose == .transferRate || purpose == .filesAtATime }

    /// Takes a text in the place of what is typed.
    mutating func take(_ text: String) {
        history.note(field)
        field.replace(with: text)
    }

    /// The editor of the line; nil where it is Emacs'.
    private(set) var vi: ViEditing?

    /// Edits the line in a style from now on.
    mutating func edit(as style: EditingStyle) { vi = style == .vi ? vi ?? ViEditing() : nil }

    /// Whether Escape belongs to the editor of the line.
    var takesEscape: Bool { vi.map { !$0.isNormal || !$0.pending.isEmpty } ?? false }

    /// Edits the line.
    mutating func handle(_ key: Key) {
        guard var vi else {
            _ = history.handle(key, in: &field)
            return
        }
        if vi.isNormal, vi.pending.isEmpty, key == .character("u") || key == .control("r") {
            _ = history.handle(key == .control("r") ? .redo : .undo, in: &field)
            return
        }
        if key == .undo || key == .redo {
            _ = history.handle(key, in: &field)
            return
        }
        let before = field
        let run = vi.isNormal ? nil : EditRun(key)
        _ = vi.handle(key, in: &field)
        self.vi = vi
        if field.text != before.text { history.note(before, run: run) } else { history.endRun() }
    }

    /// Types a pasted text.
    mutating func paste(_ text: String) -> PasteNotice? { history.paste(text, into: &field) }

    var title: Text {
        switch purpose {
        case .planPath: Text("Save the plan as")
        case .flowName: Text("Name of the dataflow")
        case .filesAtATime: Text("Files of a run at a time, 1 to 16; empty: as suits the destination")
        case .transferRate: Text("Bytes a second each way, like 20M; empty: no limit")
        case .flowEnd(let flow): Text("Last day (UTC) of “\(flow.flow.draft.name)”")
        }
    }
}

/// A text that was sent to the clipboard.
struct CopiedText: Equatable, Sendable {
    var text: String
    /// How many lines of the text are above the screen.
    var scroll = 0
}
