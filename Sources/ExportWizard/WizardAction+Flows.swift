// What can be done on the screen of dataflows.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    var flowActions: WizardActions {
        let selected = flowList.selected?.details
        let needsOne: Action<WizardAction>.Availability =
            selected == nil
            ? .disabled(because: Text("There is no flow yet"))
            : flowList.change != nil ? .disabled(because: Text("A flow is being changed")) : .enabled
        let needsEnd: Action<WizardAction>.Availability =
            selected.map { $0.flow.draft.schedule.frequency == .once } == true
            ? .disabled(because: Text("What is exported once has no end")) : needsOne
        let hasSome = selected != nil
        let isPaused = selected?.flow.state == .disabled
        return WizardActions([
            Action(
                .next, keys: [.enter], title: Text("Verify"),
                help: Text("Show the runs of the flow under the cursor, and their files"),
                availability: selected == nil ? needsOne : .enabled),
            Action(
                .exportFlow, keys: [.character("s")], title: Text("Start"),
                help: Text("Export the datasets of the flow now, whatever its schedule says; asks first"),
                availability: isPaused
                    ? .disabled(because: Text("The flow is paused: resume it first")) : needsOne,
                hint: hasSome),
            Action(
                .editFlowDatasets, keys: [.character("d")], title: Text("Datasets"),
                help: Text("Choose the datasets that the flow exports"), availability: needsOne, hint: hasSome
            ),
            Action(
                .editFlow, keys: [.character("c")], title: Text("Edit"),
                help: Text("Change name, schedule, end and folders of the flow"), availability: needsOne,
                hint: hasSome),
            Action(
                .editFlowEnd, keys: [.character("e")], title: Text("End"),
                help: Text("Change the day on which the exports of the flow end"), availability: needsEnd,
                hint: false),
            Action(
                .extendFlow, keys: [.character("+")], title: Text("Extend"),
                help: Text("Put the end off by six months, from now where it has gone by"),
                availability: needsEnd,
                hint: false),
            Action(
                .pauseFlow, keys: [.character("p")], title: isPaused ? Text("Resume") : Text("Pause"),
                help: Text("Let the flow export nothing for now, or go on"), availability: needsOne,
                hint: hasSome),
            Action(
                .deleteFlow, keys: [.character("x"), .delete], title: Text("Delete"),
                help: Text("Delete the flow under the cursor; asks first"), isDangerous: true,
                availability: needsOne, hint: false),
            copyAction(availability: selected == nil ? needsOne : .enabled),
        ]) + listActions()
            + WizardActions([
                backAction(help: Text("Go back to the destinations")),
                Action(
                    .refresh, keys: [.character("r"), .control("r")], title: Text("Reload"),
                    help: Text("Load the flows again"), hint: false),
            ])
    }
}
