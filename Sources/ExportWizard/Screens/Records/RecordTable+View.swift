// The records of a file, drawn: as a table, and one of them as a tree.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    func draw(_ table: RecordTable, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        if let open = table.open { return draw(open, of: table, into: &frame, layout: layout, theme: theme) }
        let inside = box(layout.overlayArea, title: .verbatim(table.file), into: &frame, theme: theme)
        if table.isLoading {
            frame.put(theme.waiting(Text("Loading")), at: inside.origin, style: theme[.muted])
            return
        }
        let (rest, status) = inside.split(bottom: 1)
        if table.count == 0 {
            frame.putWrapped(
                table.problem ?? Text("The file has no records."), in: rest,
                style: theme[table.problem == nil ? .muted : .failure])
            return
        }
        let numbers = String(table.count).count
        let shown = table.shownColumns(within: rest.columns - numbers - 3)
        let columns = shown.map { index in
            TableColumn(
                .verbatim(table.columns[index].name), width: .fixed(table.columns[index].width),
                priority: table.columns.count - index,
                alignment: table.columns[index].isNumeric ? .trailing : .leading)
        }
        Table(
            [TableColumn(.empty, width: .fixed(numbers), priority: .max, alignment: .trailing)]
                + columns
        )
        .draw(into: &frame, in: rest, theme: theme, list: table.list, isFocused: true) { place in
            let number = TableCell("\(place + 1)", role: .muted)
            guard let row = table.row(place) else { return TableRow([number]) }
            return TableRow(
                [number]
                    + shown.map { index in
                        let value = index < row.values.count ? row.values[index] : nil
                        return TableCell(
                            value?.text ?? "", role: value?.kind == .null ? .muted : nil)
                    })
        }
        drawStatus(of: table, shown: shown, into: &frame, in: status, theme: theme)
    }

    private func drawStatus(
        of table: RecordTable, shown: Range<Int>, into frame: inout Frame, in line: Rect, theme: Theme
    ) {
        let place = Formatting.count((table.list.selectedRow ?? 0) + 1)
        let rows =
            table.total.map { Text("record \(place) of \(Formatting.count($0))") }
            ?? Text("record \(place) of more than \(Formatting.count(table.count))")
        var columns = theme.say(
            Text("columns \(shown.lowerBound + 1) to \(shown.upperBound) of \(table.columns.count)"))
        if shown.lowerBound > 0 { columns = "\(theme.glyphs.moreLeft) \(columns)" }
        if shown.upperBound < table.columns.count { columns += " \(theme.glyphs.moreRight)" }
        let (left, right) = line.split(right: frame.textWidth.width(of: columns))
        frame.put(
            frame.textWidth.truncated(theme.say(table.problem ?? rows), to: left.columns - 1),
            at: left.origin,
            style: theme[table.problem == nil ? .muted : .failure])
        frame.put(columns, at: right.origin, style: theme[.muted])
    }

    private func draw(
        _ record: RecordTree, of table: RecordTable, into frame: inout Frame, layout: WizardLayout,
        theme: Theme
    ) {
        let title = Text("Record \(Formatting.count(record.place + 1)) of \(table.file)")
        let inside = box(layout.overlayArea, title: title, into: &frame, theme: theme)
        let (rest, detail) = inside.split(bottom: layout.recordDetailRows)
        let count = record.list.rowCount
        let visible = record.list.cursor.visible(count: count, height: rest.rows)
        for (offset, row) in visible.enumerated() {
            let line = rest.line(offset)
            let item = record.list.item(at: row)
            let isSelected = record.list.selectedRow == row
            if isSelected {
                frame.fill(line, style: theme[.selection])
                frame.cursor = line.origin
            }
            frame.addTarget(.row(row), in: line)
            draw(item, row: row, of: record, into: &frame, in: line, isSelected: isSelected, theme: theme)
        }
        frame.putScrollMarks(visible, count: count, in: rest, theme: theme)
        if detail.rows > 1, let selected = record.selected {
            frame.putWrapped(selected.value.text, in: detail.split(top: 1).rest, style: theme[.muted])
        }
    }

    private func draw(
        _ item: Int, row: Int, of record: RecordTree, into frame: inout Frame, in line: Rect,
        isSelected: Bool, theme: Theme
    ) {
        let node = record.nodes[item]
        var rest = line.split(left: min(2 * node.level, line.columns / 2)).rest
        let style = { (role: Role) in isSelected ? theme[.selection] : theme[role] }
        if record.tree.canFold(item) {
            let sign = record.tree.isFolded(item) ? theme.glyphs.folded : theme.glyphs.unfolded
            frame.put(String(sign), at: rest.origin, style: style(.text))
            frame.addTarget(.mark(row), in: rest.split(left: 2).left)
        }
        rest = rest.split(left: 2).rest
        let name = frame.textWidth.truncated(node.name, to: rest.columns / 2)
        let used = frame.put("\(name): ", at: rest.origin, style: style(.heading), columns: rest.columns)
        rest = rest.split(left: used).rest
        let (text, role): (String, Role) =
            switch node.value.kind {
            case .text, .number, .bool: (node.value.text, .text)
            case .null: (node.value.text, .muted)
            case .object: (theme.say(.members(node.value.count)), .muted)
            case .array: (theme.say(.elements(node.value.count)), .muted)
            }
        frame.put(
            frame.textWidth.truncated(text, to: rest.columns - 1), at: rest.origin, style: style(role))
    }
}

extension WizardLayout {
    /// How many records the table shows.
    var recordRows: Int { max(1, overlayArea.rows - 2 - 1 - Table.headingRows) }

    /// The rows below the tree of a record that show a value in full, a blank one first.
    var recordDetailRows: Int { overlayArea.rows < 18 ? 0 : 4 }

    /// How many values of a record are shown.
    var recordTreeRows: Int { max(1, overlayArea.rows - 2 - recordDetailRows) }
}
