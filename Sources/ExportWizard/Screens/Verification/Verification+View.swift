// Verification, drawn: how the flow stands, then its exports as a tree of runs, folders and files, and below it all of
// what the row under the cursor has no room for.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    func drawVerification(into frame: inout Frame, in body: Rect, at moment: Moment, theme: Theme) {
        guard let verification else { return }
        let (head, below) = body.split(top: Self.verificationHeadRows)
        frame.put(
            frame.textWidth.truncatedInMiddle(verification.place, to: head.columns), at: head.origin,
            style: theme[.muted])
        // Rate and time left change with every look: in quiet, the runs and files that are done tell enough.
        let progress = setting.isQuiet ? nil : verification.progress
        let summary = verification.summary(now: moment.now, glyphs: theme.glyphs)
        for (index, line) in summary.prefix(progress == nil ? 2 : 1).enumerated() {
            frame.put(
                line.text, at: head.line(1 + index).origin, style: theme[line.role], columns: head.columns)
        }
        if let progress {
            ProgressBar(
                fraction: progress,
                label: progressText(of: verification).map(theme.say).joined(separator: "  ")
            )
            .draw(into: &frame, in: head.line(2), theme: theme)
        }
        let (list, detail) = below.split(bottom: WizardLayout(moment.size).verificationDetailRows)
        drawRows(of: verification, into: &frame, in: list, at: moment, theme: theme)
        drawSelected(of: verification, into: &frame, in: detail, theme: theme)
    }

    /// The rows above the list.
    static let verificationHeadRows = 4

    private func drawRows(
        of verification: Verification, into frame: inout Frame, in list: Rect, at moment: Moment, theme: Theme
    ) {
        let count = verification.list.rowCount
        if count == 0 {
            let text =
                verification.latest.isEmpty
                ? verification.emptyText
                : isFiltered
                    ? .noMatch : Text("Nothing fails, and nothing differs: d shows everything again.")
            if let text { frame.put(text, at: list.origin, style: theme[.muted], columns: list.columns) }
            return
        }
        let visible = verification.list.cursor.visible(count: count, height: list.rows)
        // The marks stand in the margin, where no figure is.
        if visible.lowerBound > 0 {
            let top = Point(column: list.endColumn, row: list.row)
            frame.put(String(theme.glyphs.moreAbove), at: top, style: theme[.accent])
        }
        if visible.upperBound < count {
            let bottom = Point(column: list.endColumn, row: list.endRow - 1)
            frame.put(String(theme.glyphs.moreBelow), at: bottom, style: theme[.accent])
        }
        for (offset, row) in visible.enumerated() {
            let line = list.line(offset)
            let isSelected = verification.list.selectedRow == row
            frame.addTarget(.row(row), in: line)
            if isSelected {
                frame.fill(line, style: theme[.selection])
                frame.cursor = line.origin
            }
            draw(
                row, of: verification, into: &frame, in: line, at: moment, isSelected: isSelected,
                theme: theme)
        }
    }

    private func draw(
        _ row: Int, of verification: Verification, into frame: inout Frame, in line: Rect, at moment: Moment,
        isSelected: Bool, theme: Theme
    ) {
        let item = verification.list.item(at: row)
        guard let content = verification.tree.row(of: item) else { return }
        let text = verification.text(
            of: content, glyphs: theme.glyphs, now: setting.isQuiet ? nil : moment.now)
        let style = isSelected ? theme[.selection] : theme[text.role]
        let tree = verification.tree.tree
        let place = tree.place(of: item)
        let indent = min(2 * tree.level(of: place), line.columns / 3)
        var rest = line.split(left: indent).rest
        if place.leaf == nil {
            if tree.canFold(place.node) {
                let sign = tree.isFolded(place.node) ? theme.glyphs.folded : theme.glyphs.unfolded
                frame.put(String(sign), at: rest.origin, style: style)
                frame.addTarget(.mark(row), in: rest.split(left: 2).left)
            }
            rest = rest.split(left: 2).rest
        }
        if let sign = text.sign {
            frame.put(String(sign), at: rest.origin, style: style)
            rest = rest.split(left: 2).rest
        }
        let rules = frame.textWidth
        let name = theme.say(text.name)
        let least = min(rules.width(of: name), rest.columns / 2)
        let figures = text.right(within: rest.columns - least - 2, theme: theme)
        let (left, right) = rest.split(right: rules.width(of: figures))
        let room = max(0, left.columns - (figures.isEmpty ? 0 : 2))
        frame.put(rules.truncatedInMiddle(name, to: room), at: left.origin, style: style)
        frame.showMatches(
            of: verification.list.query, in: name, at: left.origin, isSelected: isSelected, theme: theme,
            columns: room)
        frame.put(figures, at: right.origin, style: style)
    }

    private func drawSelected(
        of verification: Verification, into frame: inout Frame, in detail: Rect, theme: Theme
    ) {
        guard detail.rows > 1, let row = verification.selected else { return }
        let text = verification.fullText(of: row)
        frame.putWrapped(text, in: detail.split(top: 1).rest, style: theme[.muted])
    }
}

extension WizardLayout {
    /// The rows below the tree that show the row under the cursor in full, a blank one first; none where there is no room.
    var verificationDetailRows: Int {
        switch body.rows {
        case ..<16: 0
        case ..<30: 4
        default: 7
        }
    }
}
