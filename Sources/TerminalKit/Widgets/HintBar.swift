// The line of key hints, made from the table of actions.

/// The line that says which keys do what here.
public enum HintBar {
    /// The blank columns between two hints.
    private static let gap = 2

    /// Draws as many hints of `table` as fit into the first row of `rect`, the most important first; those
    /// that cannot be used now are dimmed and keep their place.
    ///
    /// - Parameters:
    ///   - table: what can be done.
    ///   - frame: what is drawn into.
    ///   - rect: the place for it.
    ///   - theme: how it looks.
    ///   - more: the key that a click on the ellipsis stands for, which shows what is left out.
    public static func draw<ID>(
        _ table: ActionTable<ID>, into frame: inout Frame, in rect: Rect, theme: Theme, more: Key? = nil
    ) {
        let line = rect.line(0)
        guard !line.isEmpty else { return }
        let shown = fitting(table, columns: line.columns, theme: theme)
        var column = line.column
        for action in shown {
            let start = column
            let (key, title) = label(action, theme)
            let keyStyle = theme[action.isEnabled ? .hintKey : .disabled]
            let titleStyle = theme[action.isEnabled ? .hintText : .disabled]
            column += frame.put(key, at: Point(column: column, row: line.row), style: keyStyle)
            column += frame.put(
                " " + title, at: Point(column: column, row: line.row), style: titleStyle)
            if let key = action.keys.first {
                let rect = Rect(column: start, row: line.row, columns: column - start, rows: 1)
                frame.addTarget(.key(key), in: rect)
            }
            column += gap
        }
        if shown.count < table.hints.count {
            let end = Point(column: column, row: line.row)
            frame.put(
                theme.glyphs.ellipsis, at: end, style: theme[.muted],
                columns: max(0, line.endColumn - column))
            if let more { frame.addTarget(.key(more), in: line.split(left: column - line.column).rest) }
        }
    }

    /// The hints of `table` that fit into `columns`: whole ones, in order, and with room for an ellipsis
    /// where some are left out.
    static func fitting<ID>(
        _ table: ActionTable<ID>, columns: Int, theme: Theme
    ) -> [Action<ID>] {
        let rules = theme.textWidth
        let widths = table.hints.map { action in
            let (key, title) = label(action, theme)
            return rules.width(of: key) + 1 + rules.width(of: title)
        }
        let all = widths.reduce(0) { $0 + $1 + gap } - gap
        if all <= columns { return table.hints }
        let room = columns - rules.width(of: theme.glyphs.ellipsis)
        var used = 0
        let count = widths.prefix {
            used += $0 + gap
            return used <= room
        }.count
        // One hint is worth more than the sign that there are others.
        return Array(table.hints.prefix(widths.first.map { $0 <= columns } == true ? max(1, count) : 0))
    }

    private static func label<ID>(_ action: Action<ID>, _ theme: Theme) -> (String, String) {
        (action.keys.first?.label(theme.glyphs) ?? "", theme.say(action.title))
    }
}
