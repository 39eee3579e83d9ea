// Overlays, drawn over the screen.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    func draw(
        _ overlay: Overlay, into frame: inout Frame, layout: WizardLayout, at moment: Moment, theme: Theme
    ) {
        frame.removeTargets()
        switch overlay {
        case .help(let help):
            help.draw(actions, title: Text("Keys"), into: &frame, in: layout.overlayArea, theme: theme)
        case .palette(let palette):
            palette.draw(
                everyAction, title: Text("Actions"), noMatchText: Text("No action has that in its name."),
                into: &frame,
                in: layout.overlayArea, theme: theme)
        case .confirm(let dialog, _):
            dialog.draw(into: &frame, in: layout.overlayArea, theme: theme)
        case .prompt(let prompt):
            draw(prompt, into: &frame, layout: layout, theme: theme)
        case .macros(let list):
            draw(list, into: &frame, layout: layout, theme: theme)
        case .suggestions(let list):
            draw(list, into: &frame, layout: layout, theme: theme)
        case .calendar(let calendar):
            calendar.draw(
                into: &frame, layout: layout, now: moment.now, zone: setting.timeZone, theme: theme)
        case .files(let chooser):
            draw(chooser, into: &frame, layout: layout, theme: theme)
        case .text(let reader):
            reader.draw(into: &frame, layout: layout, theme: theme)
        case .records(let table):
            draw(table, into: &frame, layout: layout, theme: theme)
        case .copied(let copied):
            draw(copied, into: &frame, layout: layout, theme: theme)
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
            frame.textWidth.wrapped(theme.say(export.text), to: min(76, layout.size.columns - 2) - 4)
            + [
                "",
                theme.say(
                    setting.isReadOnly
                        ? Text("\(Self.readOnlyReason).")
                        : Text("Go on with it, remove what it has made, or leave it for now?")),
            ]
        let rect = layout.overlay(lines: lines.count)
        let inside = box(rect, title: Text("Left half made"), into: &frame, theme: theme)
        for (offset, line) in lines.prefix(inside.rows).enumerated() {
            frame.put(line, at: inside.line(offset).origin, style: theme[.text], columns: inside.columns)
        }
        frame.cursor = inside.origin
    }

    func box(_ rect: Rect, title: Text, into frame: inout Frame, theme: Theme) -> Rect {
        frame.fill(rect, style: theme[.text])
        frame.box(
            rect, style: theme[.borderFocused], title: title, titleStyle: theme[.title], glyphs: theme.glyphs)
        return rect.inset(columns: 2, rows: 1)
    }

    private func draw(_ prompt: Prompt, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let inside = box(layout.overlay(lines: 3), title: prompt.title, into: &frame, theme: theme)
        prompt.field.draw(into: &frame, in: inside.line(0), theme: theme, isFocused: true)
        if let problem = prompt.problem {
            frame.put(
                Text("\(theme.glyphs.warning) \(problem)"), at: inside.line(1).origin, style: theme[.failure])
        }
        if let mode = prompt.vi?.modeText {
            frame.put(mode, at: inside.line(2).origin, style: theme[.accent], columns: inside.columns)
        }
    }

    /// What macros become in the first folder that is made.
    var firstContext: FolderContext? {
        guard let start = timing?.start else { return nil }
        if screen == .flowSettings, let flow = flowEditing?.flow {
            return flow.datasets.first.map { flow.folderContext(of: $0, on: setting.place, at: start) }
        }
        guard let dataset = datasets.chosen.first else { return nil }
        return folderContext(for: dataset.reference, at: start)
    }
}

extension Overlay {
    /// What can be done in the overlay, for the hint line.
    var hints: WizardActions {
        switch self {
        case .help(let help):
            WizardActions([
                Action(
                    .back, keys: [.escape], title: help.isSearching ? Text("Clear") : Text("Close"),
                    help: Text("Close this")),
                Action(
                    .next, keys: [.down], title: Text("Scroll"),
                    help: Text("Scroll with arrows and page keys")),
                Action(
                    .search, keys: [.character("/")], title: Text("Search"),
                    help: Text("Find what a key does")),
            ])
        case .records(let table): Wizard.recordHints(table)
        case .copied:
            WizardActions([
                Action(.back, keys: [.escape], title: Text("Close"), help: Text("Close this")),
                Action(
                    .next, keys: [.down], title: Text("Scroll"),
                    help: Text("Scroll with arrows and page keys")),
            ])
        case .text(let reader) where reader.isSearching:
            WizardActions([
                Action(
                    .next, keys: [.enter], title: Text("Keep"),
                    help: Text("Keep the search and go to the text")),
                Action(.back, keys: [.escape], title: Text("Clear"), help: Text("Search for nothing")),
            ])
        case .text(let reader):
            WizardActions([
                Action(
                    .back, keys: [.escape], title: reader.isSearched ? Text("Clear") : Text("Close"),
                    help: Text("Close this")),
                Action(
                    .next, keys: [.down], title: Text("Scroll"),
                    help: Text("Scroll with arrows and page keys")),
                Action(
                    .search, keys: [.character("/")], title: Text("Search"),
                    help: Text("Find words in the text")),
                Action(
                    .copy, keys: [.character("y")], title: Text("Copy"),
                    help: Text("Copy the text to the clipboard")),
                Action(
                    .open, keys: [.character("n")], title: Text("Next match"),
                    help: Text("Go to the next line that has what is searched for"), hint: reader.isSearched),
            ])
        case .macros(let macros):
            listHints(
                of: macros.list, choose: Text("Insert"), help: Text("Insert the macro under the cursor"))
        case .suggestions(let suggestions):
            listHints(
                of: suggestions.list, choose: Text("Choose"), help: Text("Take the one under the cursor"))
                + WizardActions(
                    suggestions.list.isSearching
                        ? []
                        : [
                            Action(
                                .open, keys: [.right], title: Text("Look into"),
                                help: Text("Show the folders in the one under the cursor"),
                                hint: suggestions.enterable != nil),
                            Action(
                                .clearSearch, keys: [.left], title: Text("Up"),
                                help: Text("Show the folder above"), hint: suggestions.parent != nil),
                        ])
        case .calendar(let calendar):
            WizardActions([
                Action(
                    .next, keys: [.enter], title: Text("Take it"), help: Text("Take the day and the time")),
                Action(
                    .open, keys: [.pageDown], title: Text("Month"),
                    help: Text("Go to the next month; PgUp goes back")),
                Action(.refresh, keys: [.character("t")], title: Text("Today"), help: Text("Go to today")),
                Action(
                    .toggle, keys: [.tab], title: Text("Time"), help: Text("Go to hours and minutes"),
                    hint: calendar.purpose.hasTime),
                Action(.back, keys: [.escape], title: Text("Close"), help: Text("Leave it as it was")),
            ])
        case .files(let chooser) where chooser.isInList:
            listHints(
                of: chooser.list, choose: chooser.isFolderChosen ? Text("Open") : Text("Read"),
                help: Text("Read the file, or look into the folder, under the cursor"))
                + WizardActions([
                    Action(.refresh, keys: [.tab], title: Text("Path"), help: Text("Go back to the path"))
                ])
        case .files(let chooser):
            WizardActions([
                Action(
                    .next, keys: [.enter],
                    title: chooser.command != nil
                        ? Text("Run") : chooser.isFolderChosen ? Text("Open") : Text("Read"),
                    help: Text("Read the file, look into the folder, or run the command")),
                Action(.toggle, keys: [.tab], title: Text("Complete"), help: Text("Complete the name")),
                Action(.open, keys: [.down], title: Text("List"), help: Text("Choose from the list")),
                Action(.back, keys: [.escape], title: Text("Cancel"), help: Text("Leave it as it was")),
            ])
        case .palette:
            WizardActions([
                Action(
                    .next, keys: [.enter], title: Text("Choose"), help: Text("Take the one under the cursor")),
                Action(.back, keys: [.escape], title: Text("Close"), help: Text("Close this")),
            ])
        case .platforms(let list):
            WizardActions([
                Action(
                    .next, keys: [.enter], title: Text("Choose"),
                    help: Text("Work on the one under the cursor")),
                Action(
                    .open, keys: [.right, .character("s")], title: Text("Sandboxes"),
                    help: Text("Show the sandboxes of the platform under the cursor"),
                    hint: list.expandable != nil),
                Action(
                    .search, keys: [.character("/")], title: Text("Search"),
                    help: Text("Narrow the list as you type")),
                Action(.back, keys: [.escape], title: Text("Close"), help: Text("Close this")),
            ])
        case .prompt(let prompt):
            WizardActions([
                Action(.next, keys: [.enter], title: Text("Done"), help: Text("Take what was typed")),
                Action(
                    .calendar, keys: [.control("l")], title: Text("Calendar"),
                    help: Text("Choose the day in a calendar"), hint: prompt.isDay),
                Action(.back, keys: [.escape], title: Text("Cancel"), help: Text("Leave it as it was")),
            ])
        case .unfinished:
            WizardActions([
                Action(
                    .next, keys: [.character("r")], title: Text("Go on"), help: Text("Make what is missing")),
                Action(
                    .unfinished, keys: [.character("x")], title: Text("Remove"),
                    help: Text("Remove what it has made")),
                Action(
                    .back, keys: [.escape], title: Text("Leave"), help: Text("Leave it; it is offered again")),
            ])
        case .confirm:
            WizardActions([
                Action(.next, keys: [.character("y")], title: Text("Yes"), help: Text("Do it")),
                Action(.back, keys: [.character("n"), .escape], title: Text("No"), help: Text("Leave it")),
            ])
        }
    }

    /// What can be done in a list over the screen.
    private func listHints(of list: ListState, choose: Text, help: Text) -> WizardActions {
        if list.isSearching {
            return WizardActions([
                Action(
                    .next, keys: [.enter], title: Text("Keep"),
                    help: Text("Keep the search and go to the list")),
                Action(.back, keys: [.escape], title: Text("Clear"), help: Text("Show everything again")),
            ])
        }
        return WizardActions([
            Action(.next, keys: [.enter], title: choose, help: help),
            Action(
                .search, keys: [.character("/")], title: Text("Search"),
                help: Text("Narrow the list as you type")),
            Action(
                .back, keys: [.escape], title: list.isFiltered ? Text("Show all") : Text("Close"),
                help: Text("Close this")),
        ])
    }
}
