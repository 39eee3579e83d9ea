// From one platform to another: the list of them, and the wizard begun anew on the one that is chosen.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    mutating func openPlatforms() -> [WizardEffect] {
        let token = newToken()
        overlay = .platforms(PlatformList(choices: .loading(token: token)))
        return [.request(.platforms, token: token)]
    }

    mutating func press(
        _ key: Key, in list: PlatformList, isCancel: Bool, page: Int
    ) -> [WizardEffect] {
        var list = list
        let opening = list.opening
        if opening == nil, list.list.handleSearch(key, height: page) {
            overlay = .platforms(list)
            return []
        }
        if isCancel || key == .control("c") || key == .character("q") {
            // What is being opened is given up first; the list is closed by the same key again.
            list.opening = nil
            overlay = opening == nil ? nil : .platforms(list)
            return (opening.map { [$0.token] } ?? list.tokens).map { .cancel(token: $0) }
        }
        guard opening == nil else { return [] }
        list.problem = nil
        overlay = .platforms(list)
        switch key {
        case .enter: return choosePlatform(in: list)
        case .right, .character("s"): return loadSandboxes(in: list)
        default:
            _ = list.list.handle(key, height: page)
            overlay = .platforms(list)
            return []
        }
    }

    private mutating func loadSandboxes(in list: PlatformList) -> [WizardEffect] {
        guard let choice = list.expandable else { return [] }
        var list = list
        let token = newToken()
        list.sandboxes[choice.id] = .loading(token: token)
        overlay = .platforms(list)
        return [.request(.sandboxes(of: choice.id), token: token)]
    }

    /// Opens the platform under the cursor; asks first where something would be lost.
    private mutating func choosePlatform(in list: PlatformList) -> [WizardEffect] {
        guard let choice = list.selected?.choice else { return [] }
        if choice.isCurrent {
            overlay = nil
            return list.tokens.map { .cancel(token: $0) }
        }
        guard let loss = lossOnLeaving else { return open(choice, from: list) }
        overlay = .confirm(
            ConfirmDialog(
                question: Text("Go to “\(choice.name)” without exporting?"), detail: loss,
                yesTitle: Text("Go there")),
            .switchPlatform(choice, list))
        return []
    }

    mutating func open(_ choice: PlatformChoice, from list: PlatformList) -> [WizardEffect] {
        var list = list
        let token = newToken()
        list.opening = PlatformList.Opening(choice: choice, token: token)
        overlay = .platforms(list)
        return [.request(.openPlatform(choice.id), token: token)]
    }

    mutating func takePlatforms(_ answer: WizardAnswer, token: Int) -> [WizardEffect] {
        guard case .platforms(var list)? = overlay else { return [] }
        switch answer {
        case .platforms(let choices) where list.choices.isWaiting(for: token): list.take(choices)
        case .sandboxes(let choices):
            guard let platform = list.platform(awaiting: token) else { return [] }
            list.sandboxes[platform] = .loaded(choices)
        case .platformOpened(let setting) where list.opening?.token == token:
            return begin(on: setting, openedBy: token)
        default: return []
        }
        overlay = .platforms(list)
        return []
    }

    /// Takes a failure of what the list asked for; false for what it did not.
    mutating func failPlatforms(_ failure: RequestFailure, token: Int) -> Bool {
        guard case .platforms(var list)? = overlay else { return false }
        if list.choices.isWaiting(for: token) {
            list.choices = .failed(failure.reason)
        } else if let platform = list.platform(awaiting: token) {
            list.sandboxes[platform] = .failed(failure.reason)
        } else if list.opening?.token == token {
            list.opening = nil
            list.problem = failure.reason
        } else {
            return false
        }
        overlay = .platforms(list)
        return true
    }

    /// Begins anew on another platform.
    ///
    /// No token is used twice, so that no late answer is taken for a new one.
    private mutating func begin(on setting: Setting, openedBy token: Int) -> [WizardEffect] {
        startAnew(setting)
        return [.usePlatform(token: token)] + askWhetherProduction() + loadUnfinished() + loadCatalogue()
    }

    /// Asks the platform whether it is production, where it knows that better than its name.
    mutating func askWhetherProduction() -> [WizardEffect] {
        guard setting.asksWhetherProduction else { return [] }
        let token = newToken()
        productionToken = token
        return [.request(.isProduction, token: token)]
    }

    /// Takes what the platform says; where it says nothing, its name decides.
    mutating func take(isProduction: Bool?) {
        productionToken = nil
        if let isProduction { accent = isProduction ? .production : nil }
    }
}
