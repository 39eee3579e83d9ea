// Select datasets, drawn.
import ExportDomain
import FoundationEssentials
import TerminalKit

extension Wizard {
    func drawDatasets(into frame: inout Frame, in body: Rect, theme: Theme) {
        let (searchLine, rest) = body.split(top: 1)
        drawSearch(into: &frame, in: searchLine, theme: theme)
        let (list, countLine) = rest.split(bottom: 1)
        let shown = datasets.shown
        if shown.isEmpty {
            frame.putWrapped(
                emptyText, in: list.split(top: 1).rest,
                style: theme[datasets.loading.isFailed ? .failure : .muted])
        } else {
            drawTable(shown, into: &frame, in: list, theme: theme)
        }
        let count = countText(shown: shown.count)
        let used = frame.put(count, at: countLine.origin, style: theme[.muted], columns: countLine.columns)
        guard let index = datasets.list.index(in: shown.count) else { return }
        // Where the column of ids does not fit, the one under the cursor stands here.
        let id = "id \(shown[index].id)"
        let (left, right) = countLine.split(right: frame.textWidth.width(of: id))
        if used + 2 <= left.columns { frame.put(id, at: right.origin, style: theme[.muted]) }
    }

    private func drawSearch(into frame: inout Frame, in line: Rect, theme: Theme) {
        let used = frame.put(
            "Search ", at: line.origin, style: theme[datasets.isSearching ? .accent : .muted])
        var search = datasets.search
        search.placeholder = datasets.isSearching ? "name, id or description" : "press / to search"
        search.draw(
            into: &frame, in: line.split(left: used).rest, theme: theme, isFocused: datasets.isSearching)
    }

    private func drawTable(_ shown: [Dataset], into frame: inout Frame, in rect: Rect, theme: Theme) {
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

    private var emptyText: String {
        switch datasets.loading {
        case .failed(let reason): reason
        case .idle, .loading: "Loading datasets"
        case .loaded where datasets.datasets.isEmpty:
            "There is no dataset yet. Leave with q and add one: sluice datasets add NAME FILE…"
        case .loaded: "No dataset matches the search."
        }
    }

    private func countText(shown: Int) -> String {
        var text = "\(Formatting.count(shown)) of \(Formatting.count(datasets.datasets.count))"
        if case .loading = datasets.loading { text += ", loading more" }
        let chosen = datasets.chosen.count
        if chosen > 0 { text += ", \(Formatting.count(chosen)) selected" }
        if datasets.hiddenCount > 0 { text += " (\(Formatting.count(datasets.hiddenCount)) not shown)" }
        return text
    }
}
