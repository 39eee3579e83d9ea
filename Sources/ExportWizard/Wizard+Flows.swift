// The screen of dataflows: loaded, paused and resumed, put off, deleted, and followed.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    mutating func openFlows() -> [WizardEffect] {
        screen = .flows
        return loadFlows()
    }

    /// Asks for the flows; those that were loaded before stay on the screen meanwhile.
    mutating func loadFlows() -> [WizardEffect] {
        let token = newToken()
        if flowList.flows.value == nil {
            flowList.flows = .loading(token: token)
        } else {
            flowList.reloadToken = token
        }
        return [.request(.flows, token: token)]
    }

    // MARK: An export now

    mutating func askToExportNow() {
        guard let flow = flowList.selected?.details else { return }
        let count = flow.datasets.count
        let detail =
            count == 1
            ? Text("1 dataset is exported to \(flow.location) at once. The schedule stays as it is.")
            : Text(
                "\(count) datasets are exported to \(flow.location) at once. The schedule stays as it is.")
        overlay = .confirm(
            ConfirmDialog(
                question: Text("Export “\(flow.flow.draft.name)” now?"),
                detail: detail, yesTitle: Text("Export")), .exportNow(flow))
    }

    mutating func exportNow(_ flow: FlowDetails) -> [WizardEffect] {
        change(flow, .exportNow, by: .exportNow(flow))
    }

    /// Shows the runs that were begun, until all of them are over.
    mutating func follow(_ runs: [Identifier<FlowRun>], of flow: FlowDetails) -> [WizardEffect] {
        flowList.change = nil
        return follow(flow, awaiting: Set(runs))
    }

    // MARK: Changes

    mutating func togglePause() -> [WizardEffect] {
        guard let flow = flowList.selected?.details else { return [] }
        let action: FlowAction = flow.flow.state == .enabled ? .disable : .enable
        return change(flow, action == .disable ? .pause : .resume, by: .perform(action, on: flow))
    }

    mutating func askForFlowEnd() {
        guard let flow = flowList.selected?.details, let end = flow.flow.draft.schedule.end else { return }
        overlay = .prompt(Prompt(purpose: .flowEnd(flow), field: TextField(WallClock(end).date)))
    }

    /// Takes the day that was typed as the end of a flow; gives what is wrong with it.
    mutating func setEnd(
        _ day: String, of flow: FlowDetails, at moment: Moment
    ) -> (effects: [WizardEffect], problem: Text?) {
        var schedule = flow.flow.draft.schedule
        guard let end = WallClock.instant(date: day, time: WallClock(schedule.start).time) else {
            let example = WallClock(Schedule.proposedEnd(forStart: moment.now)).date
            return ([], Text("Needs a date like \(example)"))
        }
        schedule.end = end
        return edit(flow, FlowEdit(schedule: schedule), at: moment)
    }

    /// Puts the end of a flow off by six months.
    mutating func extendFlow(at moment: Moment) -> [WizardEffect] {
        guard let flow = flowList.selected?.details else { return [] }
        let schedule = flow.flow.draft.schedule.extended(by: Self.extension, now: moment.now)
        let (effects, problem) = edit(flow, FlowEdit(schedule: schedule), at: moment)
        message = problem.map { Message(kind: .failure, text: $0) }
        return effects
    }

    private static let `extension` = CalendarSpan(6, .month)

    /// Edits a flow; what comes of it and may not be wanted is asked first, and what cannot be is given back.
    mutating func edit(
        _ flow: FlowDetails, _ edit: FlowEdit, at moment: Moment
    ) -> (effects: [WizardEffect], problem: Text?) {
        if edit.needed(for: flow).isEmpty { return ([], nil) }
        let conflicts = flow.conflicts(
            of: edit, beside: flowList.others(than: flow), on: setting.place, now: moment.now)
        if let refusal = conflicts.first(where: \.isRefusal) { return ([], refusal.text) }
        if conflicts.isEmpty { return (save(edit, of: flow), nil) }
        overlay = .confirm(
            ConfirmDialog(
                question: Text("Change the flow “\(flow.flow.draft.name)”?"),
                detail: .paragraphs(conflicts.map(\.text)), yesTitle: Text("Change")),
            .editFlow(flow, edit))
        return ([], nil)
    }

    mutating func save(_ edit: FlowEdit, of flow: FlowDetails) -> [WizardEffect] {
        change(flow, .edit(edit.needed(for: flow)), by: .editFlow(flow, edit))
    }

    mutating func askToDeleteFlow() {
        guard let flow = flowList.selected?.details else { return }
        overlay = .confirm(
            ConfirmDialog(
                question: Text("Delete the flow “\(flow.flow.draft.name)”?"),
                detail:
                    Text(
                        "It exports nothing any more, and its runs are forgotten. Its files in \(flow.location) stay, and so does the destination “\(flow.destination.draft.name)”."
                    ),
                yesTitle: Text("Delete")), .deleteFlow(flow))
    }

    mutating func delete(_ flow: FlowDetails) -> [WizardEffect] {
        change(flow, .delete, by: .removeFlow(flow.flow))
    }

    private mutating func change(
        _ flow: FlowDetails, _ kind: FlowList.Change.Kind, by request: WizardRequest
    ) -> [WizardEffect] {
        let token = newToken()
        flowList.change = FlowList.Change(kind: kind, flow: flow, token: token)
        return [.request(request, token: token)]
    }

    // MARK: Answers

    /// Takes a flow that was changed.
    mutating func take(_ changed: FlowDetails) -> [WizardEffect] {
        let name = changed.flow.draft.name
        let text =
            switch flowList.change?.kind {
            case .pause?: Text("“\(name)” is paused; a run that goes on comes to its end")
            case .resume?: Text("“\(name)” exports by its schedule again")
            case .edit(let edit)? where edit.datasets != nil:
                Text("“\(name)” exports \(Text.datasets(changed.datasets.count)) from now on")
            case .edit(let edit)? where flowList.change.map { edit.isOnlyOfEnd(of: $0.flow) } == true:
                changed.endText.map { Text("“\(name)” ends on \($0)") } ?? Text("“\(name)” is changed")
            case .edit?, .exportNow?, .delete?, nil: Text("“\(name)” is changed")
            }
        message = Message(kind: .success, text: text)
        flowList.take(changed)
        return (flowEditing == nil ? [] : closeFlowEditing()) + loadFlows()
    }

    mutating func takeDeleted(_ flow: Flow) -> [WizardEffect] {
        message = Message(
            kind: .success, text: Text("The flow “\(flow.draft.name)” is deleted; its files stay"))
        flowList.drop(flow)
        return loadFlows()
    }

    mutating func failFlowChange(_ failure: RequestFailure) -> [WizardEffect] {
        guard let change = flowList.change else { return [] }
        flowList.change = nil
        let name = change.flow.flow.draft.name
        let title =
            switch change.kind {
            case .delete: Text("“\(name)” was not deleted")
            case .exportNow: Text("“\(name)” was not exported")
            case .pause, .resume, .edit: Text("“\(name)” was not changed")
            }
        overlay = .text(TextReader(title: title, lines: [say(failure.reason)]))
        guard case .edit(let edit) = change.kind, edit.datasets != nil else { return loadFlows() }
        return loadUnfinished() + loadFlows()
    }

    // MARK: The runs of a flow

    /// Opens the verification pane of the flow under the cursor.
    mutating func followSelectedFlow() -> [WizardEffect] {
        flowList.selected.map { follow($0.details) } ?? []
    }

    mutating func follow(
        _ flow: FlowDetails, awaiting runs: Set<Identifier<FlowRun>> = []
    ) -> [WizardEffect] {
        verification = Verification(
            flow: flow.flow, place: flow.location,
            datasetNames: Dictionary(flow.datasets.map { ($0.id, $0.name) }) { first, _ in first },
            awaited: runs)
        verificationIsFromFlows = true
        screen = .verification
        return loadRuns()
    }

    /// Goes back from the verification pane to the flows.
    mutating func closeVerification() -> [WizardEffect] {
        var effects: [WizardEffect] = []
        if let token = verification?.wakeToken { effects.append(.cancel(token: token)) }
        if let token = verification?.reports.token { effects.append(.cancel(token: token)) }
        verification = nil
        verificationIsFromFlows = false
        return effects + openFlows()
    }
}

extension FlowEdit {
    /// Whether nothing but the end of a flow becomes another one.
    fileprivate func isOnlyOfEnd(of flow: FlowDetails) -> Bool {
        guard let schedule, self == FlowEdit(schedule: schedule) else { return false }
        var before = flow.flow.draft.schedule
        before.end = schedule.end
        return before == schedule
    }
}

extension FlowDetails {
    fileprivate var endText: String? { flow.draft.schedule.end.map { WallClock($0).date } }
}
