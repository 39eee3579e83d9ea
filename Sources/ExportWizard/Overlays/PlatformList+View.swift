// The list of platforms, drawn.
import TerminalKit

extension Wizard {
    func draw(_ list: PlatformList, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let rows = list.rows
        let columns = min(76, layout.size.columns - 2) - 4
        let foot = list.foot(theme).map { frame.textWidth.wrapped($0.text, to: columns).count + 1 } ?? 0
        let box = layout.overlay(lines: max(1, rows.count) + foot)
        let inside = self.box(box, title: "Platforms", into: &frame, theme: theme)
        let (body, below) = inside.split(bottom: min(foot, inside.rows - 1))
        switch list.choices {
        case .idle, .loading:
            frame.put("Loading platforms\(theme.glyphs.ellipsis)", at: body.origin, style: theme[.muted])
        case .failed, .loaded:
            for (offset, index) in list.list.visible(count: rows.count, height: body.rows).enumerated() {
                let isSelected = list.list.index(in: rows.count) == index
                draw(rows[index], isSelected, into: &frame, in: body.line(offset), theme: theme)
                frame.addTarget(.row(index), in: body.line(offset))
            }
        }
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
            text = "\(mark) \(width.padded(choice.name, to: 24))  \(choice.detail)"
        case .sandbox(let choice):
            let mark = choice.isCurrent ? theme.glyphs.success : " "
            text = "    \(mark) \(width.padded(choice.name, to: 20))  \(choice.detail)"
        case .note(let words):
            text = "      \(words)"
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
    fileprivate func foot(_ theme: Theme) -> (text: String, role: Role)? {
        if let opening { return ("Opening “\(opening.choice.name)”\(theme.glyphs.ellipsis)", .muted) }
        if case .failed(let reason) = choices { return ("\(theme.glyphs.failure) \(reason)", .failure) }
        return problem.map { ("\(theme.glyphs.failure) \($0)", .failure) }
    }
}
