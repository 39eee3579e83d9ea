// Select datasets, drawn.
import ExportDomain
import FoundationEssentials
import TerminalKit

extension Wizard {
    func drawDatasets(into frame: inout Frame, in body: Rect, theme: Theme) {
        let datasets = selection
        let (searchLine, rest) = body.split(top: 1)
        draw(datasets.search, isSearching: datasets.isSearching, into: &frame, in: searchLine, theme: theme)
        let (list, countLine) = rest.split(bottom: 1)
        let shown = datasets.shown
        if shown.isEmpty {
            frame.putWrapped(
                datasets.emptyText, in: list.split(top: 1).rest,
                style: theme[datasets.loading.isFailed ? .failure : .muted])
        } else {
            drawTable(of: datasets, into: &frame, in: list, theme: theme)
        }
        let count = datasets.countText
        let used = frame.put(count, at: countLine.origin, style: theme[.muted], columns: countLine.columns)
        guard let index = datasets.list.index(in: shown.count) else { return }
        // Where the column of ids does not fit, the one under the cursor stands here.
        let id = "id \(shown[index].id)"
        let (left, right) = countLine.split(right: frame.textWidth.width(of: id))
        if used + 2 <= left.columns { frame.put(id, at: right.origin, style: theme[.muted]) }
    }

    private func draw(
        _ search: TextField, isSearching: Bool, into frame: inout Frame, in line: Rect, theme: Theme
    ) {
        let used = frame.put("Search ", at: line.origin, style: theme[isSearching ? .accent : .muted])
        var search = search
        search.placeholder = isSearching ? "name, id or description" : "press / to search"
        search.draw(into: &frame, in: line.split(left: used).rest, theme: theme, isFocused: isSearching)
    }

    private func drawTable(
        of datasets: SelectDatasets, into frame: inout Frame, in rect: Rect, theme: Theme
    ) {
        let shown = datasets.shown
        let table = Table([
            TableColumn("", width: .fixed(3), priority: 9),
            TableColumn("Name", width: .flexible(minimum: 16), priority: 8),
            TableColumn("Records", width: .fixed(11), priority: 6, alignment: .trailing),
            TableColumn("Size", width: .fixed(8), priority: 5, alignment: .trailing),
            TableColumn("Last batch (UTC)", width: .fixed(16), priority: 4),
            TableColumn("Format", width: .fixed(7), priority: 3),
            TableColumn("Dataset ID", width: .fixed(24), priority: 2),
        ])
        table.draw(
            into: &frame, in: rect, theme: theme, cursor: datasets.list, count: shown.count,
            isFocused: !datasets.isSearching
        ) { index in
            let dataset = shown[index]
            let isTicked = datasets.isTicked(dataset)
            return TableRow(
                [
                    isTicked ? theme.glyphs.checked : theme.glyphs.unchecked, dataset.name,
                    dataset.records.map { Formatting.count($0) } ?? "unknown",
                    dataset.bytes.map { Formatting.bytes($0) } ?? "unknown",
                    dataset.lastBatchAt.map { "\(WallClock($0).date) \(WallClock($0).time)" } ?? "unknown",
                    dataset.format ?? "unknown", dataset.id.rawValue,
                ], role: isTicked ? .mark : .text)
        }
    }

}

extension SelectDatasets {
    fileprivate var emptyText: String {
        switch loading {
        case .failed(let reason): reason
        case .idle, .loading: "Loading datasets"
        case .loaded where datasets.isEmpty:
            "There is no dataset yet. Leave with q and add one: sluice datasets add NAME FILE…"
        case .loaded: "No dataset matches the search."
        }
    }

    fileprivate var countText: String {
        var text = "\(Formatting.count(shown.count)) of \(Formatting.count(datasets.count))"
        if case .loading = loading { text += ", loading more" }
        if !chosen.isEmpty { text += ", \(Formatting.count(chosen.count)) selected" }
        if hiddenCount > 0 { text += " (\(Formatting.count(hiddenCount)) not shown)" }
        return text
    }
}
