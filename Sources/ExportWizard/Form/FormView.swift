// A form drawn: a label and an input a row, and under the field being edited, or under one that is wrong, why.
import TerminalKit

/// Draws a form, scrolled so that the field being edited is in sight.
struct FormView {
    var form: FormState
    var problems: [String: String]
    /// A note beside a field, like the local time beside a time in UTC.
    var notes: [String: String] = [:]
    /// Fields that mean nothing for what is chosen.
    var idle: Set<String> = []

    private static let labelColumns = 23

    /// Draws the form and says how many rows it took.
    @discardableResult
    func draw(into frame: inout Frame, in rect: Rect, theme: Theme) -> Int {
        let rows = form.fields.indices.map { 1 + underline(of: $0, in: rect, theme: theme).lines.count }
        let focusEnd = rows.prefix(form.focus + 1).reduce(0, +)
        var row = rect.row - max(0, focusEnd - rect.rows)
        for (index, field) in form.fields.enumerated() {
            draw(field, at: index, row: row, into: &frame, in: rect, theme: theme)
            row += rows[index]
        }
        return min(rect.rows, row - rect.row)
    }

    private func draw(
        _ field: FormState.Field, at index: Int, row: Int, into frame: inout Frame, in rect: Rect,
        theme: Theme
    ) {
        guard row >= rect.row, row < rect.endRow else { return }
        let isFocused = index == form.focus
        let isIdle = idle.contains(field.id)
        let line = Rect(column: rect.column, row: row, columns: rect.columns, rows: 1)
        let (label, input) = line.split(left: Self.labelColumns)
        let mark = field.isRequired ? "*" : " "
        frame.put(
            "\(isFocused ? String(theme.glyphs.pointer) : " ")\(field.title)\(mark)", at: label.origin,
            style: isIdle ? theme[.disabled] : isFocused ? theme[.accent] : theme[.text],
            columns: label.columns - 1)
        if isIdle {
            frame.put("not used", at: input.origin, style: theme[.disabled], columns: input.columns)
        } else {
            drawInput(
                field.input, note: notes[field.id], into: &frame, in: input, theme: theme,
                isFocused: isFocused)
        }
        let (below, role) = underline(of: index, in: rect, theme: theme)
        for (offset, text) in below.enumerated() where row + 1 + offset < rect.endRow {
            frame.put(text, at: Point(column: input.column, row: row + 1 + offset), style: theme[role])
        }
    }

    private func drawInput(
        _ input: FormState.Input, note: String?, into frame: inout Frame, in rect: Rect, theme: Theme,
        isFocused: Bool
    ) {
        let noteColumns = note.map { frame.textWidth.width(of: $0) + 2 } ?? 0
        let (rect, noteRect) = rect.split(right: noteColumns)
        switch input {
        case .text(let field):
            field.draw(into: &frame, in: rect, theme: theme, isFocused: isFocused)
        case .choice(let options, let selected):
            Choice(options, selected: selected)
                .draw(into: &frame, in: rect, theme: theme, isFocused: isFocused)
        case .toggle(let isOn):
            CheckBox(isOn ? "yes" : "no", isOn: isOn)
                .draw(into: &frame, in: rect, theme: theme, isFocused: isFocused)
        }
        if let note {
            frame.put("  " + note, at: noteRect.origin, style: theme[.muted])
        }
    }

    /// What stands under a field: why it is wrong, or what it is for while it is being edited.
    private func underline(of index: Int, in rect: Rect, theme: Theme) -> (lines: [String], role: Role) {
        let field = form.fields[index]
        if idle.contains(field.id) { return ([], .muted) }
        let columns = rect.columns - Self.labelColumns
        let isShown = form.visited.contains(field.id) || index == form.focus && !isUntouched(field)
        if isShown, let problem = problems[field.id] {
            return (theme.textWidth.wrapped("\(theme.glyphs.warning) \(problem)", to: columns), .failure)
        }
        guard index == form.focus, let help = field.help else { return ([], .muted) }
        return (theme.textWidth.wrapped(help, to: columns), .muted)
    }

    /// An empty field that was not left yet is not wrong, only not filled in.
    private func isUntouched(_ field: FormState.Field) -> Bool {
        if case .text(let input) = field.input { input.text.isEmpty } else { false }
    }
}
