// A table on the screen.
import FuzzySearch
import Languages

extension Table {
    /// Draws headings and the rows in sight of a list into `rect`.
    ///
    /// - Parameters:
    ///   - frame: what is drawn into.
    ///   - rect: the place for it.
    ///   - theme: how it looks.
    ///   - list: the list; the name in the row under its cursor is drawn as the selection.
    ///   - isFocused: whether the table has the keyboard; the hardware cursor is on its row then.
    ///   - emptyText: the sentence shown where there are no rows.
    ///   - row: an item of the list as a row; asked for the rows in sight only.
    public func draw(
        into frame: inout Frame, in rect: Rect, theme: Theme, list: ListState, isFocused: Bool,
        emptyText: Text? = nil, row: (_ item: Int) -> TableRow
    ) {
        draw(
            into: &frame, in: rect, theme: theme, cursor: list.cursor, count: list.rowCount,
            isFocused: isFocused, emptyText: emptyText
        ) { row(list.item(at: $0)) }
    }

    /// Draws headings and the rows in sight of `count` rows into `rect`.
    ///
    /// - Parameters:
    ///   - frame: what is drawn into.
    ///   - rect: the place for it.
    ///   - theme: how it looks.
    ///   - cursor: the place in the list; the name in its row is drawn as the selection.
    ///   - count: how many rows there are.
    ///   - isFocused: whether the table has the keyboard; the hardware cursor is on its row then.
    ///   - emptyText: the sentence shown where there are no rows.
    ///   - row: the row at an index in `0..<count`; asked for the rows in sight only.
    public func draw(
        into frame: inout Frame, in rect: Rect, theme: Theme, cursor: ListCursor, count: Int,
        isFocused: Bool, emptyText: Text? = nil, row: (Int) -> TableRow
    ) {
        guard !rect.isEmpty else { return }
        let widths = widths(available: rect.columns)
        let (head, body) = rect.split(top: Self.headingRows)
        drawHeadings(widths: widths, into: &frame, in: head, theme: theme)
        if count == 0 {
            let text = frame.textWidth.truncated(emptyText.map(theme.say) ?? "", to: body.columns)
            if !body.isEmpty { frame.put(text, at: body.origin, style: theme[.muted]) }
            if isFocused, !body.isEmpty { frame.cursor = body.origin }
            return
        }
        let visible = cursor.visible(count: count, height: body.rows)
        for (place, index) in visible.enumerated() {
            let line = body.line(place)
            let isSelected = index == cursor.index(in: count)
            let selection = isSelected ? theme[isFocused ? .selection : .selectionInactive] : nil
            draw(row(index), widths: widths, selection: selection, into: &frame, in: line, theme: theme)
            frame.addTarget(.row(index), in: line)
            if marksRows { frame.addTarget(.mark(index), in: line.split(left: Self.markColumns).left) }
            if isSelected, isFocused { frame.cursor = nameOrigin(widths, in: line) }
        }
        frame.putScrollMarks(visible, count: count, in: body, theme: theme)
    }

    private func drawHeadings(widths: [Int?], into frame: inout Frame, in line: Rect, theme: Theme) {
        let rules = frame.textWidth
        let titles = columns.indices.map { index -> String in
            let title = theme.say(columns[index].title)
            guard let order, order.column == index, let width = widths[index] else { return title }
            let sign = order.isDescending ? theme.glyphs.moreBelow : theme.glyphs.moreAbove
            return "\(rules.truncated(title, to: width - 2)) \(sign)"
        }
        let row = TableRow(titles, role: .heading)
        draw(row, widths: widths, selection: nil, into: &frame, in: line, theme: theme)
        var column = line.column
        for (index, width) in widths.enumerated() {
            guard let width else { continue }
            frame.addTarget(.column(index), in: Rect(column: column, row: line.row, columns: width, rows: 1))
            column += width + Self.gap
        }
    }

    private func draw(
        _ row: TableRow, widths: [Int?], selection: Style?, into frame: inout Frame, in line: Rect,
        theme: Theme
    ) {
        var column = line.column
        let rules = frame.textWidth
        let named = selection == nil ? nil : nameColumn(widths)
        for (index, cell) in zip(columns.indices, row.cells) {
            guard let width = widths[index] else { continue }
            let rule = columns[index]
            let cut =
                rule.cutsMiddle
                ? rules.truncatedInMiddle(cell.text, to: width)
                : rules.truncated(cell.text, to: width)
            let style = theme[cell.role ?? row.role]
            let place = Point(column: column, row: line.row)
            frame.put(
                rules.padded(cut, to: width, alignment: rule.alignment), at: place, style: style,
                columns: width)
            if index == named, let selection {
                // A name without anything to see is still where the cursor is.
                let seen = min(width, max(1, rules.width(of: cut)))
                frame.restyle(
                    Rect(column: column, row: line.row, columns: seen, rows: 1), style: selection)
            }
            if let query = cell.query, rule.alignment == .leading {
                frame.showMatches(
                    of: query, in: cell.text, at: place, isSelected: index == named, theme: theme,
                    columns: width)
            }
            column += width + Self.gap
        }
    }

    /// Where the name of a row begins: the hardware cursor stands there, from where what changes is sent.
    private func nameOrigin(_ widths: [Int?], in line: Rect) -> Point {
        let before = widths[..<(nameColumn(widths) ?? 0)].compactMap { $0 }
        let column = line.column + before.reduce(0) { $0 + $1 + Self.gap }
        return Point(column: column, row: line.row)
    }

    /// The column that names a row: the first that takes what room there is, else the first that is shown.
    ///
    /// It alone shows the cursor: a whole row would be sent twice with every step.
    private func nameColumn(_ widths: [Int?]) -> Int? {
        let shown = columns.indices.filter { widths[$0] != nil }
        return shown.first { if case .flexible = columns[$0].width { true } else { false } } ?? shown.first
    }
}

extension Frame {
    /// Shows which letters of a text were found, as far as they stand in the frame.
    ///
    /// - Parameters:
    ///   - query: what was searched for.
    ///   - text: the whole text, the beginning of which was put there.
    ///   - point: where it begins.
    ///   - isSelected: whether it is in the row under the cursor.
    ///   - theme: how what was found looks.
    ///   - columns: the columns that it may take; nil for all to the right.
    public mutating func showMatches(
        of query: SearchQuery, in text: String, at point: Point, isSelected: Bool, theme: Theme,
        columns: Int? = nil
    ) {
        guard !query.isEmpty else { return }
        let clusters = Array(textWidth.clusters(of: text))
        let found = Set(query.positions(in: String(clusters.map(\.character))))
        guard !found.isEmpty else { return }
        let end = min(size.columns, point.column + (columns ?? size.columns))
        var scalar = 0
        var column = point.column
        for cluster in clusters {
            let place = Point(column: column, row: point.row)
            // Where text was cut out, something else stands there.
            guard column + cluster.columns <= end, self[place].text == cluster.character else { return }
            let scalars = cluster.character.unicodeScalars.count
            if found.contains(where: { (scalar..<(scalar + scalars)).contains($0) }) {
                let style = isSelected ? self[place].style.adding(theme[.match].attributes) : theme[.match]
                restyle(
                    Rect(column: column, row: point.row, columns: cluster.columns, rows: 1), style: style)
            }
            scalar += scalars
            column += cluster.columns
        }
    }
}
