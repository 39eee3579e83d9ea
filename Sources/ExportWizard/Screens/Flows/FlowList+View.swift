// Flows, drawn: a line for each, and what is known of the one under the cursor below them.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    func drawFlows(into frame: inout Frame, in body: Rect, at moment: Moment, theme: Theme) {
        switch flowList.flows {
        case .idle, .loading:
            frame.put("Loading flows\(theme.glyphs.ellipsis)", at: body.origin, style: theme[.muted])
        case .failed(let reason):
            frame.putWrapped("\(theme.glyphs.failure) \(reason)", in: body, style: theme[.failure])
        case .loaded(let flows) where flows.isEmpty:
            frame.putWrapped(Self.noFlowText, in: body, style: theme[.text])
        case .loaded(let flows):
            let (list, details) = body.split(bottom: Self.flowDetailRows)
            drawTable(of: flows, into: &frame, in: list, at: moment, theme: theme)
            drawSelectedFlow(into: &frame, in: details, at: moment, theme: theme)
        }
    }

    /// What is said where there is no flow.
    static let noFlowText = "Nothing is exported yet. Go back and choose a destination to set an export up."

    /// The rows below the list, a blank one first.
    static let flowDetailRows = 5

    private func drawTable(
        of flows: [FlowOverview], into frame: inout Frame, in list: Rect, at moment: Moment, theme: Theme
    ) {
        let table = Table(
            [
                TableColumn("Name", width: .flexible(minimum: 14), priority: 6),
                TableColumn("Destination", width: .flexible(minimum: 12), priority: 2),
                TableColumn("Schedule", width: .fixed(14), priority: 1),
                TableColumn("Last run", width: .fixed(12), priority: 3),
                TableColumn("Next (UTC)", width: .fixed(11), priority: 4),
                TableColumn("End (UTC)", width: .fixed(12), priority: 5),
            ], order: flowList.list.order)
        table.draw(
            into: &frame, in: list, theme: theme, list: flowList.list, isFocused: !isSearching,
            emptyText: noMatchText
        ) { index in
            let (details, latest) = (flows[index].details, flows[index].latest)
            let schedule = details.flow.draft.schedule
            return TableRow([
                TableCell(details.flow.draft.name, query: flowList.list.query),
                TableCell(details.destination.draft.name),
                TableCell(schedule.frequency.description),
                latest.map { TableCell($0.status.cellText(theme.glyphs), role: $0.status.role) }
                    ?? TableCell("none yet", role: .muted),
                TableCell(details.nextText(now: moment.now)),
                schedule.endCell(now: moment.now, glyphs: theme.glyphs),
            ])
        }
    }

    private func drawSelectedFlow(
        into frame: inout Frame, in details: Rect, at moment: Moment, theme: Theme
    ) {
        guard let flow = flowList.selected?.details else { return }
        let draft = flow.flow.draft
        let notice = draft.schedule.ending(now: moment.now).notice?.english
        let facts: [(title: String, text: String, role: Role)] = [
            ("Datasets", flow.datasets.map(\.name).joined(separator: ", "), .text),
            (
                "Schedule",
                "\(draft.schedule.mode), \(draft.schedule.frequency), from \(WallClock(draft.schedule.start).text)",
                .text
            ),
            ("Folders", "\(flow.location)/\(draft.folderTemplate)", .text),
            (
                "End",
                notice.map { "\(theme.glyphs.warning) The flow \($0): + puts the end off by six months" }
                    ?? draft.schedule.end.map { WallClock($0).text } ?? "none",
                notice == nil ? .text : .warning
            ),
        ]
        for (index, fact) in facts.enumerated() {
            let line = details.line(index + 1)
            frame.put(fact.title, at: line.origin, style: theme[.muted])
            let column = line.column + 10
            frame.put(
                frame.textWidth.truncatedInMiddle(fact.text, to: line.endColumn - column),
                at: Point(column: column, row: line.row), style: theme[fact.role])
        }
    }
}

extension FlowDetails {
    /// When the flow exports next, in eleven columns.
    func nextText(now: Date) -> String {
        if flow.state == .disabled { return "paused" }
        guard flow.state == .enabled else { return flow.state.rawValue }
        guard let next = nextExport(after: now) else { return "none" }
        let clock = WallClock(next)
        let isThisYear = next.timeIntervalSince(now) < 300 * 86_400
        return isThisYear ? "\(clock.date.dropFirst(5)) \(clock.time)" : clock.date
    }
}

extension WallClock {
    fileprivate var text: String { "\(date) \(time) UTC" }
}

extension Schedule {
    /// The day on which the exports end, with a sign where that is near.
    fileprivate func endCell(now: Date, glyphs: Glyphs) -> TableCell {
        guard frequency != .once, let end else { return TableCell("none", role: .muted) }
        let day = WallClock(end).date
        return switch ending(now: now) {
        case .none, .far: TableCell(day)
        case .soon: TableCell("\(day) \(glyphs.warning)", role: .warning)
        case .over: TableCell("\(day) \(glyphs.failure)", role: .failure)
        }
    }
}

extension FlowRunStatus {
    fileprivate func cellText(_ glyphs: Glyphs) -> String { "\(sign(glyphs)) \(title)" }
}
