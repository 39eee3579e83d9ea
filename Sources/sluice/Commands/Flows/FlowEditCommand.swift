// `sluice flows edit`: what is to change, what comes of it, and then the change.
import ArgumentParser
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

struct FlowEditCommand: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: Text("Change the name, schedule, folders, datasets or notifications of a flow.").said,
        discussion: Text(
            """
            What is not given stays as it is. The schedule and the folders apply to all datasets of the flow. What \
            may not be wanted is said before anything is changed, and has to be confirmed, or to be allowed with \
            --yes.

            A day for --start or --end keeps the time of day at which the flow starts.

            Whom a flow tells what has come of it is said by a command, which is run without a shell:

              sluice flows edit Nightly --notify-on failure,missed --notify-command mail \
                --notify-argument -s --notify-argument "Nightly" --notify-argument me@example.com
            """
        ).said(
            examples: "sluice flows edit \"Nightly backup\" --frequency hourly --interval 6"))

    var effect: CommandEffect { .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var edits: FlowEditOptions
    @Flag(name: [.long, .short], help: ArgumentHelp(Text("Change it whatever comes of it."))) var yes = false
    @OptionGroup var name: FlowName

    func run() async throws {
        let opened = try await openPlatform()
        if !edits.notify.isEmpty { _ = try opened.telling() }
        let platform = opened.flowService
        let details = try await platform.details(of: platform.flow(named: name.flow))
        let now = Date()
        let available = edits.addDataset.isEmpty ? [] : try await platform.allExportableDatasets()
        let edit = try edits.edit(of: details, available: available, now: now)
        if edit.needed(for: details).isEmpty {
            if edits.notify.isEmpty {
                StandardError.tell(
                    Text("Nothing to change: the flow “\(shown(details))” is like that already."))
            }
            try await edits.notify.apply(to: details.flow, on: opened)
            return try await FlowResult(details, on: opened).print(output)
        }
        let conflicts = details.conflicts(
            of: edit, beside: try await platform.allFlowDetails(), on: platform.place, now: now)
        try accept(conflicts, of: details)
        let changed = try await change(details, edit, on: opened)
        try await edits.notify.apply(to: changed.flow, on: opened)
        var result = try await FlowResult(changed, on: opened)
        result.conflicts = conflicts.map(\.description)
        try result.print(output)
    }

    /// Says what comes of the edit, and has it confirmed.
    private func accept(_ conflicts: [FlowConflict], of details: FlowDetails) throws {
        let sentences = conflicts.map(\.text)
        if conflicts.contains(where: \.isRefusal) {
            throw Failure(
                Text("The flow “\(shown(details))” was not changed. \(Text.sentences(sentences))"),
                status: ExitStatus.usage)
        }
        for sentence in sentences {
            StandardError.write("sluice: " + TextWidth.standard.sanitized(sentence.said))
        }
        if conflicts.isEmpty || yes { return }
        guard Confirmation.hasTerminal else {
            throw Failure(
                Text("The flow “\(shown(details))” was not changed: give --yes to change it nevertheless."))
        }
        guard Confirmation.ask(Text("Change the flow “\(shown(details))” nevertheless?")) else {
            throw Failure(Text("Nothing was changed."))
        }
    }

    private func change(
        _ details: FlowDetails, _ edit: FlowEdit, on platform: Platform
    ) async throws -> FlowDetails {
        do {
            return try await platform.flowService.editFlow(details, edit, notingIn: platform.journal)
        } catch {
            throw refusal(error, of: details)
        }
    }

    private func refusal(_ error: FlowServiceError, of details: FlowDetails) -> any Error {
        switch error {
        case .changed(_, _, let request):
            Failure(
                Text(
                    "The flow “\(shown(details))” was changed by somebody else meanwhile, and not by you\(request): look at it with sluice flows show, then edit it again."
                )
            )
        case .wrongState(_, _, let state, let request):
            Failure(
                Text(
                    "The flow “\(shown(details))” is \(Text.state(state)), and was not changed\(request): try again when that is over."
                )
            )
        default: error
        }
    }

    private func shown(_ details: FlowDetails) -> String {
        TextWidth.standard.sanitized(details.flow.draft.name)
    }
}
