// The lists of all screens: each moves, searches, orders and marks in the same way.
import ExportDomain
import FoundationEssentials
import FuzzySearch
import Languages
import TerminalKit

extension Wizard {
    /// The list of the screen; nil where it has none.
    var list: ListState? {
        get {
            switch screen {
            case .destination: destination.list
            case .destinationKinds: kindList
            case .datasets, .flowDatasets: selection.list
            case .flows: flowList.list
            case .verification: verification?.list
            case .destinationForm, .destinationTest, .scheduling, .review, .flowSettings: nil
            }
        }
        set {
            guard let newValue else { return }
            switch screen {
            case .destination: destination.list = newValue
            case .destinationKinds: kindList = newValue
            case .datasets, .flowDatasets: selection.list = newValue
            case .flows: flowList.list = newValue
            case .verification: verification?.list = newValue
            case .destinationForm, .destinationTest, .scheduling, .review, .flowSettings: break
            }
        }
    }

    /// The columns that the list of the screen can be ordered by, and how each begins.
    var listOrders: [ListOrder] {
        switch screen {
        case .destination: SelectDestination.orders
        case .flows: FlowList.orders
        case .datasets, .flowDatasets: SelectDatasets.orders
        case .destinationKinds, .destinationForm, .destinationTest, .scheduling, .review, .flowSettings,
            .verification:
            []
        }
    }

    /// Whether letters belong to a search.
    var isSearching: Bool { list?.isSearching ?? false }

    /// Whether only a part of the list is shown.
    var isFiltered: Bool { list?.isFiltered ?? false }

    /// Does what a key does in the list of the screen.
    mutating func pressInList(_ key: Key, at moment: Moment) {
        let height = listHeight(at: moment)
        _ = list?.handle(key, height: height)
    }

    /// How many rows of the list are in sight.
    func listHeight(at moment: Moment) -> Int {
        let layout = WizardLayout(moment.size)
        return screen == .destinationKinds ? layout.kindRows(count: kinds.count) : layout.listRows(of: screen)
    }

    /// Sees to it that lists show what they should, after whatever has happened.
    mutating func arrangeLists() -> [WizardEffect] {
        if case .platforms(var platforms)? = overlay {
            platforms.arrangeList(in: setting.language)
            overlay = .platforms(platforms)
        }
        if case .macros(var macros)? = overlay {
            macros.arrangeList()
            overlay = .macros(macros)
        }
        if case .files(var chooser)? = overlay {
            chooser.arrangeList()
            overlay = .files(chooser)
        }
        if case .suggestions(var suggestions)? = overlay {
            suggestions.arrangeList()
            overlay = .suggestions(suggestions)
        }
        switch screen {
        case .destination:
            destination.arrangeList()
            return []
        case .destinationKinds:
            let kinds = kinds
            let needs = kinds.map { say($0.guide.needs) }
            kindList.arrange(count: kinds.count) { (kinds[$0].name, needs[$0]) }
            return []
        case .flows:
            flowList.arrangeList()
            return []
        case .verification:
            verification?.arrangeList(in: setting.language)
            return []
        case .datasets: return arrangeDatasets(\.datasets)
        case .flowDatasets: return arrangeDatasets(\.flowDatasets)
        case .destinationForm, .destinationTest, .scheduling, .review, .flowSettings: return []
        }
    }

    private mutating func arrangeDatasets(
        _ datasets: WritableKeyPath<Wizard, SelectDatasets>
    ) -> [WizardEffect] {
        let before = self[keyPath: datasets].arranging
        guard let arrangement = self[keyPath: datasets].neededArrangement() else {
            let isDropped = before != nil && self[keyPath: datasets].arranging == nil
            return isDropped ? before.map { [.cancel(token: $0.token)] } ?? [] : []
        }
        if arrangement.datasets.count <= DatasetArrangement.mostAtOnce {
            self[keyPath: datasets].take(arrangement.foundNow)
            return before.map { [.cancel(token: $0.token)] } ?? []
        }
        let token = newToken()
        self[keyPath: datasets].arranging = SelectDatasets.Arranging(
            token: token, query: arrangement.query, order: arrangement.order)
        return (before.map { [.cancel(token: $0.token)] } ?? [])
            + [.request(.arrange(arrangement), token: token)]
    }

    /// Takes what was found for a list of datasets.
    mutating func take(_ found: DatasetArrangement.Found, token: Int) {
        for datasets in [\Wizard.datasets, \.flowDatasets]
        where self[keyPath: datasets].arranging?.token == token {
            self[keyPath: datasets].take(found)
        }
    }

    /// What can be done in the list of the screen, whatever is in it.
    func listActions(hint: Bool = false) -> WizardActions {
        let clear = Action<WizardAction>(
            .clearSearch, keys: [.escape], title: Text("Show all"),
            help: Text("Show what the search has left out again"))
        let search = Action<WizardAction>(
            .search, keys: [.character("/")], title: Text("Search"),
            help: Text("Narrow the list as you type"), hint: hint
        )
        let order = [
            Action<WizardAction>(
                .orderByNext, keys: [.character("o")], title: Text("Order"),
                help: Text("Order the list by the next of its columns"), hint: false),
            Action<WizardAction>(
                .reverseOrder, keys: [.character("O")], title: Text("Reverse order"),
                help: Text("Order the list the other way round"), hint: false),
        ]
        return WizardActions(
            (isFiltered ? [clear] : []) + [search] + (listOrders.isEmpty ? [] : order))
    }

    /// What can be done while letters belong to the search.
    var searchActions: WizardActions {
        WizardActions([
            Action(
                .next, keys: [.enter], title: Text("Keep"), help: Text("Keep the search and go to the list")),
            Action(.clearSearch, keys: [.escape], title: Text("Clear"), help: Text("Show everything again")),
        ])
    }
}
