// A form drawn: a label and an input a row, and under the field being edited, or under one that is wrong, why.
import Languages
import TerminalKit

/// Draws a form, scrolled so that the field being edited is in sight.
struct FormView {
    var form: FormState
    var problems: [String: Text]
    /// What is still missing of what is typed, by field: told in the place of a problem as long as one goes on typing.
    var unfinished: [String: Text] = [:]
    /// A note beside a field, like the local time beside a time in UTC.
    var notes: [String: Text] = [:]
    /// What comes of what is typed, under its field, whichever is being edited.
    var previews: [String: Text] = [:]
    /// What is offered under a field, in the place of what is wrong with it.
    var offers: [String: Text] = [:]
    /// Fields that mean nothing for what is chosen.
    var idle: Set<String> = []
    /// How much of what is not a field is left out.
    var density = Density.roomy

    /// How close to each other fields stand, the closest last.
    enum Density: CaseIterable {
        /// Each section has a heading, and a blank line before it.
        case roomy
        /// The first section has no heading.
        case compact
        /// There are no blank lines either.
        case tight
    }

    private static let labelColumns = 23

    /// Draws the form and says how many rows it took.
    @discardableResult
    func draw(into frame: inout Frame, in rect: Rect, theme: Theme) -> Int {
        let blocks = form.fields.indices.map { block(of: $0, in: rect, theme: theme) }
        // The next field stays in sight, to show that there is one.
        let next = blocks.dropFirst(form.focus + 1).first
        let focusEnd = blocks.prefix(form.focus + 1).reduce(next?.rowsToField ?? 0) { $0 + $1.rows }
        let hidden = max(0, focusEnd - rect.rows)
        var row = rect.row - hidden
        var fieldsAbove = 0
        var fieldsBelow = 0
        for (index, block) in blocks.enumerated() {
            draw(block, at: index, row: row, into: &frame, in: rect, theme: theme)
            let own = row + block.above.count
            if own < rect.row { fieldsAbove += 1 }
            if own >= rect.endRow { fieldsBelow += 1 }
            row += block.rows
        }
        if !rect.isEmpty {
            let glyphs = theme.glyphs
            if hidden > 0 {
                mark(glyphs.moreAbove, fieldsAbove, into: &frame, in: rect.line(0), theme: theme)
            }
            if row > rect.endRow {
                mark(
                    glyphs.moreBelow, fieldsBelow, into: &frame, in: rect.line(rect.rows - 1), theme: theme)
            }
        }
        return min(rect.rows, row - rect.row)
    }

    /// How many rows the form needs at the most as long as nothing is wrong, whichever field is being edited.
    func rows(columns: Int, theme: Theme) -> Int {
        let headings = form.fields.indices.reduce(0) { $0 + heading(of: $1).count }
        let help = form.fields.map { field in
            field.help.map {
                theme.textWidth.wrapped(theme.say($0), to: columns - Self.labelColumns - 1).count
            } ?? 0
        }
        return headings + form.fields.count + (help.max() ?? 0)
    }

    /// Says at the right edge that fields are beyond it, and how many.
    private func mark(
        _ sign: Character, _ count: Int, into frame: inout Frame, in line: Rect, theme: Theme
    ) {
        let text = "  " + (count > 0 ? theme.say(Text("\(sign) \(count) more")) : String(sign))
        let (_, place) = line.split(right: frame.textWidth.width(of: text))
        frame.put(text, at: place.origin, style: theme[.accent], columns: place.columns)
    }

    /// A field with what stands above and below it.
    private struct Block {
        /// A blank line and a heading, or one of them, or nothing.
        var above: [Text]
        var below: [(text: String, role: Role)]

        var rows: Int { above.count + 1 + below.count }
        /// How many rows it takes until the field is in sight.
        var rowsToField: Int { above.count + 1 }
    }

    private func block(of index: Int, in rect: Rect, theme: Theme) -> Block {
        let (lines, role) = underline(of: index, in: rect, theme: theme)
        let preview = previews[form.fields[index].id].map {
            theme.textWidth.wrapped(theme.say($0), to: rect.columns - Self.labelColumns - 1)
        }
        return Block(
            above: heading(of: index),
            below: lines.map { ($0, role) } + (preview ?? []).map { ($0, .accent) })
    }

    /// The heading of a section above its first field, with a blank line before it.
    private func heading(of index: Int) -> [Text] {
        guard let section = form.fields[index].section else { return [] }
        if index == 0 { return density == .roomy ? [section] : [] }
        return density == .tight ? [section] : [.empty, section]
    }

    private func draw(
        _ block: Block, at index: Int, row: Int, into frame: inout Frame, in rect: Rect, theme: Theme
    ) {
        let visible = rect.row..<rect.endRow
        for (offset, text) in block.above.enumerated() where visible.contains(row + offset) {
            frame.put(
                text, at: Point(column: rect.column, row: row + offset), style: theme[.heading],
                columns: rect.columns)
        }
        let own = row + block.above.count
        if visible.contains(own) {
            let line = Rect(column: rect.column, row: own, columns: rect.columns - 1, rows: 1)
            draw(form.fields[index], isFocused: index == form.focus, into: &frame, in: line, theme: theme)
            frame.addTarget(.field(index), in: line)
        }
        for (offset, line) in block.below.enumerated() where visible.contains(own + 1 + offset) {
            let place = Point(column: rect.column + Self.labelColumns, row: own + 1 + offset)
            frame.put(line.text, at: place, style: theme[line.role])
        }
    }

    private func draw(
        _ field: FormState.Field, isFocused: Bool, into frame: inout Frame, in line: Rect, theme: Theme
    ) {
        let isIdle = idle.contains(field.id)
        let (label, input) = line.split(left: Self.labelColumns)
        let mark = field.isRequired ? "*" : " "
        frame.put(
            "\(isFocused ? String(theme.glyphs.pointer) : " ")\(theme.say(field.title))\(mark)",
            at: label.origin,
            style: isIdle ? theme[.disabled] : isFocused ? theme[.accent] : theme[.text],
            columns: label.columns)
        if isIdle {
            frame.put(Text("not used"), at: input.origin, style: theme[.disabled], columns: input.columns)
            return
        }
        drawInput(
            field, note: notes[field.id], into: &frame, in: input, theme: theme, isFocused: isFocused)
    }

    private func drawInput(
        _ field: FormState.Field, note: Text?, into frame: inout Frame, in rect: Rect, theme: Theme,
        isFocused: Bool
    ) {
        let noteColumns = note.map { frame.textWidth.width(of: theme.say($0)) + 2 } ?? 0
        let (rect, noteRect) = rect.split(right: noteColumns)
        switch field.input {
        case .text(let input):
            shown(input, of: field.id, theme: theme).draw(
                into: &frame, in: rect, theme: theme, isFocused: isFocused)
        case .choice(let options, let selected):
            Choice(options.map { theme.say($0.title) }, selected: selected)
                .draw(into: &frame, in: rect, theme: theme, isFocused: isFocused)
        case .toggle(let isOn):
            CheckBox(theme.say(isOn ? Text("yes") : Text("no")), isOn: isOn)
                .draw(into: &frame, in: rect, theme: theme, isFocused: isFocused)
        }
        if let note {
            frame.put("  " + theme.say(note), at: noteRect.origin, style: theme[.muted])
        }
    }

    /// A text field as it may be shown: a secret as bullets, or, where it has many lines, as what it is.
    private func shown(_ input: TextField, of id: String, theme: Theme) -> TextField {
        guard input.isSecret else { return input }
        if form.revealed == id {
            var input = input
            input.isSecret = false
            return input
        }
        return input.text.linesInWords.map { TextField(theme.say($0)) } ?? input
    }

    /// What stands under a field: what is offered, why it is wrong, or what it is for while it is being edited.
    private func underline(of index: Int, in rect: Rect, theme: Theme) -> (lines: [String], role: Role) {
        let field = form.fields[index]
        if idle.contains(field.id) { return ([], .muted) }
        let columns = rect.columns - Self.labelColumns - 1
        if let offer = offers[field.id] {
            return (
                theme.textWidth.wrapped("\(theme.glyphs.warning) \(theme.say(offer))", to: columns), .warning
            )
        }
        let isTyped = index == form.focus && !isUntouched(field)
        if !form.visited.contains(field.id), isTyped, let missing = unfinished[field.id] {
            return (theme.textWidth.wrapped(theme.say(missing), to: columns), .muted)
        }
        if form.visited.contains(field.id) || isTyped, let problem = problems[field.id] {
            return (
                theme.textWidth.wrapped("\(theme.glyphs.warning) \(theme.say(problem))", to: columns),
                .failure
            )
        }
        guard index == form.focus, let help = field.help else { return ([], .muted) }
        return (theme.textWidth.wrapped(theme.say(help), to: columns), .muted)
    }

    /// An empty field that was not left yet is not wrong, only not filled in.
    private func isUntouched(_ field: FormState.Field) -> Bool {
        if case .text(let input) = field.input { input.text.isEmpty } else { false }
    }
}

extension String {
    /// A text of several lines in words, without anything of it: “a private key of 27 lines”.
    fileprivate var linesInWords: Text? {
        let lines = split(whereSeparator: \.isNewline)
        guard lines.count > 1 else { return nil }
        let isKey = lines[0].hasPrefix("-----BEGIN") && lines[0].hasSuffix("PRIVATE KEY-----")
        return isKey ? Text("a private key of \(lines.count) lines") : Text("a text of \(lines.count) lines")
    }
}
