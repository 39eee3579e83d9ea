// Overlays, drawn over the screen.
import ExportDomain
import TerminalKit

extension Wizard {
    func draw(_ overlay: Overlay, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        frame.removeTargets()
        switch overlay {
        case .help(let help):
            help.draw(actions, title: "Keys", into: &frame, in: layout.overlayArea, theme: theme)
        case .palette(let palette):
            palette.draw(
                actions, title: "Actions", noMatchText: "No action has that in its name.", into: &frame,
                in: layout.overlayArea, theme: theme)
        case .confirm(let dialog, _):
            dialog.draw(into: &frame, in: layout.overlayArea, theme: theme)
        case .prompt(let prompt):
            draw(prompt, into: &frame, layout: layout, theme: theme)
        case .macros(let list):
            draw(list, into: &frame, layout: layout, theme: theme)
        case .text(let reader):
            draw(reader, into: &frame, layout: layout, theme: theme)
        case .platforms(let list):
            draw(list, into: &frame, layout: layout, theme: theme)
        case .unfinished(let export):
            draw(export, into: &frame, layout: layout, theme: theme)
        }
    }

    private func draw(
        _ export: UnfinishedWork, into frame: inout Frame, layout: WizardLayout, theme: Theme
    ) {
        let lines =
            frame.textWidth.wrapped(export.description, to: min(76, layout.size.columns - 2) - 4)
            + ["", "Go on with it, remove what it has made, or leave it for now?"]
        let rect = layout.overlay(lines: lines.count)
        let inside = box(rect, title: "Left half made", into: &frame, theme: theme)
        for (offset, line) in lines.prefix(inside.rows).enumerated() {
            frame.put(line, at: inside.line(offset).origin, style: theme[.text], columns: inside.columns)
        }
        frame.cursor = inside.origin
    }

    func box(_ rect: Rect, title: String, into frame: inout Frame, theme: Theme) -> Rect {
        frame.fill(rect, style: theme[.text])
        frame.box(
            rect, style: theme[.borderFocused], title: title, titleStyle: theme[.title], glyphs: theme.glyphs)
        return rect.inset(columns: 2, rows: 1)
    }

    private func draw(_ prompt: Prompt, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let inside = box(layout.overlay(lines: 3), title: prompt.title, into: &frame, theme: theme)
        prompt.field.draw(into: &frame, in: inside.line(0), theme: theme, isFocused: true)
        if let problem = prompt.problem {
            frame.put("\(theme.glyphs.warning) \(problem)", at: inside.line(1).origin, style: theme[.failure])
        }
    }

    private func draw(_ list: ListCursor, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let macros = FolderMacro.offered
        let inside = box(layout.overlay(lines: macros.count), title: "Macros", into: &frame, theme: theme)
        for (offset, index) in list.visible(count: macros.count, height: inside.rows).enumerated() {
            let line = inside.line(offset)
            let isSelected = list.index(in: macros.count) == index
            if isSelected { frame.cursor = line.origin }
            frame.addTarget(.row(index), in: line)
            let example = firstContext.map { macros[index].preview(in: $0) } ?? ""
            let name = frame.textWidth.padded("%\(macros[index].name)%", to: 30)
            frame.put(
                frame.textWidth.padded("\(name)  \(example)", to: line.columns), at: line.origin,
                style: theme[isSelected ? .selection : .text])
        }
    }

    private var firstContext: FolderContext? {
        guard let start = timing?.start else { return nil }
        if screen == .flowSettings, let flow = flowEditing?.flow {
            return flow.datasets.first.map { flow.folderContext(of: $0, on: setting.place, at: start) }
        }
        guard let dataset = datasets.chosen.first else { return nil }
        return folderContext(for: dataset.reference, at: start)
    }

    private func draw(_ reader: TextReader, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        // A text that is still to come has all the room; one that is here, what it needs.
        let columns = layout.size.columns - 2
        let rows =
            reader.token == nil ? reader.lineCount(at: layout.size) : layout.overlayRows
        let rect = layout.overlay(lines: rows, columns: columns)
        let inside = box(rect, title: reader.title, into: &frame, theme: theme)
        guard let lines = reader.lines else {
            frame.put("Loading\(theme.glyphs.ellipsis)", at: inside.origin, style: theme[.muted])
            return
        }
        let shown = reader.shownLines(lines, columns: inside.columns, textWidth: frame.textWidth)
        let first = min(reader.scroll, max(0, shown.count - inside.rows))
        for (offset, line) in shown.dropFirst(first).prefix(inside.rows).enumerated() {
            frame.put(line, at: inside.line(offset).origin, style: theme[.text], columns: inside.columns)
        }
        frame.cursor = inside.origin
        if first + inside.rows < shown.count {
            let corner = Point(column: rect.endColumn - 1, row: inside.endRow - 1)
            frame.put(String(theme.glyphs.moreBelow), at: corner, style: theme[.accent])
        }
    }
}

extension TextReader {
    /// How many lines the text has on a screen of that size.
    func lineCount(at size: Size) -> Int {
        shownLines(lines ?? [], columns: size.columns - 6, textWidth: .standard).count
    }

    /// The lines, wrapped to the width of the box.
    func shownLines(_ lines: [String], columns: Int, textWidth: TextWidth) -> [String] {
        lines.flatMap { textWidth.wrapped($0, to: columns) }
    }
}

extension Overlay {
    /// What can be done in the overlay, for the hint line.
    var hints: WizardActions {
        switch self {
        case .help(let help):
            WizardActions([
                Action(
                    .back, keys: [.escape], title: help.isSearching ? "Clear" : "Close", help: "Close this"),
                Action(.next, keys: [.down], title: "Scroll", help: "Scroll with arrows and page keys"),
                Action(.search, keys: [.character("/")], title: "Search", help: "Find what a key does"),
            ])
        case .text:
            WizardActions([
                Action(.back, keys: [.escape], title: "Close", help: "Close this"),
                Action(.next, keys: [.down], title: "Scroll", help: "Scroll with arrows and page keys"),
            ])
        case .palette, .macros:
            WizardActions([
                Action(.next, keys: [.enter], title: "Choose", help: "Take the one under the cursor"),
                Action(.back, keys: [.escape], title: "Close", help: "Close this"),
            ])
        case .platforms(let list):
            WizardActions([
                Action(.next, keys: [.enter], title: "Choose", help: "Work on the one under the cursor"),
                Action(
                    .open, keys: [.right, .character("s")], title: "Sandboxes",
                    help: "Show the sandboxes of the platform under the cursor",
                    hint: list.expandable != nil),
                Action(
                    .search, keys: [.character("/")], title: "Search", help: "Narrow the list as you type"),
                Action(.back, keys: [.escape], title: "Close", help: "Close this"),
            ])
        case .prompt:
            WizardActions([
                Action(.next, keys: [.enter], title: "Done", help: "Take what was typed"),
                Action(.back, keys: [.escape], title: "Cancel", help: "Leave it as it was"),
            ])
        case .unfinished:
            WizardActions([
                Action(.next, keys: [.character("r")], title: "Go on", help: "Make what is missing"),
                Action(
                    .unfinished, keys: [.character("x")], title: "Remove", help: "Remove what it has made"),
                Action(.back, keys: [.escape], title: "Leave", help: "Leave it; it is offered again"),
            ])
        case .confirm:
            WizardActions([
                Action(.next, keys: [.character("y")], title: "Yes", help: "Do it"),
                Action(.back, keys: [.character("n"), .escape], title: "No", help: "Leave it"),
            ])
        }
    }
}
