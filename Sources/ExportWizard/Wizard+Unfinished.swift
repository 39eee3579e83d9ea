// Work that was left half done: offered at the start to be gone on with, to be removed, or to be left.
import ExportDomain
import Languages
import TerminalKit

/// What was left half made on the platform, and what is being done about it.
struct LeftHalfMade: Equatable, Sendable {
    /// The oldest first.
    var all: [UnfinishedWork] = []
    /// The token of the request that brings them.
    var loadToken: Int?
    /// The one that is gone on with or removed.
    var underWay: UnderWay?

    struct UnderWay: Equatable, Sendable {
        var work: UnfinishedWork
        var token: Int
    }
}

extension Wizard {
    /// Looks for what was left: at the start, and after something failed that could not be taken back either.
    mutating func loadUnfinished() -> [WizardEffect] {
        let token = newToken()
        unfinished.loadToken = token
        return [.request(.unfinished, token: token)]
    }

    /// Takes what was left, and offers it where nothing else has been begun meanwhile.
    mutating func takeUnfinished(_ all: [UnfinishedWork]) {
        unfinished.loadToken = nil
        unfinished.all = all
        // Where nothing can be done about it, it is shown to whoever asks for it.
        if overlay == nil, screen == .destination, !setting.isReadOnly { offerUnfinished() }
    }

    /// Asks what is to become of the first.
    mutating func offerUnfinished() {
        guard let work = unfinished.all.first else { return }
        overlay = .unfinished(work)
    }

    /// The keys of the offer.
    mutating func press(_ key: Key, about work: UnfinishedWork) -> [WizardEffect] {
        let goesOn: [Key] = [.character("r"), .character("R"), .enter]
        let removes: [Key] = [.character("x"), .character("X")]
        if setting.isReadOnly, (goesOn + removes).contains(key) {
            refuseChange()
            return []
        }
        switch key {
        case _ where goesOn.contains(key): return begin(.resume(work), on: work)
        case _ where removes.contains(key): return begin(.discard(work), on: work)
        case .escape, .control("g"), .control("c"), .character("l"), .character("L"), .character("q"):
            // It is offered again at the next start, and by its action until then.
            overlay = nil
        default: break
        }
        return []
    }

    private mutating func begin(_ request: WizardRequest, on work: UnfinishedWork) -> [WizardEffect] {
        let token = newToken()
        overlay = nil
        unfinished.underWay = LeftHalfMade.UnderWay(work: work, token: token)
        return [.request(request, token: token)]
    }

    /// Shows the dataflow that is made or changed now; a destination is among the others.
    mutating func takeResumed(_ flow: FlowDetails?) -> [WizardEffect] {
        let work = endWork()
        guard let flow else {
            message = work.map { Message(kind: .success, text: Text("\($0.title) is ready")) }
            return reloadCatalogue()
        }
        let isChange = if case .otherDatasets? = work?.task { true } else { false }
        message = Message(
            kind: .success,
            text: isChange
                ? Text("“\(flow.flow.draft.name)” is changed") : Text("“\(flow.flow.draft.name)” is made"))
        return follow(flow)
    }

    mutating func takeDiscarded(leaving left: [Text]) -> [WizardEffect] {
        let work = endWork()
        if left.isEmpty {
            message = work.map {
                Message(kind: .success, text: Text("\($0.title): what it had made is removed"))
            }
            if overlay == nil, screen == .destination { offerUnfinished() }
        } else {
            overlay = .text(TextReader(title: Text("Not all is removed"), lines: left.map(say)))
        }
        return reloadCatalogue()
    }

    mutating func failUnfinished(_ failure: RequestFailure) -> [WizardEffect] {
        unfinished.underWay = nil
        overlay = .text(TextReader(title: Text("It stays half made"), lines: [say(failure.reason)]))
        return loadUnfinished()
    }

    private mutating func endWork() -> UnfinishedWork? {
        defer { unfinished.underWay = nil }
        unfinished.all.removeAll { $0.id == unfinished.underWay?.work.id }
        return unfinished.underWay?.work
    }

    /// What can be done about what was left.
    var unfinishedAction: Action<WizardAction> {
        Action(
            .unfinished, keys: [.character("u")], title: Text("Half made"),
            help: setting.isReadOnly
                ? Text("Show what was left half made")
                : Text("Go on with what was left half made, or remove what there is of it"),
            availability: unfinished.underWay != nil
                ? .disabled(because: Text("It is being worked on"))
                : unfinished.all.isEmpty ? .disabled(because: Text("Nothing was left half made")) : .enabled,
            hint: !unfinished.all.isEmpty)
    }
}
