// What happens, one event at a time.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets
import TerminalKit

extension Wizard {
    /// Takes an event and says what is to be done about it.
    public mutating func update(_ event: WizardEvent, at moment: Moment) -> [WizardEffect] {
        let effects = take(event, at: moment) + arrangeLists() + pressTypedAhead(at: moment)
        noteWaiting(at: moment.now)
        return effects
    }

    private mutating func take(_ event: WizardEvent, at moment: Moment) -> [WizardEffect] {
        switch event {
        case .started:
            return askWhetherProduction() + loadUnfinished() + loadCatalogue()
        case .key(let key):
            message = nil
            return keepsForLater(key) ? [] : press(key, at: moment)
        case .paste(let text):
            return paste(text.reveal())
        case .mouse(let mouse, let target):
            message = nil
            return take(mouse, on: target, at: moment)
        case .interrupted:
            return askToQuit()
        case .answered(let token, let answer):
            return take(answer, token: token, at: moment)
        case .woke(let token):
            return refreshVerification(wokenBy: token)
        }
    }

    mutating func press(_ key: Key, at moment: Moment) -> [WizardEffect] {
        if key == .control("z") { return [.suspend] }
        if overlay != nil { return pressInOverlay(key, at: moment) }
        if let action = actions.action(for: key) { return perform(action, at: moment) }
        return pressOnScreen(key, at: moment)
    }

    private mutating func pressOnScreen(_ key: Key, at moment: Moment) -> [WizardEffect] {
        let height = WizardLayout(moment.size).listRows(of: screen)
        switch screen {
        case .destination, .destinationKinds, .datasets, .flowDatasets, .flows, .verification:
            pressInList(key, at: moment)
        case .destinationForm: return pressInForm(key)
        case .destinationTest: break
        case .scheduling, .flowSettings:
            _ = timing?.handle(key)
        case .review:
            let count = reviewLines(theme: .standard).count
            review.scroll = Scrolling.offset(review.scroll, after: key, page: height, count: count)
        }
        return []
    }

    private mutating func paste(_ text: String) -> [WizardEffect] {
        if case .files(var chooser) = overlay {
            message = chooser.paste(text).map { Message(kind: .info, text: $0.text) }
            return show(chooser)
        }
        if overlay != nil {
            message = pasteIntoOverlay(text).map { Message(kind: .info, text: $0.text) }
            return []
        }
        switch screen {
        case .destinationForm: return changeSetup { $0.paste(text) }
        case .scheduling, .flowSettings: timing?.paste(text)
        case .destination, .destinationKinds, .datasets, .flowDatasets, .flows, .verification:
            guard isSearching else { break }
            message = list?.paste(text).map { Message(kind: .info, text: $0.text) }
        case .destinationTest, .review: break
        }
        return []
    }

    /// Does what an action says, or says why not.
    mutating func perform(_ action: Action<WizardAction>, at moment: Moment) -> [WizardEffect] {
        if let reason = action.disabledReason {
            message = Message(kind: .warning, text: reason)
            return []
        }
        switch action.id {
        case .next: return goOn(at: moment)
        case .back: return goBack()
        case .quit: return askToQuit()
        case .help: overlay = .help(HelpOverlay())
        case .palette: overlay = .palette(Palette())
        case .suspend: return [.suspend]
        case .toggleMouse:
            isMouseOn.toggle()
            message = Message(
                kind: .info,
                text: isMouseOn
                    ? Text("The mouse clicks and scrolls here: m leaves it to the terminal")
                    : Text("The mouse selects text: m uses it here again"))
            return [.useMouse(isMouseOn)]
        case .refresh: return refresh()
        case .newDestination: openKinds()
        case .changeDestination: openSelectedDestination(duplicating: false)
        case .duplicateDestination: openSelectedDestination(duplicating: true)
        case .removeDestination: askToRemove()
        case .testDestination:
            return screen == .destination ? testSelectedDestination() : testAgain()
        case .saveDestination: return askToSave()
        case .reveal: setup?.form.toggleRevealed()
        case .readFile: return askForFile()
        case .calendar: openCalendar(at: moment)
        case .suggest: return askForSuggestions(at: moment)
        case .takeOffer: return changeSetup { $0.takeOffer() }
        case .sort:
            destination.newestFirst.toggle()
        case .toggle: list?.toggleMark()
        case .selectRange: list?.toggleRange()
        case .selectAllShown: list?.toggleAllShown()
        case .search: list?.setSearching(true)
        case .clearSearch: list?.clearSearch()
        case .orderByNext, .reverseOrder:
            let orders = listOrders
            if action.id == .orderByNext { list?.orderByNext(of: orders) } else { list?.reverseOrder(orders) }
        case .insertMacro: overlay = .macros(MacroList())
        case .undo: return changeForm({ $0.undo() }, { $0.undo() })
        case .redo: return changeForm({ $0.redo() }, { $0.redo() })
        case .editDestination: open(.destination)
        case .editDatasets: open(.datasets)
        case .editSchedule: open(.scheduling)
        case .rename:
            overlay = .prompt(Prompt(purpose: .flowName, field: TextField(plan?.name ?? "")))
        case .savePlan:
            overlay = .prompt(Prompt(purpose: .planPath, field: TextField(planPath)))
        case .finish: return finish(at: moment)
        case .open: return openSelected()
        case .fold, .unfold:
            let height = listHeight(at: moment)
            if action.id == .fold {
                verification?.stepOut(height: height)
            } else {
                verification?.stepInto(height: height)
            }
        case .faultsOnly: verification?.toggleFaultsOnly()
        case .copy: return copySelected()
        case .newExport: return startOver()
        case .mendRun: return mendRun()
        case .cancelRun: askToCancelRun()
        case .limitTransfers: askForRate()
        case .limitFiles: askForFiles()
        case .platforms: return openPlatforms()
        case .flows: return openFlows()
        case .unfinished: offerUnfinished()
        case .exportFlow: askToExportNow()
        case .editFlowDatasets: return openFlowDatasets()
        case .editFlow: openFlowSettings()
        case .editFlowEnd: askForFlowEnd()
        case .extendFlow: return extendFlow(at: moment)
        case .pauseFlow: return togglePause()
        case .deleteFlow: askToDeleteFlow()
        }
        return []
    }

    /// Changes the form of the screen, whichever it is.
    private mutating func changeForm(
        _ ofDestination: (inout ConfigureDestination) -> Void, _ ofSchedule: (inout Scheduling) -> Void
    ) -> [WizardEffect] {
        if screen == .destinationForm { return changeSetup(ofDestination) }
        if var timing {
            ofSchedule(&timing)
            self.timing = timing
        }
        return []
    }

    /// Proposes a file name made from the name of the dataflow.
    private var planPath: String {
        let words = (plan?.name ?? "plan").lowercased().split { !$0.isLetter && !$0.isNumber }
        return setting.planFolder + words.joined(separator: "-") + ".toml"
    }
}
