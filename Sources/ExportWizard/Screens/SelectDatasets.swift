// Select datasets: the list, its search, and what was ticked.
import ExportDomain
import FoundationEssentials
import FuzzySearch
import TerminalKit

/// The state of the second step.
struct SelectDatasets: Equatable, Sendable {
    /// A search or an order that is being found.
    struct Arranging: Equatable, Sendable {
        var token: Int
        var query: SearchQuery
        var order: ListOrder?
    }

    /// The datasets that have come so far, by name.
    private(set) var datasets = DatasetTable()
    /// What is under way, or how it ended.
    var loading: Loadable<Bool> = .idle
    /// The list; its items are the datasets, and its marks what is ticked.
    var list = ListState()
    var arranging: Arranging?
    /// What was found last.
    private var matches: SearchMatches?
    /// What is ticked and has not come, or not come again.
    private var absentTicks: Set<Identifier<Dataset>> = []
    /// The dataset that the cursor returns to when it comes again.
    private var awaited: Identifier<Dataset>?

    /// Nothing is loaded and ticked yet.
    init() {}

    /// Ticks what a flow exports, among datasets that were loaded before.
    init(of flow: FlowDetails, loaded: SelectDatasets) {
        absentTicks = Set(flow.datasets.map(\.id))
        if case .loaded = loaded.loading {
            datasets = loaded.datasets
            list.setCount(datasets.count)
            for item in datasets.indices where absentTicks.remove(datasets.id(at: item)) != nil {
                list.setMark(true, onItem: item)
            }
            loading = loaded.loading
        }
    }

    // MARK: What is shown

    /// The dataset under the cursor.
    var selected: Dataset? { list.selectedItem.map { datasets[$0] } }

    /// The datasets that are shown, in their order.
    var shown: [Dataset] { (0..<list.rowCount).map { datasets[list.item(at: $0)] } }

    /// The columns that the list can be ordered by, and how each begins.
    static let orders = [
        ListOrder(column: 1), ListOrder(column: 2, isDescending: true),
        ListOrder(column: 3, isDescending: true),
        ListOrder(column: 4, isDescending: true), ListOrder(column: 5),
    ]

    /// Whether all that the list is to show is shown.
    private var isArranged: Bool {
        let query = list.wantedQuery
        if query.isEmpty, list.order == nil { return list.shown == nil }
        return arranged == Arranged(query: query, order: list.order, count: datasets.count)
    }

    /// What the list shows.
    private var arranged: Arranged?

    private struct Arranged: Equatable, Sendable {
        var query: SearchQuery
        var order: ListOrder?
        var count: Int
    }

    /// What is to be found so that the list shows what it should; nil where it does, or it is on its way.
    mutating func neededArrangement() -> DatasetArrangement? {
        list.setCount(datasets.count)
        let query = list.wantedQuery
        if query.isEmpty, list.order == nil {
            arranging = nil
            matches = nil
            arranged = nil
            if list.shown != nil { list.show(nil, by: query) }
            return nil
        }
        if isArranged || arranging.map({ $0.query == query && $0.order == list.order }) == true { return nil }
        return DatasetArrangement(datasets: datasets, query: query, earlier: matches, order: list.order)
    }

    /// Shows what was found.
    mutating func take(_ found: DatasetArrangement.Found) {
        matches = found.matches
        arranged = Arranged(query: found.query, order: found.order, count: found.isWhole ? found.count : -1)
        if found.isWhole { arranging = nil }
        list.setCount(datasets.count)
        list.show(found.rows, by: found.query)
    }

    // MARK: What is ticked

    /// The ticked datasets, in the order of the list.
    var chosen: [Dataset] { list.marks.numbers.map { datasets[$0] } }

    /// What a flow is to export: those of its datasets that are ticked, also where the list does not have them any
    /// more, then the others.
    func chosen(for flow: FlowDetails) -> [DatasetReference] {
        let chosen = chosen
        let ticked = absentTicks.union(chosen.map(\.id))
        let known = Set(flow.datasets.map(\.id))
        return flow.datasets.filter { ticked.contains($0.id) }
            + chosen.map(\.reference).filter { !known.contains($0.id) }
    }

    /// How many datasets are ticked.
    var tickedCount: Int { list.marks.count }

    /// Whether nothing is ticked.
    var isNothingTicked: Bool { list.marks.isEmpty && absentTicks.isEmpty }

    /// How many ticked datasets are not shown.
    var hiddenCount: Int { absentTicks.count + list.hiddenMarks }

    // MARK: Loading

    /// Takes what has come since; the cursor stays on its dataset.
    mutating func take(_ listing: DatasetListing) {
        let first = datasets.count
        datasets = listing.datasets
        list.setCount(datasets.count)
        if absentTicks.isEmpty, awaited == nil { return }
        for item in first..<max(first, datasets.count) {
            let id = datasets.id(at: item)
            if absentTicks.remove(id) != nil { list.setMark(true, onItem: item) }
            if id == awaited {
                list.place(onItem: item)
                awaited = nil
            }
        }
    }

    /// Forgets the datasets, to load them anew: what is ticked stays so, and the cursor returns to its dataset.
    mutating func forget() {
        awaited = selected?.id
        absentTicks.formUnion(chosen.map(\.id))
        datasets = DatasetTable()
        matches = nil
        arranged = nil
        arranging = nil
        list.forgetItems()
    }
}

/// Datasets to be searched and ordered, whatever their number.
public struct DatasetArrangement: Equatable, Sendable {
    var datasets: DatasetTable
    var query: SearchQuery
    /// What was found before.
    var earlier: SearchMatches?
    var order: ListOrder?

    /// What was found.
    public struct Found: Equatable, Sendable {
        var query: SearchQuery
        var order: ListOrder?
        /// What the query finds; nil where nothing was searched for.
        var matches: SearchMatches?
        /// The datasets by their numbers, in their order.
        var rows: [UInt32]
        /// How many datasets were looked at.
        var count: Int
        /// Whether that is all of them.
        var isWhole: Bool
    }

    /// So many are searched and ordered as they are typed for, without going anywhere else.
    static let mostAtOnce = 1_000

    /// Finds them at once.
    var foundNow: Found {
        let matches = query.isEmpty ? nil : datasets.index.searchNow(query)
        return found(matches, rows: ordered(matches?.items), isWhole: true)
    }

    /// Finds them, and tells what has been found meanwhile.
    ///
    /// - Throws: `CancellationError`.
    func find(report: (Found) -> Void) async throws -> Found {
        var matches: SearchMatches?
        if !query.isEmpty {
            matches = await datasets.index.search(query, after: earlier) { part in
                // What is ordered by a column is worth showing only when all of it is there.
                if order == nil { report(found(part, rows: part.items, isWhole: false)) }
            }
        }
        try Task.checkCancellation()
        return found(matches, rows: ordered(matches?.items), isWhole: true)
    }

    private func found(_ matches: SearchMatches?, rows: [UInt32], isWhole: Bool) -> Found {
        Found(
            query: query, order: order, matches: matches, rows: rows, count: datasets.count,
            isWhole: isWhole)
    }

    private func ordered(_ items: [UInt32]?) -> [UInt32] {
        let items = items ?? (0..<UInt32(datasets.count)).map { $0 }
        guard let order else { return items }
        return SortKey.sorted(items, descending: order.isDescending) { key(datasets[Int($0)], order.column) }
    }

    private func key(_ dataset: Dataset, _ column: Int) -> SortKey {
        switch column {
        case 2: dataset.records.map { .number(Double($0)) } ?? .nothing
        case 3: dataset.bytes.map { .number(Double($0)) } ?? .nothing
        case 4: dataset.lastBatchAt.map { .number($0.timeIntervalSince1970) } ?? .nothing
        case 5: dataset.format.map { .text($0) } ?? .nothing
        default: .text(dataset.name)
        }
    }
}
