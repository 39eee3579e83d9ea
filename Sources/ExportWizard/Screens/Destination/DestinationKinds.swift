// The catalogue: the kinds of destination, and what each of them needs.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    /// The heading of the catalogue.
    static let kindsTitle = Text("New destination")
    /// What stands above the rights that credentials need.
    static let rightsTitle = Text("It needs these rights and no more:")

    /// The kinds of destination that can be configured.
    var kinds: [ConnectionSpec] { destination.catalogue.value?.specs ?? [] }

    /// The kind under the cursor.
    var selectedKind: ConnectionSpec? {
        let kinds = kinds
        return kindList.selectedItem.flatMap { kinds.indices.contains($0) ? kinds[$0] : nil }
    }

    func drawKinds(into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let kinds = kinds
        let (heading, rest) = layout.body.split(top: 2)
        frame.put(Self.kindsTitle, at: heading.origin, style: theme[.heading], columns: heading.columns)
        let (list, below) = rest.split(top: layout.kindRows(count: kinds.count))
        let nameColumns = 2 + (kinds.map { frame.textWidth.width(of: $0.name) }.max() ?? 0)
        let visible = kindList.cursor.visible(count: kindList.rowCount, height: list.rows)
        if visible.isEmpty {
            frame.put(Text.noMatch, at: list.origin, style: theme[.muted], columns: list.columns)
        }
        for (offset, row) in visible.enumerated() {
            let line = list.line(offset)
            let isSelected = kindList.selectedRow == row
            let index = kindList.item(at: row)
            frame.addTarget(.row(row), in: line)
            if isSelected {
                frame.fill(line, style: theme[.selection])
                frame.cursor = line.origin
            }
            let (name, needs) = line.split(left: nameColumns)
            frame.put(
                kinds[index].name, at: name.origin, style: theme[isSelected ? .selection : .text],
                columns: name.columns)
            frame.showMatches(
                of: kindList.query, in: kinds[index].name, at: name.origin, isSelected: isSelected,
                theme: theme)
            frame.put(
                frame.textWidth.truncated(
                    theme.say(kinds[index].guide.needs), to: needs.columns - 1), at: needs.origin,
                style: theme[isSelected ? .selection : .muted])
        }
        frame.putScrollMarks(visible, count: kindList.rowCount, in: list, theme: theme)
        if let kind = selectedKind {
            drawGuide(kind, into: &frame, in: below.split(top: 1).rest, theme: theme)
        }
    }

    private func drawGuide(_ kind: ConnectionSpec, into frame: inout Frame, in rect: Rect, theme: Theme) {
        var lines: [(text: String, role: Role)] = [(kind.name, .heading)]
        lines += frame.textWidth.wrapped(theme.say(kind.guide.summary), to: rect.columns).map {
            ($0, .text)
        }
        if !kind.guide.rights.isEmpty { lines.append((theme.say(Self.rightsTitle), .muted)) }
        for right in kind.guide.rights {
            let wrapped = frame.textWidth.wrapped(theme.say(right), to: rect.columns - 4)
            lines += wrapped.enumerated().map { index, text in
                ((index == 0 ? "  \(theme.glyphs.bullet) " : "    ") + text, .text)
            }
        }
        for (index, line) in lines.prefix(rect.rows).enumerated() {
            frame.put(
                line.text, at: rect.line(index).origin, style: theme[line.role], columns: rect.columns)
        }
    }
}
