// Select datasets: the list, its search, and what was ticked.
import ExportDomain
import TerminalKit

/// The state of the second step.
struct SelectDatasets: Equatable, Sendable {
    /// The datasets that have come so far, by name.
    var datasets: [Dataset] = []
    /// The page that is under way, or how it ended.
    var loading: Loadable<Bool> = .idle
    var list = ListCursor()
    var search = TextField()
    /// Whether letters belong to the search.
    var isSearching = false
    /// What is ticked; it stays when the search hides it and when the step is left.
    private(set) var ticked: Set<Identifier<Dataset>> = []

    /// Nothing is loaded and ticked yet.
    init() {}

    /// Ticks what a flow exports, among datasets that were loaded before.
    init(of flow: FlowDetails, loaded: SelectDatasets) {
        if case .loaded = loaded.loading {
            datasets = loaded.datasets
            loading = loaded.loading
        }
        ticked = Set(flow.datasets.map(\.id))
    }

    /// The datasets that the search leaves, in order: every word of it must be somewhere in name, id or
    /// description.
    var shown: [Dataset] {
        let words = search.text.lowercased().split(whereSeparator: \.isWhitespace)
        if words.isEmpty { return datasets }
        return datasets.filter { dataset in
            let text = "\(dataset.name) \(dataset.id) \(dataset.description)".lowercased()
            return words.allSatisfy { text.contains($0) }
        }
    }

    /// The ticked datasets, in the order of the list.
    var chosen: [Dataset] { datasets.filter { ticked.contains($0.id) } }

    /// What a flow is to export: those of its datasets that are ticked, also where the list does not have them any
    /// more, then the others.
    func chosen(for flow: FlowDetails) -> [DatasetReference] {
        let known = Set(flow.datasets.map(\.id))
        return flow.datasets.filter { ticked.contains($0.id) }
            + chosen.map(\.reference).filter { !known.contains($0.id) }
    }

    /// Whether nothing is ticked.
    var isNothingTicked: Bool { ticked.isEmpty }

    /// How many ticked datasets the search hides.
    var hiddenCount: Int { ticked.count - shown.count { ticked.contains($0.id) } }

    func isTicked(_ dataset: Dataset) -> Bool { ticked.contains(dataset.id) }

    /// Ticks or unticks the dataset under the cursor and goes to the next.
    mutating func toggle() {
        let shown = shown
        guard shown.indices.contains(list.index) else { return }
        ticked.formSymmetricDifference([shown[list.index].id])
        list.place(at: min(list.index + 1, shown.count - 1))
    }

    /// Ticks all that are shown, or unticks them if they all are.
    mutating func toggleAllShown() {
        let ids = Set(shown.map(\.id))
        if ids.isSubset(of: ticked) { ticked.subtract(ids) } else { ticked.formUnion(ids) }
    }

    /// Takes the next page; the cursor stays on its dataset.
    mutating func append(_ page: DatasetPage) {
        let known = Set(datasets.map(\.id))
        datasets += page.items.filter { !known.contains($0.id) }
    }
}
