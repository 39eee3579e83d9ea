// A table on the screen.

extension Table {
    /// Draws headings and the rows in sight of `count` rows into `rect`.
    ///
    /// - Parameters:
    ///   - cursor: the place in the list; its row is drawn as the selection.
    ///   - isFocused: whether the table has the keyboard; the hardware cursor is on its row then.
    ///   - emptyText: the sentence shown where there are no rows.
    ///   - row: the row at an index in `0..<count`; asked for the rows in sight only.
    public func draw(
        into frame: inout Frame, in rect: Rect, theme: Theme, cursor: ListCursor, count: Int,
        isFocused: Bool, emptyText: String = "", row: (Int) -> TableRow
    ) {
        guard !rect.isEmpty else { return }
        let widths = widths(available: rect.columns)
        let (head, body) = rect.split(top: Self.headingRows)
        let headings = TableRow(columns.map(\.title), role: .heading)
        draw(headings, widths: widths, into: &frame, in: head, theme: theme)
        if count == 0 {
            let text = frame.textWidth.truncated(emptyText, to: body.columns)
            if !body.isEmpty { frame.put(text, at: body.origin, style: theme[.muted]) }
            if isFocused, !body.isEmpty { frame.cursor = body.origin }
            return
        }
        let visible = cursor.visible(count: count, height: body.rows)
        for (place, index) in visible.enumerated() {
            let line = body.line(place)
            draw(row(index), widths: widths, into: &frame, in: line, theme: theme)
            if index == cursor.index(in: count) {
                frame.restyle(line, style: theme[isFocused ? .selection : .selectionInactive])
                if isFocused { frame.cursor = line.origin }
            }
        }
        frame.putScrollMarks(visible, count: count, in: body, theme: theme)
    }

    private func draw(
        _ row: TableRow, widths: [Int?], into frame: inout Frame, in line: Rect, theme: Theme
    ) {
        var column = line.column
        let rules = frame.textWidth
        for ((rule, width), cell) in zip(zip(columns, widths), row.cells) {
            guard let width else { continue }
            let cut =
                rule.cutsMiddle
                ? rules.truncatedInMiddle(cell.text, to: width)
                : rules.truncated(cell.text, to: width)
            frame.put(
                rules.padded(cut, to: width, alignment: rule.alignment),
                at: Point(column: column, row: line.row), style: theme[cell.role ?? row.role],
                columns: width)
            column += width + Self.gap
        }
    }
}
