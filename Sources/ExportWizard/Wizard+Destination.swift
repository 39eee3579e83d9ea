// Setting up destinations: the catalogue, the form, its test, and what can be done to those that there are.
import ExportDomain
import Languages
import Secrets
import TerminalKit

extension Wizard {
    /// Opens the catalogue, or the form at once where there is one kind only.
    mutating func openKinds() {
        if kinds.count == 1 { return openForm(of: kinds[0]) }
        if let kept = keptSetup?.spec, let index = kinds.firstIndex(of: kept) {
            kindList.place(onItem: index)
        }
        screen = .destinationKinds
    }

    /// Opens the form of a kind; one that was left before is as it was.
    mutating func openForm(of spec: ConnectionSpec) {
        if let keptSetup, keptSetup.spec == spec {
            setup = keptSetup
        } else {
            setup = ConfigureDestination(
                spec, accounts: accounts(of: spec), name: spec.requiresAuthentication ? "" : spec.name)
        }
        setup?.form.edit(as: setting.editing)
        screen = .destinationForm
    }

    /// Opens the form of a destination that there is: to change it, or to make another like it.
    mutating func openSelectedDestination(duplicating: Bool) {
        guard let target = destination.selected, let spec = destination.catalogue.value?.spec(of: target)
        else { return }
        let name = target.draft.name
        setup = ConfigureDestination(
            target, purpose: duplicating ? .create : .change(target),
            name: duplicating ? say(Text("Copy of \(name)")) : name,
            spec: spec, accounts: accounts(of: spec))
        setup?.form.edit(as: setting.editing)
        screen = .destinationForm
    }

    private func accounts(of spec: ConnectionSpec) -> [ConfigureDestination.Account] {
        guard !spec.authSpecs.isEmpty, let catalogue = destination.catalogue.value else { return [] }
        // Where nobody has to sign in, an account without credentials is nothing to choose.
        let offered = catalogue.accounts.filter {
            $0.connectionSpecID == spec.id
                && !($0.draft.authentication == nil && spec.isAuthenticationOptional)
        }
        return offered.map { account in
            ConfigureDestination.Account(
                account: account,
                users: catalogue.connections.filter { $0.draft.baseConnectionID == account.id }
                    .map(\.draft.name))
        }
    }

    /// Leaves the form; what was typed for a new destination stays for when it is opened again.
    mutating func closeForm() -> [WizardEffect] {
        var effects = stopTest()
        if let token = setup?.savingToken { effects.append(.cancel(token: token)) }
        if let token = setup?.reading?.token { effects.append(.cancel(token: token)) }
        setup?.savingToken = nil
        setup?.reading = nil
        let isNew = setup?.purpose == .create
        setup?.form.forgetHistory()
        if isNew { keptSetup = setup }
        setup = nil
        screen = isNew && kinds.count > 1 ? .destinationKinds : .destination
        return effects
    }

    // MARK: Keys in the form

    mutating func pressInForm(_ key: Key) -> [WizardEffect] {
        changeSetup { _ = $0.handle(key) } + testWhenLeft(by: key)
    }

    /// Changes the form; a test of what it no longer says stops.
    mutating func changeSetup(_ change: (inout ConfigureDestination) -> Void) -> [WizardEffect] {
        guard var setup else { return [] }
        change(&setup)
        self.setup = setup
        guard let test = setup.test, test.draft.testable != setup.draft.testable else { return [] }
        let effects = stopTest()
        self.setup?.test = nil
        return effects
    }

    /// Begins a test when the last field is left and nothing is wrong.
    private mutating func testWhenLeft(by key: Key) -> [WizardEffect] {
        guard let setup, key == .tab || key == .down, setup.form.focus == 0, setup.test == nil,
            setup.problems.isEmpty
        else { return [] }
        return startTest()
    }

    // MARK: The test

    /// Opens the test of the form, begun anew where it says something else than the last time.
    mutating func openTest() -> [WizardEffect] {
        guard let setup else { return [] }
        guard setup.problems.isEmpty else {
            self.setup?.showProblems()
            return []
        }
        screen = .destinationTest
        guard setup.test == nil else {
            askWhatTheTestNeeds()
            return []
        }
        return startTest()
    }

    /// Tests the destination under the cursor as it is.
    mutating func testSelectedDestination() -> [WizardEffect] {
        openSelectedDestination(duplicating: false)
        setup?.isGlance = true
        return setup == nil ? [] : openTest()
    }

    /// Begins the test of what the form says.
    mutating func startTest() -> [WizardEffect] {
        guard let setup else { return [] }
        guard setup.problems.isEmpty else {
            self.setup?.showProblems()
            return []
        }
        let stopped = stopTest()
        let consent = DestinationTestConsent(
            writesProbe: setup.allowsProbe ?? false, confirmedFingerprint: setup.confirmedFingerprint)
        let token = newToken()
        self.setup?.test = TestDestination(setup.draft, consent: consent, token: token)
        return stopped + [.request(.testDestination(setup.draft, consent), token: token)]
    }

    /// Tests once more; whoever did not want a probe to be written is asked again.
    mutating func testAgain() -> [WizardEffect] {
        if setup?.allowsProbe == false { setup?.allowsProbe = nil }
        return startTest()
    }

    private mutating func stopTest() -> [WizardEffect] {
        guard let token = setup?.test?.token else { return [] }
        setup?.test = nil
        return [.cancel(token: token)]
    }

    mutating func endTest() {
        setup?.test?.end()
        if case .failed(let reason, let field)? = setup?.test?.verdict, let field {
            setup?.refused[field] = reason
        }
        if screen == .destinationTest { askWhatTheTestNeeds() }
    }

    /// Asks for what a test cannot go on without: a person's word on a key, or leave to write a probe.
    ///
    /// A question that was answered is not asked again, and none comes over something else.
    mutating func askWhatTheTestNeeds() {
        guard overlay == nil, !setting.isReadOnly, let setup, let test = setup.test else { return }
        switch test.verdict {
        case .unknownHostKey(let key):
            overlay = .confirm(
                ConfirmDialog(
                    question: Text("Is this the key of \(key.host)?"),
                    detail:
                        Text(
                            "\(key.algorithm)\n\n\(key.fingerprint)\n\nCompare it with what the server's administrator gives you. It is remembered; another key is refused from then on."
                        ),
                    yesTitle: Text("Yes, trust it")), .trustHostKey(key))
        case .unproven where setup.allowsProbe == nil:
            overlay = .confirm(
                ConfirmDialog(
                    question: Text("Write a small probe file below \(setup.place) and delete it again?"),
                    detail: Text(
                        "Only this shows whether exports can be written there. Nothing else is touched."),
                    yesTitle: Text("Yes, write it")), .writeProbe)
        case .running, .passed, .unproven, .untestable, .failed: break
        }
    }

    /// Goes on from a test: saves what works, goes to the field of what does not.
    mutating func goOnFromTest() -> [WizardEffect] {
        guard let setup, let test = setup.test else { return startTest() }
        switch test.verdict {
        case .running: return []
        case .passed where setup.isGlance, .untestable where setup.isGlance: return closeForm()
        case .passed, .untestable: return saveDestination()
        case .unknownHostKey:
            askWhatTheTestNeeds()
            return []
        case .unproven:
            askWhatTheTestNeeds()
            if overlay != nil { return [] }
            return setup.isGlance ? closeForm() : askToSave()
        case .failed(let reason, let field):
            screen = .destinationForm
            self.setup?.isGlance = false
            _ = self.setup?.refuse(RequestFailure(reason: reason, field: field))
            return []
        }
    }

    /// Saves what passed its test; asks first about anything else.
    mutating func askToSave() -> [WizardEffect] {
        guard let setup else { return [] }
        let question: Text
        let detail: Text
        switch setup.test?.verdict {
        case .passed?, .untestable?: return saveDestination()
        case .failed?:
            question = Text("Save although the test failed?")
            detail = Text("Exports to it will fail as long as the test does.")
        case .unproven?, .unknownHostKey?, .running?, nil:
            question = Text("Save although nothing shows that exports can be written there?")
            detail = Text("If they cannot, the first export will tell.")
        }
        overlay = .confirm(
            ConfirmDialog(question: question, detail: detail, yesTitle: Text("Save")), .saveUntested)
        return []
    }

    // MARK: Saving and removing

    mutating func saveDestination() -> [WizardEffect] {
        guard let setup, setup.savingToken == nil else { return [] }
        let token = newToken()
        self.setup?.savingToken = token
        switch setup.purpose {
        case .create: return [.request(.createDestination(setup.draft), token: token)]
        case .change(let target):
            return [.request(.updateDestination(target, to: setup.draft), token: token)]
        }
    }

    /// Takes a destination that was made or changed, and shows what is to be known of it.
    mutating func take(_ saved: TargetConnection, notice: Text?) -> [WizardEffect] {
        let isNew = setup?.purpose == .create
        setup = nil
        if isNew { keptSetup = nil }
        destination.take(saved)
        message = Message(kind: .success, text: Text("The destination “\(saved.draft.name)” is ready"))
        if let notice {
            overlay = .text(TextReader(title: Text("Credentials not kept"), lines: [say(notice)]))
        }
        let reload = reloadCatalogue()
        guard isNew else {
            screen = .destination
            return reload
        }
        destination.choose(saved)
        return reload + openDatasets()
    }

    mutating func askToRemove() {
        guard let target = destination.selected else { return }
        let place = destination.place(of: target)
        overlay = .confirm(
            ConfirmDialog(
                question: Text("Remove the destination “\(target.draft.name)”?"),
                detail:
                    Text(
                        "What was exported to \(place) stays there. Its credentials are removed with it unless another destination uses them."
                    ),
                yesTitle: Text("Remove")), .removeDestination(target))
    }

    mutating func remove(_ target: TargetConnection) -> [WizardEffect] {
        let token = newToken()
        destination.removing = SelectDestination.Removing(target: target, token: token)
        return [.request(.removeDestination(target), token: token)]
    }

    mutating func takeRemoved(_ target: TargetConnection) -> [WizardEffect] {
        destination.drop(target)
        message = Message(kind: .success, text: Text("The destination “\(target.draft.name)” is removed"))
        return reloadCatalogue()
    }

    // MARK: Secrets from elsewhere

    mutating func readFile(_ path: String, for field: String) -> [WizardEffect] {
        fill(field, by: .readFile(path: path))
    }

    mutating func runSecretCommand(_ command: String, for field: String) -> [WizardEffect] {
        fill(field, by: .runSecretCommand(command))
    }

    private mutating func fill(_ field: String, by request: WizardRequest) -> [WizardEffect] {
        let token = newToken()
        setup?.reading = ConfigureDestination.Reading(field: field, token: token)
        return [.request(request, token: token)]
    }
}
