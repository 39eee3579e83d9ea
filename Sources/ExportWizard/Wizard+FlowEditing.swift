// A flow's datasets and settings on screens of their own, which are those of a new export.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// A flow that is being changed, on the screen of its datasets or on that of its settings.
struct FlowEditing: Equatable, Sendable {
    var flow: FlowDetails
    var datasets: SelectDatasets
    var settings: Scheduling

    init(_ flow: FlowDetails, loaded: SelectDatasets) {
        self.flow = flow
        datasets = SelectDatasets(of: flow, loaded: loaded)
        settings = Scheduling(changing: flow.flow.draft)
    }
}

extension Wizard {
    /// The datasets of the flow that is being changed.
    var flowDatasets: SelectDatasets {
        get { flowEditing?.datasets ?? SelectDatasets() }
        set { flowEditing?.datasets = newValue }
    }

    /// The list of datasets on the screen: that of a new export, or that of a flow.
    var selection: SelectDatasets {
        get { screen == .flowDatasets ? flowDatasets : datasets }
        set { if screen == .flowDatasets { flowDatasets = newValue } else { datasets = newValue } }
    }

    /// The schedule on the screen: that of a new export, or that of a flow.
    var timing: Scheduling? {
        get { screen == .flowSettings ? flowEditing?.settings : scheduling }
        set {
            if screen != .flowSettings {
                scheduling = newValue
            } else if let newValue {
                flowEditing?.settings = newValue
            }
        }
    }

    /// The folders that the schedule on the screen makes first, one for each dataset.
    var previewedFolders: [String] {
        guard screen == .flowSettings else { return firstFolders.map(\.folder) }
        guard let flow = flowEditing?.flow, let template = timing?.template, let start = timing?.start else {
            return []
        }
        return flow.datasets.map { dataset in
            let layout = ExportLayout(
                connectionFolder: flow.destination.draft.folder, template: template,
                context: flow.folderContext(of: dataset, on: setting.place, at: start))
            return flow.destination.draft.writtenPath(layout.folder)
        }
    }

    /// How many datasets have the schedule on the screen.
    var scheduledCount: Int {
        screen == .flowSettings ? flowEditing?.flow.datasets.count ?? 0 : datasets.chosen.count
    }

    mutating func openFlowDatasets() -> [WizardEffect] {
        guard let flow = flowList.selected?.details else { return [] }
        flowEditing = FlowEditing(flow, loaded: datasets)
        screen = .flowDatasets
        return flowDatasets.loading == .idle ? loadDatasets(into: \.flowDatasets) : []
    }

    mutating func openFlowSettings() {
        guard let flow = flowList.selected?.details else { return }
        flowEditing = FlowEditing(flow, loaded: datasets)
        flowEditing?.settings.edit(as: setting.editing)
        screen = .flowSettings
    }

    /// Leaves the screen; the flow stays as it is.
    mutating func closeFlowEditing() -> [WizardEffect] {
        var effects: [WizardEffect] = []
        if let token = flowDatasets.loading.token { effects.append(.cancel(token: token)) }
        flowEditing = nil
        screen = .flows
        return effects
    }

    /// Saves what the screen says, after it was asked what may not be wanted; the screen stays until it is saved.
    mutating func saveFlowEditing(at moment: Moment) -> [WizardEffect] {
        guard let editing = flowEditing else { return [] }
        var wanted = FlowEdit(datasets: editing.datasets.chosen(for: editing.flow))
        if screen == .flowSettings {
            guard editing.settings.problems(now: moment.now).isEmpty, let edit = editing.settings.edit else {
                flowEditing?.settings.showProblems(now: moment.now)
                return []
            }
            wanted = edit
        }
        if wanted.needed(for: editing.flow).isEmpty {
            message = Message(kind: .info, text: Text("Nothing was changed"))
            return closeFlowEditing()
        }
        let (effects, problem) = edit(editing.flow, wanted, at: moment)
        if let problem { message = Message(kind: .failure, text: problem) }
        return effects
    }

    var flowDatasetsActions: WizardActions {
        datasetsActions(
            next: Action(
                .next, keys: [.enter], title: Text("Save"),
                help: Text("Let the flow export what is selected"),
                availability: flowEditingAvailability(
                    flowDatasets.isNothingTicked ? Text("Select at least one dataset first") : nil)),
            back: backAction(help: Text("Go back to the flows; the flow stays as it is")))
    }

    var flowSettingsActions: WizardActions {
        WizardActions([
            Action(
                .next, keys: [.enter], title: Text("Save"), help: Text("Change the flow as the screen says"),
                availability: flowEditingAvailability(nil)),
            insertMacroAction, calendarAction,
            backAction(help: Text("Go back to the flows; the flow stays as it is")),
        ]) + editingActions
    }

    private func flowEditingAvailability(_ reason: Text?) -> Action<WizardAction>.Availability {
        let reason = flowList.change != nil ? Text("The flow is being changed") : reason
        return reason.map { .disabled(because: $0) } ?? .enabled
    }
}
