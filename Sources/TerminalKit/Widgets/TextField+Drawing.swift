// A text field on the screen: one row, scrolled sideways so that the cursor is always in sight.

extension TextField {
    /// Draws the field into the first row of `rect`, and puts the hardware cursor where it is focused.
    public func draw(into frame: inout Frame, in rect: Rect, theme: Theme, isFocused: Bool) {
        let line = rect.line(0)
        guard !line.isEmpty else { return }
        let style = theme[isFocused ? .fieldFocused : .field]
        frame.fill(line, style: style)
        if text.isEmpty {
            let hint = frame.textWidth.truncated(placeholder.map(theme.say) ?? "", to: line.columns)
            let hintStyle = theme[.placeholder].adding(style.attributes)
            frame.put(hint, at: line.origin, style: hintStyle, columns: line.columns)
            if isFocused { frame.cursor = line.origin }
            return
        }
        let cells = shownCells(frame.textWidth, bullet: theme.glyphs.bullet)
        let before = cells.prefix(cursor).reduce(0) { $0 + $1.columns }
        // Scrolled by half a field at a time: the text around the cursor stays in sight, and the place
        // depends on the cursor alone.
        let step = max(1, line.columns / 2)
        let hidden = isFocused && before >= line.columns ? (before / step - 1) * step : 0
        var column = -hidden
        for cell in cells {
            defer { column += cell.columns }
            guard column + cell.columns > 0, column < line.columns else { continue }
            if column < 0 || column + cell.columns > line.columns { continue }
            frame.put(
                cell.text, at: Point(column: line.column + column, row: line.row), style: style)
        }
        if hidden > 0 { frame.put(String(theme.glyphs.moreLeft), at: line.origin, style: style) }
        if column > line.columns {
            let end = Point(column: line.endColumn - 1, row: line.row)
            frame.put(String(theme.glyphs.moreRight), at: end, style: style)
        }
        if isFocused {
            frame.cursor = Point(
                column: line.column + min(before - hidden, line.columns - 1), row: line.row)
        }
    }

    /// What is shown for each character of the text, in order.
    private func shownCells(_ rules: TextWidth, bullet: Character) -> [(text: String, columns: Int)] {
        text.map { character in
            let text = isSecret ? String(bullet) : rules.sanitized(String(character))
            return (text, rules.width(of: text))
        }
    }
}
