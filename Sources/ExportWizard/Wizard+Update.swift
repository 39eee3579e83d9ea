// What happens, one event at a time.
import ExportDomain
import FoundationEssentials
import Secrets
import TerminalKit

extension Wizard {
    /// Takes an event and says what is to be done about it.
    public mutating func update(_ event: WizardEvent, at moment: Moment) -> [WizardEffect] {
        switch event {
        case .started:
            return loadUnfinished() + loadCatalogue()
        case .key(let key):
            message = nil
            return press(key, at: moment)
        case .paste(let text):
            return paste(text.reveal())
        case .interrupted:
            return askToQuit()
        case .answered(let token, let answer):
            return take(answer, token: token, at: moment)
        case .woke(let token):
            return refreshVerification(wokenBy: token)
        }
    }

    private mutating func press(_ key: Key, at moment: Moment) -> [WizardEffect] {
        if key == .control("z") { return [.suspend] }
        if overlay != nil { return pressInOverlay(key, at: moment) }
        if let action = actions.action(for: key) { return perform(action, at: moment) }
        return pressOnScreen(key, at: moment)
    }

    private mutating func pressOnScreen(_ key: Key, at moment: Moment) -> [WizardEffect] {
        let height = WizardLayout(moment.size).listRows(of: screen)
        switch screen {
        case .destination:
            _ = destination.list.handle(key, count: destination.rows.count, height: height, letters: true)
        case .destinationKinds:
            let rows = WizardLayout(moment.size).kindRows(count: kinds.count)
            _ = kindList.handle(key, count: kinds.count, height: rows, letters: true)
        case .destinationForm: return pressInForm(key)
        case .destinationTest: break
        case .datasets, .flowDatasets:
            let count = selection.shown.count
            let moved = selection.list.handle(
                key, count: count, height: height, letters: !selection.isSearching)
            if !moved, selection.isSearching, selection.search.handle(key) { selection.list = ListCursor() }
        case .scheduling, .flowSettings:
            _ = timing?.handle(key)
        case .review:
            let count = reviewLines(theme: .standard).count
            review.scroll = Scrolling.offset(review.scroll, after: key, page: height, count: count)
        case .flows:
            _ = flowList.list.handle(key, count: flowList.rows.count, height: height, letters: true)
        case .verification:
            let count = verification?.rows.count ?? 0
            if verification?.list.handle(key, count: count, height: height, letters: true) == true {
                verification?.noteSelection()
            }
        }
        return []
    }

    private mutating func paste(_ text: String) -> [WizardEffect] {
        if case .prompt(var prompt) = overlay {
            message = prompt.field.paste(text).map { Message(kind: .info, text: $0.description) }
            overlay = .prompt(prompt)
            return []
        }
        guard overlay == nil else { return [] }
        switch screen {
        case .destinationForm: return changeSetup { $0.paste(text) }
        case .scheduling, .flowSettings: timing?.paste(text)
        case .datasets where selection.isSearching, .flowDatasets where selection.isSearching:
            message = selection.search.paste(text).map { Message(kind: .info, text: $0.description) }
            selection.list = ListCursor()
        case .destination, .destinationKinds, .destinationTest, .datasets, .review, .verification, .flows,
            .flowDatasets:
            break
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
        case .refresh: return refresh()
        case .newDestination: openKinds()
        case .changeDestination: openSelectedDestination(duplicating: false)
        case .duplicateDestination: openSelectedDestination(duplicating: true)
        case .removeDestination: askToRemove()
        case .testDestination:
            return screen == .destination ? testSelectedDestination() : testAgain()
        case .saveDestination: return askToSave()
        case .reveal: setup?.form.toggleRevealed()
        case .readFile: askForFile()
        case .takeOffer: return changeSetup { $0.takeOffer() }
        case .sort:
            destination.newestFirst.toggle()
        case .toggle: selection.toggle()
        case .selectAllShown: selection.toggleAllShown()
        case .search: selection.isSearching = true
        case .clearSearch:
            selection.search = TextField()
            selection.isSearching = false
            selection.list = ListCursor()
        case .insertMacro: overlay = .macros(ListCursor())
        case .editDestination: open(.destination)
        case .editDatasets: open(.datasets)
        case .editSchedule: open(.scheduling)
        case .rename:
            overlay = .prompt(Prompt(purpose: .flowName, field: TextField(plan?.name ?? "")))
        case .savePlan:
            overlay = .prompt(Prompt(purpose: .planPath, field: TextField(planPath)))
        case .finish: return finish(at: moment)
        case .open: return openSelected()
        case .newExport: return startOver()
        case .mendRun: return mendRun()
        case .cancelRun: askToCancelRun()
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

    /// Proposes a file name made from the name of the dataflow.
    private var planPath: String {
        let words = (plan?.name ?? "plan").lowercased().split { !$0.isLetter && !$0.isNumber }
        return setting.planFolder + words.joined(separator: "-") + ".toml"
    }
}
