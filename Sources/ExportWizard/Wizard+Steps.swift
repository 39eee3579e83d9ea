// From step to step: what each needs before the next, and what is asked of the platform on the way.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    mutating func goOn(at moment: Moment) -> [WizardEffect] {
        if isSearching {
            list?.setSearching(false)
            return []
        }
        switch screen {
        case .destination:
            guard let selected = destination.selected else { return [] }
            destination.choose(selected)
            return openDatasets()
        case .destinationKinds:
            if let kind = selectedKind { openForm(of: kind) }
            return []
        case .destinationForm: return openTest()
        case .destinationTest: return goOnFromTest()
        case .flowDatasets, .flowSettings: return saveFlowEditing(at: moment)
        case .datasets:
            if scheduling == nil { scheduling = Scheduling(now: moment.now) }
            scheduling?.edit(as: setting.editing)
            open(.scheduling)
            return []
        case .scheduling:
            guard scheduling?.problems(now: moment.now).isEmpty == true else {
                scheduling?.showProblems(now: moment.now)
                return []
            }
            returnsToReview = false
            review.scroll = 0
            screen = .review
            return []
        case .flows: return followSelectedFlow()
        case .review, .verification:
            return []
        }
    }

    /// Goes back without losing what was typed or chosen.
    mutating func goBack() -> [WizardEffect] {
        switch screen {
        case .destinationKinds: screen = .destination
        case .destinationForm: return closeForm()
        case .destinationTest:
            if setup?.isGlance == true { return closeForm() }
            screen = .destinationForm
            return []
        case .datasets: screen = returnsToReview ? .review : .destination
        case .scheduling: screen = returnsToReview ? .review : .datasets
        case .review: screen = .scheduling
        case .flows: screen = .destination
        case .flowDatasets, .flowSettings: return closeFlowEditing()
        case .verification where verificationIsFromFlows: return closeVerification()
        case .destination, .verification: break
        }
        returnsToReview = false
        return []
    }

    /// Opens a step, from Review or on the way there.
    mutating func open(_ step: Screen) {
        returnsToReview = screen == .review
        screen = step
    }

    mutating func loadCatalogue() -> [WizardEffect] {
        let token = newToken()
        destination.catalogue = .loading(token: token)
        return [.request(.catalogue, token: token)]
    }

    /// Asks for the catalogue anew while the old one stays on the screen.
    mutating func reloadCatalogue() -> [WizardEffect] {
        let token = newToken()
        destination.reloadToken = token
        return [.request(.catalogue, token: token)]
    }

    mutating func openDatasets() -> [WizardEffect] {
        let wasReviewing = returnsToReview
        screen = wasReviewing ? .review : .datasets
        returnsToReview = false
        guard !wasReviewing, datasets.loading == .idle || datasets.loading.isFailed else { return [] }
        return loadDatasets(into: \.datasets)
    }

    /// Asks for the datasets; of those that had come before nothing is left, but what is ticked and where the cursor is.
    mutating func loadDatasets(into list: WritableKeyPath<Wizard, SelectDatasets>) -> [WizardEffect] {
        let token = newToken()
        self[keyPath: list].forget()
        self[keyPath: list].loading = .loading(token: token)
        return [.request(.datasets, token: token)]
    }

    mutating func refresh() -> [WizardEffect] {
        switch screen {
        case .destination: return loadCatalogue()
        case .datasets, .flowDatasets:
            return loadDatasets(into: screen == .datasets ? \.datasets : \.flowDatasets)
        case .verification: return loadRuns(isFresh: true)
        case .flows: return loadFlows()
        case .destinationKinds, .destinationForm, .destinationTest, .scheduling, .review, .flowSettings:
            return []
        }
    }

    mutating func finish(at moment: Moment) -> [WizardEffect] {
        guard let plan, let target = destination.chosen,
            scheduling?.problems(now: moment.now).isEmpty == true
        else {
            message = Message(kind: .warning, text: Text("The schedule needs another look: change it first"))
            return []
        }
        let token = newToken()
        review.finishingToken = token
        return [
            .request(
                .createFlow(plan, datasets: datasets.chosen, destination: target), token: token)
        ]
    }

    /// Begins another export; the destinations and datasets that were loaded stay.
    mutating func startOver() -> [WizardEffect] {
        let cancelled = verification?.wakeToken
        let fresh = Wizard(setting)
        let token = newToken()
        datasets = fresh.datasets
        setup = nil
        keptSetup = nil
        scheduling = nil
        review = Review()
        verification = nil
        verificationIsFromFlows = false
        screen = .destination
        destination.chosen = nil
        destination.catalogue = .loading(token: token)
        return (cancelled.map { [.cancel(token: $0)] } ?? []) + [.request(.catalogue, token: token)]
    }

    /// Leaves at once where nothing would be lost, else asks.
    mutating func askToQuit() -> [WizardEffect] {
        if case .confirm(_, .quit) = overlay { return [.quit(status: 130)] }
        guard let loss = lossOnQuit else { return [.quit(status: 0)] }
        overlay = .confirm(ConfirmDialog(question: loss.question, detail: loss.detail), .quit)
        return []
    }

    private var lossOnQuit: (question: Text, detail: Text)? {
        if screen == .verification {
            let running = verification?.latest.filter { !$0.run.status.isOver }.count ?? 0
            guard running > 0, setting.leavingStopsRuns else { return nil }
            let question =
                running == 1
                ? Text("Leave while 1 run goes on?") : Text("Leave while \(running) runs go on?")
            return (
                question,
                Text(
                    "It stops where it is, publishes nothing by halves, and goes on when sluice is opened again."
                )
            )
        }
        return lossOnLeaving.map { (Text("Leave without exporting?"), $0) }
    }

    /// What is lost where the wizard ends or begins anew before an export was made; nil where nothing is.
    var lossOnLeaving: Text? {
        guard destination.chosen != nil || setup != nil || keptSetup != nil else { return nil }
        return offers(.savePlan)
            ? Text("What was chosen is lost; Review can save it as a plan file.")
            : Text("What was chosen is lost.")
    }
}

extension Loadable {
    var isFailed: Bool {
        if case .failed = self { true } else { false }
    }
}
