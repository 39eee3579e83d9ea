// Everything that can be done in the wizard, as one table for each screen. Keys, hints, help and the palette
// are made from it.
import ExportDomain
import Languages
import TerminalKit

/// Something that a person can do in the wizard.
enum WizardAction: String, Hashable, Sendable, CaseIterable {
    case next, back, quit, help, palette, suspend, toggleMouse, refresh
    case newDestination, changeDestination, duplicateDestination, removeDestination, sort
    case testDestination, saveDestination, reveal, readFile, takeOffer, suggest, calendar
    case toggle, selectRange, selectAllShown, search, clearSearch, orderByNext, reverseOrder
    case insertMacro, undo, redo
    case editDestination, editDatasets, editSchedule, rename, savePlan, finish
    case open, fold, unfold, faultsOnly, copy, newExport, mendRun, cancelRun, limitTransfers, limitFiles,
        unfinished
    case platforms
    case flows, exportFlow, editFlowDatasets, editFlow, editFlowEnd, extendFlow, pauseFlow, deleteFlow
}

typealias WizardActions = ActionTable<WizardAction>

extension Wizard {
    /// What can be done on the screen as it is.
    var actions: WizardActions {
        setting.keymap.applied(to: lookingOnly(screenActions) + everywhere, isTyping: isEditingText)
    }

    /// What can be done here, and after it what can be done elsewhere, with the place: for whoever looks for an action
    /// by its name.
    var everyAction: WizardActions {
        Screen.allCases.reduce(into: actions) { all, screen in
            for action in actions(of: screen).actions where all[action.id] == nil {
                var action = action
                action.keys = []
                action.availability = .disabled(because: Text("on “\(screen.name)”"))
                all.actions.append(action)
            }
        }
    }

    private var screenActions: WizardActions {
        isSearching ? searchActions : actions(of: screen)
    }

    private func actions(of screen: Screen) -> WizardActions {
        switch screen {
        case .destination: destinationActions
        case .destinationKinds: destinationKindsActions
        case .destinationForm: destinationFormActions
        case .destinationTest: destinationTestActions
        case .datasets: datasetsActions
        case .scheduling: schedulingActions
        case .review: reviewActions
        case .verification: verificationActions
        case .flows: flowActions
        case .flowDatasets: flowDatasetsActions
        case .flowSettings: flowSettingsActions
        }
    }

    private var everywhere: WizardActions {
        WizardActions([
            Action(
                .help, keys: isEditingText ? [.function(1)] : [.character("?"), .function(1)],
                title: Text("Help"),
                help: Text("Show all keys of this screen")),
            Action(
                .palette,
                keys: isSearching ? [] : isEditingText ? [.control("p")] : [.character(":"), .control("p")],
                title: Text("Actions"), help: Text("Find an action by its name"), hint: false),
            Action(
                .quit, keys: isEditingText ? [.control("c")] : [.character("q"), .control("c")],
                title: Text("Quit"), help: Text("Leave the wizard; asks when something would be lost")),
            Action(
                .toggleMouse, keys: isEditingText ? [] : [.character("m")],
                title: isMouseOn ? Text("Mouse off") : Text("Mouse on"),
                help: isMouseOn
                    ? Text(
                        "Leave the mouse to the terminal, to select text with; holding Shift does so for once"
                    )
                    : Text("Use the mouse here again"), hint: false),
            Action(
                .suspend, keys: [.control("z")], title: Text("Suspend"),
                help: Text("Go back to the shell for a moment; fg returns"), hint: false),
        ])
    }

    private var datasetsActions: WizardActions {
        datasetsActions(
            next: Action(
                .next, keys: [.enter], title: Text("Next"), help: Text("Go on to the schedule"),
                availability: datasets.tickedCount == 0
                    ? .disabled(because: Text("Select at least one dataset first")) : .enabled),
            back: backAction(help: Text("Go back to the destinations; the choice stays")))
    }

    /// What can be done in a list of datasets, and where it leads.
    func datasetsActions(next: Action<WizardAction>, back: Action<WizardAction>) -> WizardActions {
        return WizardActions([
            Action(
                .toggle, keys: [.character(" ")], title: Text("Select"),
                help: Text("Select the dataset under the cursor, or leave it out")),
            Action(
                .selectAllShown, keys: [.character("a")], title: Text("All shown"),
                help: Text("Select all datasets that are shown, or leave them all out")),
            Action(
                .selectRange, keys: [.character("v")], title: Text("Range"),
                help: Text("Begin a range of rows here, which Space then selects or leaves out"), hint: false),
        ]) + listActions(hint: true)
            + WizardActions([
                next, back,
                Action(
                    .refresh, keys: [.character("r"), .control("r")], title: Text("Reload"),
                    help: Text("Load the datasets again"), hint: false),
            ])
    }

    private var schedulingActions: WizardActions {
        WizardActions([
            Action(.next, keys: [.enter], title: Text("Next"), help: Text("Go on to the review")),
            insertMacroAction, calendarAction,
            backAction(help: Text("Go back to the datasets; what was typed stays")),
        ]) + editingActions
    }

    var calendarAction: Action<WizardAction> {
        let isOnDate = timing?.isOnDate ?? false
        return Action(
            .calendar, keys: [.control("l")], title: Text("Calendar"),
            help: Text("Choose the day and the time in a calendar"),
            availability: isOnDate ? .enabled : .disabled(because: Text("This works in a date or a time")),
            hint: isOnDate)
    }

    /// What can be done in every form.
    var editingActions: WizardActions {
        let history = form?.history
        let isCommanding = form?.isCommanding == true
        return WizardActions([
            Action(
                .undo, keys: isCommanding ? [.character("u"), .undo] : [.undo], title: Text("Undo"),
                help: Text("Take the last change of the form back"),
                availability: history?.canUndo == true
                    ? .enabled : .disabled(because: Text("Nothing was changed yet")), hint: false),
            Action(
                .redo, keys: isCommanding ? [.control("r"), .redo] : [.redo], title: Text("Redo"),
                help: Text("Change again what was taken back"),
                availability: history?.canRedo == true
                    ? .enabled : .disabled(because: Text("Nothing was taken back")), hint: false),
        ])
    }

    var insertMacroAction: Action<WizardAction> {
        Action(
            .insertMacro, keys: [.control("t")], title: Text("Macro"),
            help: Text("Insert a macro into the folder path"))
    }

    private var reviewActions: WizardActions {
        let isFinishing = review.finishingToken != nil
        return WizardActions([
            Action(
                .finish, keys: [.enter, .character("f")], title: Text("Finish"),
                help: Text("Make the dataflow and start exporting by its schedule"),
                availability: isFinishing ? .disabled(because: Text("The dataflow is being made")) : .enabled),
            backAction(help: Text("Go back to the schedule")),
            Action(
                .editDestination, keys: [.character("1")], title: Text("Destination"),
                help: Text("Change the destination"),
                hint: false),
            Action(
                .editDatasets, keys: [.character("2")], title: Text("Datasets"),
                help: Text("Change the datasets"),
                hint: false),
            Action(
                .editSchedule, keys: [.character("3")], title: Text("Schedule"),
                help: Text("Change the schedule"),
                hint: false),
            Action(.rename, keys: [.character("n")], title: Text("Name"), help: Text("Name the dataflow")),
            Action(
                .savePlan, keys: [.character("s")], title: Text("Save plan"),
                help: Text("Save all this as a plan file")),
        ])
    }

    private var verificationActions: WizardActions {
        let needsRow: Action<WizardAction>.Availability =
            verification?.latest.isEmpty == false
            ? .enabled : .disabled(because: Text("There is no run yet"))
        let back = verificationIsFromFlows ? [backAction(help: Text("Go back to the flows"))] : []
        return WizardActions([
            Action(
                .open, keys: [.enter], title: openTitle,
                help:
                    Text(
                        "A file shows its records, a run its details and errors in full; what lies below others is folded or unfolded"
                    ),
                availability: needsRow),
            mendRunAction, cancelRunAction, limitTransfersAction, limitFilesAction,
            Action(
                .unfold, keys: [.right, .character("l")], title: Text("Unfold"),
                help: Text("Show what lies below the row under the cursor, then go to it"),
                availability: needsRow,
                hint: false),
            Action(
                .fold, keys: [.left, .character("h")], title: Text("Fold"),
                help: Text(
                    "Fold away what lies below the row under the cursor, then go to what it lies below"),
                availability: needsRow, hint: false),
            Action(
                .faultsOnly, keys: [.character("d")],
                title: verification?.showsFaultsOnly == true ? Text("Show all") : Text("Only faults"),
                help: Text("Show nothing but what fails or differs, or everything again"),
                availability: needsRow,
                hint: verification?.showsFaultsOnly == true
                    || verification?.latest.contains(where: \.needsLook) == true),
            copyAction(availability: needsRow),
            Action(
                .newExport, keys: [.character("n")], title: Text("New export"),
                help: Text("Set up another export; this one goes on")),
            Action(
                .refresh, keys: [.character("r"), .control("r")], title: Text("Refresh"),
                help: Text(
                    "Look at runs and files again now; the pane does so by itself while a run goes on"),
                hint: false),
        ]) + listActions() + WizardActions(back)
    }

    private var openTitle: Text {
        switch verification?.selected {
        case .file(let file, _)? where !file.isManifest || file.state != .differs: Text("Records")
        case .flow?, .export?, .folder?:
            switch verification?.isSelectedFolded {
            case true?: Text("Unfold")
            case false?: Text("Fold")
            case nil: Text("Details")
            }
        case .run?, .error?, .file?, .unseen?, .finding?, .older?, nil: Text("Details")
        }
    }

    func backAction(help: Text) -> Action<WizardAction> {
        // Where something is searched for, Escape shows everything first; in vi's fields it ends typing.
        Action(
            .back,
            keys: isFiltered || form?.takesEscape == true ? [.control("g")] : [.escape, .control("g")],
            title: Text("Back"), help: help)
    }
}

extension Wizard.Screen {
    /// What people call it.
    var name: Text {
        switch self {
        case .destination: Text("Select destination")
        case .destinationKinds: Text("New destination")
        case .destinationForm: Text("Form of a destination")
        case .destinationTest: Text("Test of a destination")
        case .datasets: Text("Select datasets")
        case .scheduling: Text("Scheduling")
        case .review: Text("Review")
        case .verification: Text("Verification")
        case .flows: Text("Flows")
        case .flowDatasets: Text("Datasets of a flow")
        case .flowSettings: Text("Settings of a flow")
        }
    }
}
