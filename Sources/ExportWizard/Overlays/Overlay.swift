// What lies over a screen and takes the keys: help, palette, questions, a line to type, a text to read.
import ExportDomain
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
    case macros(ListCursor)
    /// A text to read.
    case text(TextReader)
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

/// A line to type.
struct Prompt: Equatable, Sendable {
    enum Purpose: Equatable, Sendable {
        case planPath, flowName
        case flowEnd(FlowDetails)
        case secretFile(field: String, title: String)
    }

    var purpose: Purpose
    var field: TextField
    var problem: String?

    var title: String {
        switch purpose {
        case .planPath: "Save the plan as"
        case .flowName: "Name of the dataflow"
        case .flowEnd(let flow): "Last day (UTC) of “\(flow.flow.draft.name)”"
        case .secretFile(_, let title): "\(title): read it from the file"
        }
    }
}

/// A text to read, scrolled by lines.
struct TextReader: Equatable, Sendable {
    var title: String
    /// The lines; nil while they are loaded.
    var lines: [String]?
    /// How many lines of the text are above the box.
    var scroll = 0
    /// The token of the request that brings the lines.
    var token: Int?
}
