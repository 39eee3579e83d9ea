// Which rows of the screen hold what. The size is an argument of everything, so a resize is only a redraw.
import TerminalKit

/// The rows of the wizard's screen.
struct WizardLayout {
    /// Below this size a sentence is shown instead of the wizard.
    static let minimum = Size(columns: 60, rows: 16)

    let size: Size

    init(_ size: Size) { self.size = size }

    /// Title bar.
    var title: Rect { Rect(size).line(0) }
    /// The steps.
    var rail: Rect { Rect(size).line(1) }
    /// The line under the steps.
    var rule: Rect { Rect(size).line(2) }
    /// What the screen is about, between rule and message line, with a blank column at each side.
    var body: Rect {
        Rect(column: 1, row: 3, columns: size.columns - 2, rows: size.rows - 5)
    }
    /// One sentence on what just happened.
    var message: Rect { Rect(size).line(size.rows - 2) }
    /// The keys.
    var hints: Rect { Rect(size).line(size.rows - 1) }

    /// Where overlays lie: everywhere but the hints, which say how to close them.
    var overlayArea: Rect { Rect(size).split(bottom: 1).rest }

    /// The box of an overlay with so many lines of text.
    func overlay(lines: Int, columns: Int = 76) -> Rect {
        overlayArea.centered(
            Size(columns: min(columns, size.columns - 2), rows: min(lines + 2, size.rows - 3)))
    }

    /// How many lines of text the largest overlay shows.
    var overlayRows: Int { max(1, size.rows - 5) }

    /// How many rows the list of a screen shows.
    func listRows(of screen: Wizard.Screen) -> Int {
        switch screen {
        case .destination: max(1, body.rows - 2)
        case .datasets, .flowDatasets: max(1, body.rows - 3)
        case .verification: max(1, body.rows - Wizard.verificationHeadRows - verificationDetailRows)
        case .flows: max(1, body.rows - 1 - flowDetailRows)
        case .destinationKinds, .destinationForm, .destinationTest, .scheduling, .review, .flowSettings:
            max(1, body.rows)
        }
    }

    /// How many rows the catalogue of kinds takes; what each needs stands below.
    func kindRows(count: Int) -> Int { max(1, min(count, body.rows - 8)) }
}
