// Copying: what the cursor is on goes to the terminal's clipboard, and is shown without a frame, so that it can be
// selected by hand where the terminal has not taken it.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    /// The action that copies what the cursor is on.
    func copyAction(availability: Action<WizardAction>.Availability) -> Action<WizardAction> {
        Action(
            .copy, keys: [.character("y")], title: Text("Copy"),
            help: Text("Copy the path, id or text under the cursor to the clipboard, and show it in full"),
            availability: availability, hint: false)
    }

    /// What would be copied.
    var copyable: String? {
        switch screen {
        case .verification:
            verification.flatMap { pane in pane.selected.map { pane.copyable($0, in: setting.language) } }
        case .flows: flowList.selected?.id.rawValue
        case .destinationTest: setup?.test?.verdict.copyable.map(say)
        case .destination, .destinationKinds, .destinationForm, .datasets, .scheduling, .review,
            .flowDatasets, .flowSettings:
            nil
        }
    }

    mutating func copySelected() -> [WizardEffect] { copyable.map { copy($0) } ?? [] }

    /// Copies a text, and shows it.
    mutating func copy(_ text: String) -> [WizardEffect] {
        let text = Clipboard.harmless(text)
        overlay = .copied(CopiedText(text: text))
        // Where the mouse is told to the program, nothing can be selected with it.
        return [.useMouse(false)] + (Clipboard.takes(text) ? [.copy(text)] : [])
    }

    mutating func press(
        _ key: Key, in copied: CopiedText, isCancel: Bool, at moment: Moment
    ) -> [WizardEffect] {
        if isCancel || [.enter, .character("q"), .character("y"), .control("c")].contains(key) {
            overlay = nil
            return [.useMouse(isMouseOn)]
        }
        var copied = copied
        let layout = WizardLayout(moment.size)
        copied.scroll = Scrolling.offset(
            copied.scroll, after: key, page: layout.copiedRows,
            count: copied.lines(columns: moment.size.columns, .standard).count)
        overlay = .copied(copied)
        return []
    }

    func draw(_ copied: CopiedText, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let area = layout.overlayArea
        frame.fill(area, style: theme[.text])
        frame.put(
            Clipboard.takes(copied.text)
                ? Text("Sent to the clipboard of the terminal. It can be selected here, too:")
                : Text("Too long for the clipboard of a terminal. It can be selected here:"),
            at: area.origin, style: theme[.muted], columns: area.columns)
        let lines = copied.lines(columns: area.columns, frame.textWidth)
        let first = min(copied.scroll, max(0, lines.count - layout.copiedRows))
        for (offset, line) in lines.dropFirst(first).prefix(layout.copiedRows).enumerated() {
            frame.put(line, at: area.line(offset + 2).origin, style: theme[.text])
        }
        frame.cursor = area.line(2).origin
    }
}

extension TestDestination.Verdict {
    /// What of a test is copied: why it failed, or the key that has to be compared.
    fileprivate var copyable: Text? {
        switch self {
        case .failed(let reason, _): reason
        case .unknownHostKey(let key): .verbatim(key.fingerprint)
        case .running, .passed, .unproven, .untestable: nil
        }
    }
}

extension WizardLayout {
    /// How many lines of a copied text are shown.
    var copiedRows: Int { max(1, overlayArea.rows - 2) }
}

extension CopiedText {
    /// The lines from edge to edge of the screen, so that nothing but the text is selected.
    func lines(columns: Int, _ rules: TextWidth) -> [String] { rules.wrapped(text, to: columns) }
}

extension Verification {
    /// What of a row is copied: a path, an id or a sentence.
    func copyable(_ row: Row, in language: Language) -> String {
        switch row {
        case .flow, .older: flow.id.rawValue
        case .export(let export): export.time?.rfc3339 ?? export.id
        case .run(let report): report.id.rawValue
        case .folder(let report): report.verification.folder
        case .file(let file, let report): report.writtenPath(of: file)
        case .error(let error, _): error.text.string(in: language)
        case .unseen(_, let problem): problem.string(in: language)
        case .finding(let finding, _): finding.text.string(in: language)
        }
    }
}
