// Lines and boxes.
import Languages

extension Frame {
    /// A level line from `point` over `columns` columns.
    public mutating func horizontalLine(
        at point: Point, columns: Int, style: Style, glyphs: Glyphs
    ) {
        let line = String(repeating: glyphs.horizontal, count: max(0, columns))
        put(line, at: point, style: style, columns: columns)
    }

    /// An upright line from `point` over `rows` rows.
    public mutating func verticalLine(at point: Point, rows: Int, style: Style, glyphs: Glyphs) {
        for row in 0..<max(0, rows) {
            put(
                String(glyphs.vertical), at: Point(column: point.column, row: point.row + row),
                style: style)
        }
    }

    /// The lines of a box round the inside edge of `rect`, with `title` in the upper one.
    ///
    /// The inside (`rect.inset()`) is left as it is.
    public mutating func box(
        _ rect: Rect, style: Style, title: Text? = nil, titleStyle: Style? = nil, glyphs: Glyphs
    ) {
        guard rect.columns >= 2, rect.rows >= 2 else { return }
        let right = rect.endColumn - 1
        let bottom = rect.endRow - 1
        for row in [rect.row, bottom] {
            horizontalLine(
                at: Point(column: rect.column + 1, row: row), columns: rect.columns - 2,
                style: style, glyphs: glyphs)
        }
        for column in [rect.column, right] {
            verticalLine(
                at: Point(column: column, row: rect.row + 1), rows: rect.rows - 2, style: style,
                glyphs: glyphs)
        }
        put(String(glyphs.topLeft), at: rect.origin, style: style)
        put(String(glyphs.topRight), at: Point(column: right, row: rect.row), style: style)
        put(String(glyphs.bottomLeft), at: Point(column: rect.column, row: bottom), style: style)
        put(String(glyphs.bottomRight), at: Point(column: right, row: bottom), style: style)
        if let title, rect.columns > 6 {
            let text = " \(textWidth.truncated(title.string(in: language), to: rect.columns - 6)) "
            put(text, at: Point(column: rect.column + 2, row: rect.row), style: titleStyle ?? style)
        }
    }
}
