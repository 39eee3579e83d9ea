// What somebody waits for, which the title bar shows by a sign that turns; and what may wait to be shown.
import FoundationEssentials
import TerminalKit

extension Wizard {
    /// Whether something moves on the screen by itself.
    public var isMoving: Bool { waitingSince != nil && !setting.isQuiet }

    /// Takes note of when waiting began.
    mutating func noteWaiting(at now: Date) {
        waitingSince = isWaiting ? waitingSince ?? now : nil
    }

    /// The seconds after which somebody notices that nothing has come.
    private static let shortWait = 0.5

    /// The sign that turns; nil where nothing is waited for, or nothing may turn.
    func spinner(at now: Date, glyphs: Glyphs) -> Character? {
        guard isMoving, let waitingSince, now.timeIntervalSince(waitingSince) >= Self.shortWait else {
            return nil
        }
        return Spinner.frame(at: now.timeIntervalSince1970, glyphs: glyphs)
    }

    /// Whether the screen lacks something that was asked for.
    private var isWaiting: Bool {
        if unfinished.underWay != nil { return true }
        if case .platforms(let list)? = overlay, !list.tokens.isEmpty || list.opening != nil { return true }
        switch screen {
        case .destination: return destination.catalogue.isLoading || destination.removing != nil
        case .destinationForm: return setup?.savingToken != nil || setup?.reading != nil
        case .destinationTest: return setup?.savingToken != nil || setup?.test?.token != nil
        case .datasets, .flowDatasets:
            return selection.loading.isLoading || selection.arranging != nil || flowList.change != nil
        case .review: return review.finishingToken != nil || review.saving != nil
        case .flows, .flowSettings: return flowList.flows.isLoading || flowList.change != nil
        case .verification:
            guard let verification else { return false }
            return verification.changeToken != nil
                || verification.latest.isEmpty && verification.reports.isLoading
        case .destinationKinds, .scheduling: return false
        }
    }
}

extension Loadable {
    /// Whether it was asked for and has not come.
    var isLoading: Bool { token != nil }
}

extension WizardEvent {
    /// Whether it is to be seen at once; the others tell how something goes on, which is seen a few times a second.
    var isUrgent: Bool {
        switch self {
        case .answered(_, let answer):
            switch answer {
            case .datasets, .arranged, .tested: answer.isLast
            case .runs: false
            default: true
            }
        case .woke: false
        default: true
        }
    }
}
