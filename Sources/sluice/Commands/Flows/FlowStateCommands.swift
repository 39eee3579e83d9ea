// `sluice flows pause` and `resume`.
import ArgumentParser
import ExportDomain
import Languages
import TerminalKit

struct FlowPause: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: Text("Let a flow export nothing for now.").said,
        discussion: Text(
            "A run that is under way goes on to its end. What is missed is caught up after resuming."
        ).said(
            examples: "sluice flows pause \"Nightly backup\""))

    var effect: CommandEffect { .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var name: FlowName

    func run() async throws {
        try await FlowAction.disable.perform(on: name.flow, openPlatform(), output)
    }
}

struct FlowResume: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: Text("Let a flow that was paused export by its schedule again.").said,
        discussion: Text("An export that was missed meanwhile is due at once.").said(
            examples: "sluice flows resume \"Nightly backup\""))

    var effect: CommandEffect { .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var name: FlowName

    func run() async throws {
        try await FlowAction.enable.perform(on: name.flow, openPlatform(), output)
    }
}

extension FlowAction {
    fileprivate func perform(
        on name: String, _ opened: Platform, _ output: OutputOptions
    ) async throws {
        let platform = opened.flowService
        let flow = try await platform.flow(named: name)
        do {
            try await platform.perform(self, on: flow.id)
        } catch {
            guard case .wrongState(_, _, let state, let request) = error else { throw error }
            throw Failure(refusal(of: flow, state: state, request))
        }
        let details = try await platform.details(of: platform.flow(flow.id))
        let shown = TextWidth.standard.sanitized(flow.draft.name)
        StandardError.write(
            self == .disable ? Text("Paused “\(shown)”.").said : Text("Resumed “\(shown)”.").said)
        if output.json { try await FlowResult(details, on: opened).print(output) }
    }

    private func refusal(of flow: Flow, state: String, _ request: RefusedRequest) -> Text {
        let name = TextWidth.standard.sanitized(flow.draft.name)
        return switch FlowState(rawValue: state) {
        case .disabled:
            Text("The flow “\(name)” is paused already\(request); sluice flows resume lets it go on.")
        case .enabled: Text("The flow “\(name)” is not paused\(request); sluice flows pause does so.")
        default:
            Text(
                "The flow “\(name)” is \(Text.state(state))\(request): nothing was changed. Try again when that is over."
            )
        }
    }
}
