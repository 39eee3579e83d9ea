// The test of a destination: what is tested, how far it has come, and what that means.
import ExportDomain
import Languages

/// The state of a test.
struct TestDestination: Equatable, Sendable {
    let draft: DestinationDraft
    let consent: DestinationTestConsent
    /// The token of the test while it goes on.
    private(set) var token: Int?
    private(set) var outcomes: [DestinationTestStep: DestinationTestReport.Outcome] = [:]

    /// What a test comes to.
    enum Verdict: Equatable, Sendable {
        case running
        /// Everything works.
        case passed
        /// Looking works; whether writing does was not tried.
        case unproven
        /// Nothing can be looked at from here, and why.
        case untestable(reason: Text)
        /// A person has to confirm the key of the server.
        case unknownHostKey(HostKey)
        /// It does not work: why, and the field to change.
        case failed(reason: Text, field: String?)

        /// Whether Enter leads to saving, so that a key for that alone need not be shown.
        var enterSaves: Bool {
            switch self {
            case .passed, .unproven, .untestable: true
            case .running, .unknownHostKey, .failed: false
            }
        }
    }

    init(_ draft: DestinationDraft, consent: DestinationTestConsent, token: Int) {
        self.draft = draft
        self.consent = consent
        self.token = token
    }

    mutating func take(_ report: DestinationTestReport) { outcomes[report.step] = report.outcome }

    /// Takes that the test itself could not be made.
    mutating func fail(_ failure: RequestFailure) {
        let step = currentStep ?? .resolve
        outcomes[step] = .failed(reason: failure.reason, field: failure.field)
    }

    mutating func end() {
        token = nil
        // Whoever tests says how every step that it begins ends; one that it does not is no success.
        for (step, outcome) in outcomes where outcome == .running {
            outcomes[step] = .failed(
                reason: Text("The test ended before this was known: test again."), field: nil)
        }
    }

    var verdict: Verdict {
        for step in DestinationTestStep.allCases {
            switch outcomes[step] {
            case .failed(let reason, let field)?: return .failed(reason: reason, field: field)
            case .unknownHostKey(let key)?: return token == nil ? .unknownHostKey(key) : .running
            case .running?, .passed?, .skipped?, nil: continue
            }
        }
        if token != nil { return .running }
        if case .passed? = outcomes[.write] { return .passed }
        if case .skipped(let reason)? = outcomes[.list] { return .untestable(reason: reason) }
        return .unproven
    }

    /// How far it is: the step that is being tried, or the last that something is known of.
    var currentStep: DestinationTestStep? {
        DestinationTestStep.allCases.last { step in
            switch outcomes[step] {
            case .running?, .passed?, .failed?, .unknownHostKey?: true
            case .skipped?, nil: false
            }
        }
    }
}

extension DestinationDraft {
    /// The draft without what a test does not depend on.
    var testable: DestinationDraft {
        var draft = self
        draft.name = ""
        draft.description = ""
        draft.parameters = parameters.filter { !ConfigureDestination.fileOptionFields.contains($0.key) }
        switch account {
        case .new(var account):
            account.name = ""
            draft.account = .new(account)
        case .changed(let id, var account):
            account.name = ""
            draft.account = .changed(id, account)
        case .existing: break
        }
        return draft
    }
}
