// A list in a box over the screen, drawn: its search above it, and a sentence below it where there is something to say.
import Languages
import TerminalKit

/// What a list over the screen looks like.
struct ListBox {
    /// A row of the list.
    struct Row {
        var name: String
        /// What stands beside the name.
        var remark: Text?
        var role = Role.text
    }

    var title: Text
    var list: ListState
    /// The columns of the names; what stands beside them begins behind.
    var nameColumns: Int
    /// The row of an item.
    var row: (_ item: Int) -> Row
    /// How many rows the box is made for.
    var rowCount: Int
    /// Stands in the place of rows where there are none.
    var emptyText = Text.noMatch
    var emptyRole = Role.muted
    /// Stands above the rows, like the folder that they are of.
    var head: Text?
    /// Stands below the rows.
    var foot: (text: Text, role: Role)?

    private static let widest = 76

    func draw(into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let columns = min(Self.widest, layout.size.columns - 2) - 4
        let footLines = foot.map { frame.textWidth.wrapped(theme.say($0.text), to: columns) } ?? []
        let footRows = footLines.isEmpty ? 0 : footLines.count + 1
        let isSearched = list.isSearching || list.isFiltered
        let headRows = (head == nil ? 0 : 1) + (isSearched ? 1 : 0)
        let emptyRows = rowCount == 0 ? frame.textWidth.wrapped(theme.say(emptyText), to: columns).count : 0
        let box = layout.overlay(lines: max(emptyRows, rowCount) + headRows + footRows)
        frame.fill(box, style: theme[.text])
        frame.box(
            box, style: theme[.borderFocused], title: title, titleStyle: theme[.title], glyphs: theme.glyphs)
        let inside = box.inset(columns: 2, rows: 1)
        let (top, rest) = inside.split(top: headRows)
        // Two rows of the list are worth more than all of a long sentence.
        let (body, below) = rest.split(bottom: max(0, min(footRows, rest.rows - 2)))
        if let head {
            frame.put(
                frame.textWidth.truncatedInMiddle(theme.say(head), to: top.columns), at: top.line(0).origin,
                style: theme[.muted])
        }
        if isSearched { drawSearch(into: &frame, in: top.line(headRows - 1), theme: theme) }
        drawRows(into: &frame, in: body, marks: box, theme: theme)
        for (offset, line) in footLines.prefix(max(0, below.rows - 1)).enumerated() {
            frame.put(
                line, at: below.line(offset + 1).origin, style: theme[foot?.role ?? .text],
                columns: below.columns)
        }
    }

    private func drawRows(into frame: inout Frame, in body: Rect, marks box: Rect, theme: Theme) {
        let visible = list.cursor.visible(count: list.rowCount, height: body.rows)
        if visible.isEmpty {
            frame.putWrapped(emptyText, in: body, style: theme[emptyRole])
            if !list.isSearching { frame.cursor = body.origin }
        }
        for (offset, index) in visible.enumerated() {
            let line = body.line(offset)
            let isSelected = list.selectedRow == index
            if isSelected, !list.isSearching { frame.cursor = line.origin }
            frame.addTarget(.row(index), in: line)
            let row = row(list.item(at: index))
            let remark = row.remark.map { "  " + theme.say($0) }
            let text = remark.map { frame.textWidth.padded(row.name, to: nameColumns) + $0 } ?? row.name
            frame.put(
                frame.textWidth.padded(text, to: line.columns), at: line.origin,
                style: theme[isSelected ? .selection : row.role], columns: line.columns)
            frame.showMatches(
                of: list.query, in: row.name, at: line.origin, isSelected: isSelected, theme: theme,
                columns: remark == nil ? line.columns : nameColumns)
        }
        let beside = Rect(column: box.column, row: body.row, columns: box.columns, rows: body.rows)
        frame.putScrollMarks(visible, count: list.rowCount, in: beside, theme: theme)
    }

    private func drawSearch(into frame: inout Frame, in line: Rect, theme: Theme) {
        let count = theme.say(list.countText)
        let (rest, right) = line.split(right: frame.textWidth.width(of: count) + 2)
        frame.put("  " + count, at: right.origin, style: theme[.muted])
        let used = frame.put(
            theme.searchLabel, at: rest.origin, style: theme[list.isSearching ? .accent : .muted])
        list.search.draw(
            into: &frame, in: rest.split(left: used).rest, theme: theme, isFocused: list.isSearching)
    }
}
