// The list of platforms, drawn.
import Languages
import TerminalKit

extension Wizard {
    func draw(_ list: PlatformList, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let rows = list.rows
        let columns = min(76, layout.size.columns - 2) - 4
        let foot =
            list.foot(theme).map { frame.textWidth.wrapped(theme.say($0.text), to: columns).count + 1 } ?? 0
        let isSearched = list.list.isSearching || list.list.isFiltered
        let head = isSearched ? 1 : 0
        let box = layout.overlay(lines: max(1, rows.count) + head + foot)
        let (top, inside) = self.box(box, title: Text("Platforms"), into: &frame, theme: theme).split(
            top: head)
        let (body, below) = inside.split(bottom: min(foot, inside.rows - 1))
        switch list.choices {
        case .idle, .loading:
            frame.put(theme.waiting(Text("Loading platforms")), at: body.origin, style: theme[.muted])
        case .failed, .loaded:
            let visible = list.list.cursor.visible(count: list.list.rowCount, height: body.rows)
            for (offset, row) in visible.enumerated() {
                let isSelected = list.list.selectedRow == row
                let line = body.line(offset)
                draw(rows[list.list.item(at: row)], isSelected, into: &frame, in: line, theme: theme)
                frame.addTarget(.row(row), in: line)
            }
            if visible.isEmpty, isSearched {
                frame.put(Text.noMatch, at: body.origin, style: theme[.muted], columns: body.columns)
            }
        }
        if isSearched { drawSearch(of: list.list, into: &frame, in: top, theme: theme) }
        if let (text, role) = list.foot(theme), below.rows > 1 {
            frame.putWrapped(text, in: below.split(top: 1).rest, style: theme[role])
        }
    }

    private func draw(
        _ row: PlatformList.Row, _ isSelected: Bool, into frame: inout Frame, in line: Rect, theme: Theme
    ) {
        let width = frame.textWidth
        let text: String
        var role = Role.text
        switch row {
        case .platform(let choice):
            let mark = choice.isCurrent ? theme.glyphs.success : " "
            text =
                "\(mark) \(width.padded(theme.say(choice.name), to: 24))  \(choice.detail.map(theme.say) ?? "")"
        case .sandbox(let choice):
            let mark = choice.isCurrent ? theme.glyphs.success : " "
            text =
                "    \(mark) \(width.padded(theme.say(choice.name), to: 20))  \(choice.detail.map(theme.say) ?? "")"
        case .note(let words):
            text = "      " + theme.say(words)
            role = .muted
        }
        if isSelected { frame.cursor = line.origin }
        frame.put(
            width.padded(text, to: line.columns), at: line.origin,
            style: theme[isSelected ? .selection : role], columns: line.columns)
    }
}

extension PlatformList {
    /// What stands below the list: what is being done, or why it was not.
    fileprivate func foot(_ theme: Theme) -> (text: Text, role: Role)? {
        if let opening { return (theme.waiting(Text("Opening “\(opening.choice.name)”")), .muted) }
        if case .failed(let reason) = choices { return (Text("\(theme.glyphs.failure) \(reason)"), .failure) }
        return problem.map { (Text("\(theme.glyphs.failure) \($0)"), .failure) }
    }
}
