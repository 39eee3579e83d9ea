// Select datasets, drawn.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    func drawDatasets(into frame: inout Frame, in body: Rect, theme: Theme) {
        let datasets = selection
        let list = datasets.list
        let (searchLine, rest) = body.split(top: 1)
        draw(list.search, isSearching: list.isSearching, into: &frame, in: searchLine, theme: theme)
        let (table, countLine) = rest.split(bottom: 1)
        if list.rowCount == 0 {
            frame.putWrapped(
                datasets.emptyText(mayAdd: !setting.isReadOnly), in: table.split(top: 1).rest,
                style: theme[datasets.loading.isFailed ? .failure : .muted])
        } else {
            drawTable(of: datasets, into: &frame, in: table, theme: theme)
        }
        let count = theme.say(datasets.countText)
        let used = frame.put(count, at: countLine.origin, style: theme[.muted], columns: countLine.columns)
        guard let selected = datasets.selected else { return }
        // Where the column of ids does not fit, the one under the cursor stands here.
        let id = theme.say(Text("id \(selected.id)"))
        let (left, right) = countLine.split(right: frame.textWidth.width(of: id))
        if used + 2 <= left.columns { frame.put(id, at: right.origin, style: theme[.muted]) }
    }

    private func draw(
        _ search: TextField, isSearching: Bool, into frame: inout Frame, in line: Rect, theme: Theme
    ) {
        let used = frame.put(theme.searchLabel, at: line.origin, style: theme[isSearching ? .accent : .muted])
        var search = search
        search.placeholder = isSearching ? Text("name, id or description") : Text("press / to search")
        search.draw(into: &frame, in: line.split(left: used).rest, theme: theme, isFocused: isSearching)
    }

    private func drawTable(
        of datasets: SelectDatasets, into frame: inout Frame, in rect: Rect, theme: Theme
    ) {
        let list = datasets.list
        let table = Table(
            [
                TableColumn(.empty, width: .fixed(3), priority: 9),
                TableColumn(Text("Name"), width: .flexible(minimum: 16), priority: 8),
                TableColumn(Text("Records"), width: .fixed(11), priority: 6, alignment: .trailing),
                TableColumn(Text("Size"), width: .fixed(8), priority: 5, alignment: .trailing),
                TableColumn(Text("Last batch (UTC)"), width: .fixed(16), priority: 4),
                TableColumn(Text("Format"), width: .fixed(7), priority: 3),
                TableColumn(Text("Dataset ID"), width: .fixed(24), priority: 2),
            ], order: list.order, marksRows: true)
        table.draw(
            into: &frame, in: rect, theme: theme, cursor: list.cursor, count: list.rowCount,
            isFocused: !list.isSearching
        ) { row in
            let unknown = theme.say(Text("unknown"))
            let item = list.item(at: row)
            let dataset = datasets.datasets[item]
            let isTicked = list.marks.contains(item)
            let box = isTicked ? theme.glyphs.checked : theme.glyphs.unchecked
            return TableRow(
                [
                    // The rows of a range that has begun are said to be so before anything is done to them.
                    TableCell(list.isInRange(row) ? "[\(theme.glyphs.pointer)]" : box),
                    TableCell(dataset.name, query: list.query),
                    TableCell(dataset.records.map { Formatting.count($0) } ?? unknown),
                    TableCell(dataset.bytes.map { Formatting.bytes($0) } ?? unknown),
                    TableCell(
                        dataset.lastBatchAt.map { "\(WallClock($0).date) \(WallClock($0).time)" } ?? unknown
                    ),
                    TableCell(dataset.format ?? unknown),
                    TableCell(dataset.id.rawValue, query: list.query),
                ], role: isTicked ? .mark : .text)
        }
    }
}

extension SelectDatasets {
    /// What is said where no dataset is shown.
    /// - Parameter mayAdd: whether one may be added.
    func emptyText(mayAdd: Bool) -> Text {
        if arranging != nil { return Text("Searching") }
        return switch loading {
        case .loaded where !datasets.isEmpty, .loading where !datasets.isEmpty: .noMatch
        case .failed(let reason): reason
        case .idle, .loading: Text("Loading datasets")
        case .loaded where datasets.isEmpty:
            mayAdd
                ? Text("There is no dataset yet. Leave with q and add one: sluice datasets add NAME FILE…")
                : Text("There is no dataset yet.")
        case .loaded: .noMatch
        }
    }

    /// How many datasets are shown, and how many are selected.
    var countText: Text {
        var facts = [Text.shown(list.rowCount, of: datasets.count)]
        if case .loading = loading { facts.append(Text("loading more")) }
        if arranging != nil { facts.append(Text("searching")) }
        if tickedCount > 0 { facts.append(Text("\(Formatting.count(tickedCount)) selected")) }
        let text = Text.list(facts)
        return hiddenCount == 0 ? text : Text("\(text) (\(Formatting.count(hiddenCount)) not shown)")
    }
}
