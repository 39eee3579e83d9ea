// Flows, drawn: a line for each, and what is known of the one under the cursor below them.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    func drawFlows(into frame: inout Frame, in body: Rect, at moment: Moment, theme: Theme) {
        switch flowList.flows {
        case .idle, .loading:
            frame.put(theme.waiting(Text("Loading flows")), at: body.origin, style: theme[.muted])
        case .failed(let reason):
            frame.putWrapped("\(theme.glyphs.failure) \(theme.say(reason))", in: body, style: theme[.failure])
        case .loaded(let flows) where flows.isEmpty:
            frame.putWrapped(noFlowText, in: body, style: theme[.text])
        case .loaded(let flows):
            let (list, details) = body.split(bottom: WizardLayout(moment.size).flowDetailRows)
            drawTable(of: flows, into: &frame, in: list, at: moment, theme: theme)
            drawSelectedFlow(into: &frame, in: details, at: moment, theme: theme)
        }
    }

    /// What is said where there is no flow.
    var noFlowText: Text {
        offers(.finish)
            ? Text("Nothing is exported yet. Go back and choose a destination to set an export up.")
            : Text("Nothing is exported yet.")
    }

    private func drawTable(
        of flows: [FlowOverview], into frame: inout Frame, in list: Rect, at moment: Moment, theme: Theme
    ) {
        let table = Table(
            [
                TableColumn(Text("Name"), width: .flexible(minimum: 14), priority: 6),
                TableColumn(Text("Destination"), width: .flexible(minimum: 12), priority: 2),
                TableColumn(Text("Schedule"), width: .fixed(14), priority: 1),
                TableColumn(Text("Last run"), width: .fixed(12), priority: 3),
                TableColumn(Text("Next (UTC)"), width: .fixed(11), priority: 4),
                TableColumn(Text("End (UTC)"), width: .fixed(12), priority: 5),
            ], order: flowList.list.order)
        table.draw(
            into: &frame, in: list, theme: theme, list: flowList.list, isFocused: !isSearching,
            emptyText: .noMatch
        ) { index in
            let (details, latest) = (flows[index].details, flows[index].latest)
            let schedule = details.flow.draft.schedule
            return TableRow([
                TableCell(details.flow.draft.name, query: flowList.list.query),
                TableCell(details.destination.draft.name),
                TableCell(theme.say(schedule.frequency.text)),
                latest.map { TableCell($0.status.cellText(theme), role: $0.status.role) }
                    ?? TableCell(theme.say(Text("none yet")), role: .muted),
                TableCell(theme.say(details.nextText(now: moment.now))),
                schedule.endCell(now: moment.now, theme: theme),
            ])
        }
    }

    private func drawSelectedFlow(
        into frame: inout Frame, in details: Rect, at moment: Moment, theme: Theme
    ) {
        guard let overview = flowList.selected else { return }
        let flow = overview.details
        let (lastRun, details) = details.split(top: 1).rest.split(
            top: WizardLayout(moment.size).flowLastRunRows)
        drawLastRun(of: overview, into: &frame, in: lastRun, theme: theme)
        let draft = flow.flow.draft
        let notice = draft.schedule.ending(now: moment.now).notice
        let facts: [(title: Text, text: Text, role: Role)] = [
            (Text("Datasets"), .list(flow.datasets.map(\.name)), .text),
            (
                Text("Schedule"),
                Text(
                    "\(draft.schedule.mode), \(draft.schedule.frequency), from \(WallClock(draft.schedule.start).text)"
                ),
                .text
            ),
            (Text("Folders"), .verbatim("\(flow.location)/\(draft.folderTemplate)"), .text),
            (
                Text("End"),
                notice.map { notice in
                    offers(.extendFlow)
                        ? Text("\(theme.glyphs.warning) The flow \(notice): + puts the end off by six months")
                        : Text("\(theme.glyphs.warning) The flow \(notice)")
                }
                    ?? draft.schedule.end.map { WallClock($0).text } ?? Text("none"),
                notice == nil ? .text : .warning
            ),
        ]
        for (index, fact) in facts.enumerated() {
            let line = details.line(index)
            frame.put(fact.title, at: line.origin, style: theme[.muted])
            let column = line.column + Self.flowFactColumn
            frame.put(
                frame.textWidth.truncatedInMiddle(theme.say(fact.text), to: line.endColumn - column),
                at: Point(column: column, row: line.row), style: theme[fact.role])
        }
    }
}

extension FlowDetails {
    /// When the flow exports next, in eleven columns.
    func nextText(now: Date) -> Text {
        if flow.state == .disabled { return Text("paused") }
        guard flow.state == .enabled else { return .state(flow.state.rawValue) }
        guard let next = nextExport(after: now) else { return Text("none") }
        let clock = WallClock(next)
        let isThisYear = next.timeIntervalSince(now) < 300 * 86_400
        return .verbatim(isThisYear ? "\(clock.date.dropFirst(5)) \(clock.time)" : clock.date)
    }
}

extension WallClock {
    fileprivate var text: Text { Text("\(date) \(time) UTC") }
}

extension Schedule {
    /// The day on which the exports end, with a sign where that is near.
    fileprivate func endCell(now: Date, theme: Theme) -> TableCell {
        let glyphs = theme.glyphs
        guard frequency != .once, let end else { return TableCell(theme.say(Text("none")), role: .muted) }
        let day = WallClock(end).date
        return switch ending(now: now) {
        case .none, .far: TableCell(day)
        case .soon: TableCell("\(day) \(glyphs.warning)", role: .warning)
        case .over: TableCell("\(day) \(glyphs.failure)", role: .failure)
        }
    }
}

extension FlowRunStatus {
    fileprivate func cellText(_ theme: Theme) -> String { "\(sign(theme.glyphs)) \(theme.say(title))" }
}
