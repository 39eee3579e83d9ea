// `sluice flows delete`.
import ArgumentParser
import ExportDomain
import Languages
import TerminalKit

struct FlowDelete: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: Text("Delete a flow and the records of its runs.").said,
        discussion: Text(
            """
            What it exported stays where it is, and so does its destination, unless --with-destination is given \
            and no other flow uses it. What a run has published that was interrupted is taken back. Refused in the \
            middle of a run.
            """
        ).said(
            examples: "sluice flows delete \"Nightly backup\""))

    var effect: CommandEffect { .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @Flag(name: [.long, .short], help: ArgumentHelp(Text("Do not ask."))) var yes = false
    @Flag(
        help: ArgumentHelp(Text("Also remove the destination, and its account where nothing else uses it.")))
    var withDestination = false
    @OptionGroup var name: FlowName

    func run() async throws {
        let opened = try await openPlatform()
        let platform = opened.flowService
        let details = try await platform.details(of: platform.flow(named: name.flow))
        let flow = TextWidth.standard.sanitized(details.flow.draft.name)
        let place = TextWidth.standard.sanitized(details.location)
        let destination = TextWidth.standard.sanitized(details.destination.draft.name)
        let question =
            withDestination
            ? Text(
                "Delete the flow “\(flow)”? Its files in \(place) stay; the destination “\(destination)” goes too."
            )
            : Text(
                "Delete the flow “\(flow)”? Its files in \(place) stay; the destination “\(destination)” stays."
            )
        guard
            yes || Confirmation.ask(question)
        else { throw Failure(Text("Nothing was deleted.")) }
        do {
            try await platform.removeFlow(
                details.flow, withDestination: withDestination, notingIn: opened.journal)
        } catch {
            throw Self.refusal(error, of: flow, details)
        }
        StandardError.write(Text("Deleted “\(flow)” (\(details.id)). Its files stay in \(place).").said)
        if output.json {
            try JSONText.print(
                FlowDeletion(
                    id: details.id.rawValue, name: details.flow.draft.name, filesRemainIn: details.location,
                    destinationRemoved: withDestination))
        }
    }

    private static func refusal(
        _ error: FlowServiceError, of flow: String, _ details: FlowDetails
    ) -> any Error {
        switch error {
        case .wrongState(_, _, let state, let request):
            return Failure(
                Text(
                    "The flow “\(flow)” is \(Text.state(state)), and nothing was deleted\(request): try again when that is over, as sluice runs list \(details.id) will show."
                )
            )
        case .inUse(_, let destination, let users, let request):
            let others = Text.quotedList(users)
            return Failure(
                Text(
                    "\(others) also exports to “\(destination)”, and nothing was deleted\(request): leave --with-destination out to delete the flow “\(flow)” alone."
                )
            )
        default: return error
        }
    }
}

/// What became of a flow that was deleted.
private struct FlowDeletion: Encodable {
    var id: String
    var name: String
    var filesRemainIn: String
    var destinationRemoved: Bool
}
