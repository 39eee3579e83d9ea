// What the platform answered. An answer whose token is not waited for is late and changes nothing.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    mutating func take(_ answer: WizardAnswer, token: Int, at moment: Moment) -> [WizardEffect] {
        if case .failed(let failure) = answer { return fail(failure, token: token, at: moment) }
        switch answer {
        case .catalogue(let specs, let connections, let accounts)
        where destination.catalogue.isWaiting(for: token) || destination.reloadToken == token:
            destination.take(.init(specs: specs, connections: connections, accounts: accounts))
        case .isProduction(let isProduction) where productionToken == token: take(isProduction: isProduction)
        case .datasets(let listing) where datasets.loading.isWaiting(for: token):
            take(listing, into: \.datasets)
        case .datasets(let listing) where flowDatasets.loading.isWaiting(for: token):
            take(listing, into: \.flowDatasets)
        case .arranged(let found): take(found, token: token)
        case .destinationSaved(let connection, let notice) where setup?.savingToken == token:
            return take(connection, notice: notice)
        case .destinationRemoved(let connection) where destination.removing?.token == token:
            return takeRemoved(connection)
        case .tested(let report) where setup?.test?.token == token: setup?.test?.take(report)
        case .testEnded where setup?.test?.token == token: endTest()
        case .suggestions(let found):
            guard case .suggestions(var list)? = overlay, list.token == token else { break }
            list.take(found)
            overlay = .suggestions(list)
        case .folderContents(let contents):
            guard case .files(var chooser)? = overlay, chooser.token == token else { break }
            chooser.take(contents)
            overlay = .files(chooser)
        case .fileRead(let content) where setup?.reading?.token == token:
            return changeSetup { $0.take(content) }
        case .flowCreated(let flow) where review.finishingToken == token:
            return follow(flow)
        case .flows(let flows) where flowList.flows.isWaiting(for: token) || flowList.reloadToken == token:
            flowList.take(flows)
            // What is being changed is changed from what the flow is now.
            if let flow = flows.first(where: { $0.id == flowEditing?.flow.id }) {
                flowEditing?.flow = flow.details
            }
        case .flowChanged(let flow) where flowList.change?.token == token:
            return take(flow)
        case .runsStarted(let runs, let flow) where flowList.change?.token == token:
            return follow(runs, of: flow)
        case .flowRemoved(let flow) where flowList.change?.token == token:
            return takeDeleted(flow)
        case .unfinished(let exports) where unfinished.loadToken == token: takeUnfinished(exports)
        case .resumed(let flow) where unfinished.underWay?.token == token: return takeResumed(flow)
        case .discarded(let left) where unfinished.underWay?.token == token:
            return takeDiscarded(leaving: left)
        case .runs(let reports) where verification?.reports.isWaiting(for: token) == true:
            return take(reports, at: moment)
        case .runChanged where verification?.changeToken == token:
            verification?.changeToken = nil
            return loadRuns()
        case .transfersLimited(let limits): take(limits)
        case .preview(let page): return take(page, token: token, at: moment)
        case .platforms, .sandboxes, .platformOpened: return takePlatforms(answer, token: token)
        case .planSaved(let path) where review.saving?.token == token:
            review.saving = nil
            message = Message(
                kind: .success, text: Text("Saved as \(path); run it with: sluice export \(path)"))
        default: break
        }
        return []
    }

    private mutating func take(
        _ listing: DatasetListing, into list: WritableKeyPath<Wizard, SelectDatasets>
    ) {
        self[keyPath: list].take(listing)
        if listing.isWhole { self[keyPath: list].loading = .loaded(true) }
    }

    private mutating func follow(_ flow: Flow) -> [WizardEffect] {
        review.finishingToken = nil
        verificationIsFromFlows = false
        verification = Verification(
            flow: flow, place: destination.chosen.map { destination.place(of: $0) } ?? "",
            datasetNames: Dictionary(uniqueKeysWithValues: datasets.chosen.map { ($0.id, $0.name) }))
        screen = .verification
        return loadRuns()
    }

    private mutating func fail(_ failure: RequestFailure, token: Int, at moment: Moment) -> [WizardEffect] {
        if failPlatforms(failure, token: token) || failRecords(failure, token: token) { return [] }
        if destination.catalogue.isWaiting(for: token) {
            destination.catalogue = .failed(failure.reason)
        } else if datasets.loading.isWaiting(for: token) {
            datasets.loading = .failed(failure.reason)
        } else if flowDatasets.loading.isWaiting(for: token) {
            flowDatasets.loading = .failed(failure.reason)
        } else if destination.reloadToken == token {
            destination.reloadToken = nil
        } else if setup?.savingToken == token {
            setup?.savingToken = nil
            if setup?.refuse(failure) == true { screen = .destinationForm } else { report(failure) }
            return loadUnfinished()
        } else if setup?.test?.token == token {
            setup?.test?.fail(failure)
            endTest()
        } else if setup?.reading?.token == token {
            setup?.reading = nil
            report(failure)
        } else if destination.removing?.token == token {
            destination.removing = nil
            overlay = .text(TextReader(title: Text("Not removed"), lines: [say(failure.reason)]))
        } else if flowList.flows.isWaiting(for: token) {
            flowList.flows = .failed(failure.reason)
        } else if flowList.reloadToken == token {
            flowList.reloadToken = nil
            report(failure)
        } else if flowList.change?.token == token {
            return failFlowChange(failure)
        } else if unfinished.loadToken == token {
            // Nobody has asked for it.
            unfinished.loadToken = nil
        } else if unfinished.underWay?.token == token {
            return failUnfinished(failure)
        } else if review.finishingToken == token {
            review.finishingToken = nil
            report(failure)
            return loadUnfinished()
        } else if verification?.changeToken == token {
            verification?.changeToken = nil
            report(failure)
            return loadRuns()
        } else if verification?.reports.isWaiting(for: token) == true {
            verification?.fail(failure.reason)
            return wakeVerification(after: 5)
        } else if case .suggestions(var list) = overlay, list.token == token {
            list.fail(failure.reason)
            overlay = .suggestions(list)
        } else if case .files(var chooser) = overlay, chooser.token == token {
            chooser.fail(failure.reason)
            overlay = .files(chooser)
        } else if let saving = review.saving, saving.token == token {
            review.saving = nil
            if failure.field == Self.existingPlanField {
                overlay = .confirm(
                    ConfirmDialog(question: Text("Replace \(saving.path)?"), detail: failure.reason),
                    .replacePlan(path: saving.path))
            } else {
                report(failure)
            }
        }
        return []
    }

    private mutating func report(_ failure: RequestFailure) {
        message = Message(kind: .failure, text: failure.reason)
    }

    /// The field that a refusal to replace a plan file names.
    public static let existingPlanField = "planPath"
}
