// A wizard that only looks: it shows everything, and what changes something cannot be used, with the reason. What is
// asked of the world has to say for itself whether it changes anything, and is refused too.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    /// Why nothing can be changed.
    static let readOnlyReason = Text(
        "sluice only looks (--read-only or SLUICE_READ_ONLY): nothing can be changed")

    /// A table in which, where the wizard only looks, what changes something cannot be used.
    func lookingOnly(_ table: WizardActions) -> WizardActions {
        guard setting.isReadOnly else { return table }
        return WizardActions(
            table.actions.map { action in
                guard changesSomething(action.id) else { return action }
                var action = action
                action.availability = .disabled(because: Self.readOnlyReason)
                return action
            })
    }

    /// What can be done where the wizard is: on what lies over the screen, or else on the screen.
    var actionsHere: WizardActions {
        guard let overlay else { return actions }
        guard setting.isReadOnly, case .unfinished = overlay else { return overlay.hints }
        return WizardActions(
            overlay.hints.actions.map { action in
                guard action.id != .back else { return action }
                var action = action
                action.availability = .disabled(because: Self.readOnlyReason)
                return action
            })
    }

    /// Says why a key does nothing that changes something.
    mutating func refuseChange() {
        message = Message(kind: .warning, text: Self.readOnlyReason)
    }

    /// Whether the wizard may offer an action in what it says: not where that changes something and it only looks.
    func offers(_ action: WizardAction) -> Bool { !setting.isReadOnly || !changesSomething(action) }

    /// Whether an action changes something outside the wizard as it is now, or leads to nothing else than that.
    ///
    /// Forms of what there is can be looked at and typed into; it is their saving that changes something.
    func changesSomething(_ action: WizardAction) -> Bool {
        switch action {
        case .next: goingOnChangesSomething
        case .newDestination, .duplicateDestination, .removeDestination, .saveDestination: true
        case .savePlan, .finish, .mendRun, .cancelRun, .limitTransfers, .limitFiles: true
        case .exportFlow, .editFlowEnd, .extendFlow, .pauseFlow, .deleteFlow: true
        // A test writes its probe after a question, which is not asked here.
        case .changeDestination, .testDestination: false
        case .back, .quit, .help, .palette, .suspend, .toggleMouse, .refresh, .sort: false
        case .reveal, .readFile, .takeOffer, .suggest, .calendar, .insertMacro, .undo, .redo, .rename: false
        case .toggle, .selectRange, .selectAllShown, .search, .clearSearch, .orderByNext, .reverseOrder: false
        case .editDestination, .editDatasets, .editSchedule, .editFlowDatasets, .editFlow: false
        case .open, .fold, .unfold, .faultsOnly, .copy, .newExport, .unfinished, .platforms, .flows: false
        }
    }

    private var goingOnChangesSomething: Bool {
        // Enter keeps what is searched for.
        if isSearching { return false }
        switch screen {
        case .destination, .datasets, .scheduling, .review, .verification, .flows: return false
        case .destinationKinds, .destinationForm, .flowDatasets, .flowSettings: return true
        case .destinationTest:
            switch setup?.test?.verdict {
            case .failed?, .running?: return false
            // A key that is confirmed is remembered.
            case .unknownHostKey?: return true
            case .passed?, .unproven?, .untestable?, nil: return setup?.isGlance != true
            }
        }
    }
}

extension WizardRequest {
    /// Whether it changes something: on the platform, in a storage, or on this machine.
    var changes: Bool {
        switch self {
        case .createDestination, .updateDestination, .removeDestination: true
        case .createFlow, .perform, .editFlow, .exportNow, .removeFlow: true
        case .resume, .discard, .retry, .exportAgain, .cancelRun, .limitTransfers, .savePlan: true
        case .testDestination(_, let consent): consent.writesProbe || consent.confirmedFingerprint != nil
        case .catalogue, .isProduction, .datasets, .arrange, .suggestions, .folderContents: false
        case .readFile, .runSecretCommand: false
        case .flows, .unfinished, .runs, .preview, .platforms, .sandboxes, .openPlatform: false
        }
    }
}

extension WizardServices {
    /// The same for a wizard that is told this; what only looks stays so.
    func obeying(_ setting: Wizard.Setting) -> WizardServices {
        var services = self
        services.isReadOnly = isReadOnly || setting.isReadOnly
        return services
    }
}
