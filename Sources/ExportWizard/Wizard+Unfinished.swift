// Exports that were left half made: offered at the start to be gone on with, to be removed, or to be left.
import ExportDomain
import TerminalKit

/// What was left half made on the platform, and what is being done about it.
struct UnfinishedExports: Equatable, Sendable {
    /// The exports, the oldest first.
    var exports: [UnfinishedExport] = []
    /// The token of the request that brings them.
    var loadToken: Int?
    /// The one that is gone on with or removed.
    var underWay: Work?

    struct Work: Equatable, Sendable {
        var export: UnfinishedExport
        var token: Int
    }
}

extension Wizard {
    mutating func loadUnfinished() -> [WizardEffect] {
        let token = newToken()
        unfinished.loadToken = token
        return [.request(.unfinished, token: token)]
    }

    /// Takes what was left, and offers it where nothing else has been begun meanwhile.
    mutating func takeUnfinished(_ exports: [UnfinishedExport]) {
        unfinished.loadToken = nil
        unfinished.exports = exports
        if overlay == nil, screen == .destination { offerUnfinished() }
    }

    /// Asks what is to become of the first.
    mutating func offerUnfinished() {
        guard let export = unfinished.exports.first else { return }
        overlay = .unfinished(export)
    }

    /// The keys of the offer.
    mutating func press(_ key: Key, about export: UnfinishedExport) -> [WizardEffect] {
        switch key {
        case .character("r"), .character("R"), .enter: return work(on: export, .resume(export))
        case .character("x"), .character("X"): return work(on: export, .discard(export))
        case .escape, .control("g"), .control("c"), .character("l"), .character("L"), .character("q"):
            // It is offered again at the next start, and by its action until then.
            overlay = nil
        default: break
        }
        return []
    }

    private mutating func work(on export: UnfinishedExport, _ request: WizardRequest) -> [WizardEffect] {
        let token = newToken()
        overlay = nil
        unfinished.underWay = UnfinishedExports.Work(export: export, token: token)
        return [.request(request, token: token)]
    }

    /// Shows an export that is made now; a destination is among the others.
    mutating func takeResumed(_ flow: FlowDetails?) -> [WizardEffect] {
        let export = endWork()
        guard let flow else {
            message = export.map { Message(kind: .success, text: "\($0.title) is ready") }
            return reloadCatalogue()
        }
        message = Message(kind: .success, text: "“\(flow.flow.draft.name)” is made")
        return follow(flow)
    }

    mutating func takeDiscarded(leaving left: [String]) -> [WizardEffect] {
        let export = endWork()
        if left.isEmpty {
            message = export.map { Message(kind: .success, text: "What \($0.subject) had made is removed") }
            if overlay == nil, screen == .destination { offerUnfinished() }
        } else {
            overlay = .text(TextReader(title: "Not all is removed", lines: left))
        }
        return reloadCatalogue()
    }

    mutating func failUnfinished(_ failure: RequestFailure) -> [WizardEffect] {
        unfinished.underWay = nil
        overlay = .text(TextReader(title: "It stays half made", lines: [failure.reason]))
        return loadUnfinished()
    }

    private mutating func endWork() -> UnfinishedExport? {
        defer { unfinished.underWay = nil }
        unfinished.exports.removeAll { $0.id == unfinished.underWay?.export.id }
        return unfinished.underWay?.export
    }

    /// What can be done about what was left.
    var unfinishedAction: Action<WizardAction> {
        Action(
            .unfinished, keys: [.character("u")], title: "Half made",
            help: "Go on with an export that was left half made, or remove what it has made",
            availability: unfinished.underWay != nil
                ? .disabled(because: "It is being worked on")
                : unfinished.exports.isEmpty ? .disabled(because: "Nothing was left half made") : .enabled,
            hint: !unfinished.exports.isEmpty)
    }
}

extension UnfinishedExport {
    /// Its title within a sentence.
    fileprivate var subject: String { title.prefix(1).lowercased() + title.dropFirst() }
}
