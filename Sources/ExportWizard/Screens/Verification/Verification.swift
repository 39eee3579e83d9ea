// Verification: the runs of the dataflow, their folders and files, as they come.
import ExportDomain
import FoundationEssentials
import FuzzySearch
import Languages
import TerminalKit

/// The state of the verification pane.
struct Verification: Equatable, Sendable {
    typealias Row = RunTree.Row

    var flow: Flow
    /// Where the files go, as text.
    var place: String
    var datasetNames: [Identifier<Dataset>: String]
    /// Runs that were asked for, which the platform may not show yet.
    var awaited: Set<Identifier<FlowRun>>
    var reports: Loadable<[RunReport]> = .idle
    /// Why the last refresh did not work.
    private(set) var problem: Text?
    /// What there is; it stays on the screen while it is asked for anew.
    private(set) var tree = RunTree()
    var list = ListState()
    /// Whether nothing is shown but what fails or differs.
    private(set) var showsFaultsOnly = false
    /// Where the cursor was before nothing but that was shown: there may be nothing to be on.
    private var rowBeforeFilter: RunTree.RowID?
    /// How many rows are not shown because they are in order.
    private(set) var hiddenByFilter = 0
    /// How fast all runs that are under way read together, and each of them.
    private(set) var rate = TransferRate()
    private(set) var rates: [Identifier<FlowRun>: TransferRate] = [:]
    /// The token of the wake-up that refreshes the pane.
    var wakeToken: Int?
    /// The token under which a run is being made again, or ended.
    var changeToken: Int?

    /// Whether it is known which runs there were when the pane was opened.
    private var hasLooked = false
    /// Whether the list does not show yet what it should.
    private var isStale = true
    private var search = RunSearch()

    init(
        flow: Flow, place: String, datasetNames: [Identifier<Dataset>: String],
        awaited: Set<Identifier<FlowRun>> = []
    ) {
        self.awaited = awaited
        self.flow = flow
        self.place = place
        self.datasetNames = datasetNames
    }

    /// The reports that were last loaded, newest first.
    var latest: [RunReport] { tree.reports }

    /// Whether there may be more runs than are shown.
    private var isCut: Bool { latest.count >= RunReport.mostShown }

    var selected: Row? { list.selectedItem.flatMap(tree.row) }

    /// The run that the cursor is on, or in.
    var selectedReport: RunReport? {
        switch selected {
        case .run(let report)?, .error(_, let report)?, .unseen(let report, _)?, .folder(let report)?,
            .file(_, let report)?, .finding(_, let report)?:
            report
        case .export(let export)? where export.reports.count == 1: export.reports.first
        case .flow?, .export?, .older?, nil: nil
        }
    }

    /// Whether something is under way or about to be.
    func isLive(now: Date) -> Bool {
        if latest.contains(where: { !$0.run.status.isOver }) { return true }
        if !isCut, !awaited.isSubset(of: latest.map(\.id)) { return true }
        let schedule = flow.draft.schedule
        guard flow.state == .enabled, let due = schedule.latestOccurrence(notAfter: now) else { return false }
        let isLate = now.timeIntervalSince(due) > MissedOccurrences.punctuality
        if isLate, schedule.missed == .skip { return false }
        return !latest.contains { $0.run.scheduledTime.map { $0 >= due } ?? false }
    }

    /// When the flow exports next, after what is due now.
    func nextOccurrence(after now: Date) -> Date? {
        guard flow.state == .enabled else { return nil }
        return flow.draft.schedule.occurrences(from: now.addingTimeInterval(1), limit: 1).first
    }

    /// When the platform deletes the first of the files; nil where it keeps them.
    var expiry: Date? {
        latest.filter { !$0.verification.files.isEmpty }.compactMap(\.expiry).min()
    }

    /// The dataset of a run by its name, as far as that is known.
    func datasetName(of run: FlowRun) -> Text {
        datasetNames[run.datasetID].map(Text.verbatim) ?? run.datasetText
    }

    // MARK: What comes

    /// Takes what came of a refresh; the cursor stays on what it was on, where it was on the screen.
    ///
    /// - Returns: the runs that have ended since the last one, also those that are seen for the first time; of the first
    ///   refresh those that were asked for.
    @discardableResult
    mutating func take(_ reports: [RunReport], now: Date) -> [RunReport] {
        let isFirst = latest.isEmpty
        let known =
            hasLooked
            ? Set(latest.filter(\.run.status.isOver).map(\.id)) : Set(reports.map(\.id)).subtracting(awaited)
        hasLooked = true
        let selection = list.selectedItem.flatMap(tree.id)
        problem = nil
        self.reports = .loaded(reports)
        noteProgress(reports, now: now)
        guard reports != latest || isFirst else { return [] }
        tree.take(reports, isCut: reports.count >= RunReport.mostShown)
        isStale = true
        search.noteChange()
        if let item = selection.flatMap(tree.item) {
            list.follow(item: item, of: tree.tree.count)
        } else if isFirst, let fault = tree.firstFault {
            list.follow(item: fault, of: tree.tree.count)
        }
        return reports.filter { $0.run.status.isOver && !known.contains($0.id) }
    }

    private mutating func noteProgress(_ reports: [RunReport], now: Date) {
        let live = reports.filter { !$0.run.status.isOver }
        let before = rates
        rates = [:]
        for report in live {
            var rate = before[report.id] ?? TransferRate()
            rate.add(report.run.metrics.inputBytes ?? 0, at: now)
            rates[report.id] = rate
        }
        if live.isEmpty {
            rate = TransferRate()
        } else {
            rate.add(reports.reduce(0) { $0 + ($1.run.metrics.inputBytes ?? 0) }, at: now)
        }
    }

    mutating func fail(_ reason: Text) {
        problem = reason
        reports = .failed(reason)
    }

    // MARK: What is shown

    /// Sees to it that the list shows what it should: what is found, or fails, or is not folded away.
    mutating func arrangeList(in language: Language) {
        let query = list.wantedQuery
        guard isStale || query != list.query else { return }
        isStale = false
        // What was found stays in sight when everything is shown again.
        if query.isEmpty, !list.query.isEmpty, let item = list.selectedItem { tree.reveal(item) }
        list.setCount(tree.tree.count)
        let failing = showsFaultsOnly ? tree.failing : nil
        let kept = failing.map { tree.tree.withAncestors(of: $0) }
        hiddenByFilter = kept.map { tree.tree.count - $0.count } ?? 0
        guard !query.isEmpty else { return list.show(tree.tree.unfolded(of: kept), by: query) }
        var search = search
        let found = search.items(query, in: tree) {
            text(of: $0, glyphs: .ascii, now: nil).name.string(in: language)
        }
        self.search = search
        let wanted = failing.map { Self.common(found, $0) } ?? found
        list.show(tree.tree.withAncestors(of: wanted), by: query)
    }

    private static func common(_ first: [UInt32], _ second: [UInt32]) -> [UInt32] {
        let second = Set(second)
        return first.filter(second.contains)
    }

    /// Shows nothing but what fails or differs, or everything again.
    mutating func toggleFaultsOnly() {
        let item = list.selectedItem ?? rowBeforeFilter.flatMap(tree.item)
        showsFaultsOnly.toggle()
        rowBeforeFilter = showsFaultsOnly ? item.flatMap(tree.id) : nil
        isStale = true
        if showsFaultsOnly { for item in tree.failing { tree.reveal(Int(item)) } }
        if let item {
            tree.reveal(item)
            list.place(onItem: item)
        }
    }

    // MARK: Folding

    /// Whether the row under the cursor can be folded, and is; nil where there is nothing to fold.
    var isSelectedFolded: Bool? {
        guard let item = list.selectedItem, tree.row(of: item) != nil else { return nil }
        let place = tree.tree.place(of: item)
        guard place.leaf == nil, tree.tree.canFold(place.node) else { return nil }
        return tree.tree.isFolded(place.node)
    }

    /// Folds the row under the cursor, or goes to what it lies below.
    mutating func stepOut(height: Int) {
        guard let item = list.selectedItem else { return }
        follow(tree.stepOut(of: item), height: height)
    }

    /// Unfolds the row under the cursor, or goes to the first below it.
    mutating func stepInto(height: Int) {
        guard let item = list.selectedItem else { return }
        follow(tree.stepInto(item), height: height)
    }

    private mutating func follow(_ step: TreeStep?, height: Int) {
        switch step {
        case .changed?: isStale = true
        case .goes(let item)?:
            let row = list.shown.map { $0.firstIndex(of: UInt32(item)) } ?? item
            if let row { list.move(to: row, height: height) }
        case nil: break
        }
    }

    /// Folds a row, or back.
    mutating func toggleFold(row: Int) {
        guard row < list.rowCount, tree.row(of: list.item(at: row)) != nil else { return }
        let place = tree.tree.place(of: list.item(at: row))
        guard place.leaf == nil else { return }
        tree.setFolded(!tree.tree.isFolded(place.node), place.node)
        isStale = true
    }
}
