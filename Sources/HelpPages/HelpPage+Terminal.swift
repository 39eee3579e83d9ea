// A page as lines of a terminal.
import TerminalKit

extension HelpPage {
    /// The page as lines of at most `columns`, except for code, which is never cut.
    ///
    /// - Parameter isStyled: whether headings and code are bold, and what is emphasised underlined; else code stands
    ///   between backticks.
    public func lines(columns: Int, isStyled: Bool) -> [String] {
        let layout = PageLayout(columns: columns, isStyled: isStyled)
        let parts = [layout.heading(title)] + blocks.map(layout.lines)
        return Array(parts.joined(separator: [""]))
    }
}

/// How blocks are laid out.
private struct PageLayout {
    var columns: Int
    var isStyled: Bool
    private let width = TextWidth.standard
    private let gap = "  "
    /// A column of a table is not made narrower than this.
    private let narrowest = 8

    func heading(_ text: String) -> [String] {
        width.wrapped(text, to: columns).map { styled($0, .bold) }
    }

    func lines(of block: HelpPage.Block) -> [String] {
        switch block {
        case .heading(_, let text): heading(text)
        case .paragraph(let text): wrapped(text, to: columns).map(\.text)
        case .code(let lines): lines.map { $0.isEmpty ? "" : "    " + $0 }
        case .list(let items):
            items.flatMap { item in
                let indent = String(repeating: "  ", count: item.depth)
                return wrapped(item.text, to: columns - indent.count - 2).enumerated().map {
                    indent + ($0.offset == 0 ? "- " : "  ") + $0.element.text
                }
            }
        case .table(let heading, let rows): table(heading, rows)
        }
    }

    private func table(_ heading: [String], _ rows: [[String]]) -> [String] {
        let hasHeading = heading.contains { !$0.isEmpty }
        let all = (hasHeading ? [heading.map { "**\($0)**" }] : []) + rows
        let widths = columnWidths(of: all)
        return all.flatMap { row in
            let cells = zip(row, widths).map { wrapped($0, to: $1) }
            return (0..<(cells.map(\.count).max() ?? 0)).map { line in
                var text = ""
                var missing = 0
                for (cell, width) in zip(cells, widths) {
                    let part = line < cell.count ? cell[line] : Line(text: "", columns: 0)
                    // Nothing follows the last text of a line, not even spaces.
                    if part.columns > 0 { text += String(repeating: " ", count: missing) + part.text }
                    missing = (part.columns > 0 ? 0 : missing) + width - part.columns + gap.count
                }
                return text
            }
        }
    }

    /// What each column may take: what it needs where there is room; else the widest share what the others leave.
    private func columnWidths(of rows: [[String]]) -> [Int] {
        guard let first = rows.first else { return [] }
        let needed = first.indices.map { column in rows.map { visibleColumns($0[column]) }.max() ?? 0 }
        var widths = needed
        var room = columns - gap.count * (needed.count - 1)
        for (done, column) in needed.indices.sorted(by: { needed[$0] < needed[$1] }).enumerated() {
            widths[column] = min(needed[column], max(narrowest, room / (needed.count - done)))
            room -= widths[column]
        }
        return widths
    }

    private func visibleColumns(_ text: String) -> Int {
        width.width(of: visibleRuns(text).map(\.text).joined())
    }

    /// What of a text is seen: where code cannot be made bold, its backticks too.
    private func visibleRuns(_ text: String) -> [MarkedText.Run] {
        MarkedText(text).runs.map { run in
            run.kind == .code && !isStyled ? MarkedText.Run(kind: .code, text: "`\(run.text)`") : run
        }
    }

    private struct Line {
        var text: String
        var columns: Int
    }

    /// Broken into lines as it is seen, and then styled: no line break is moved by a mark.
    private func wrapped(_ text: String, to columns: Int) -> [Line] {
        let runs = visibleRuns(text)
        var characters = runs.flatMap { run in run.text.map { (character: $0, kind: run.kind) } }[...]
        return width.wrapped(runs.map(\.text).joined(), to: max(columns, narrowest)).map { line in
            var parts: [MarkedText.Run] = []
            for character in line {
                // Spaces at which a line was broken are in no line.
                characters = characters.drop { $0.character != character }
                let kind = characters.popFirst()?.kind ?? .plain
                if parts.last?.kind == kind {
                    parts[parts.count - 1].text.append(character)
                } else {
                    parts.append(MarkedText.Run(kind: kind, text: String(character)))
                }
            }
            return Line(text: parts.map(rendered).joined(), columns: width.width(of: line))
        }
    }

    private func rendered(_ run: MarkedText.Run) -> String {
        switch run.kind {
        case .plain: run.text
        case .code, .strong: styled(run.text, .bold)
        case .emphasis: styled(run.text, .underline)
        }
    }

    private func styled(_ text: String, _ attributes: Attributes) -> String {
        isStyled ? Style(attributes: attributes).rendered(text, depth: .eight) : text
    }
}
