// `sluice flows`: what is exported, where to and when.
import ArgumentParser
import ExportDomain
import FoundationEssentials
import Languages

struct FlowsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flows", abstract: Text("List, show, change, pause, resume and delete dataflows.").said,
        discussion: .examples("sluice flows"),
        subcommands: [
            List.self, Show.self, FlowEditCommand.self, FlowPause.self, FlowResume.self, FlowDelete.self,
            FlowsUnfinished.self,
        ], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: Text("List the flows, newest first; ends within thirty days are pointed out.").said,
            discussion: .examples("sluice flows list --json"))

        var effect: CommandEffect { .looks }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let platform = try await openPlatform().flowService
            let now = Date()
            let results = try await platform.allFlowOverviews().map {
                FlowResult($0.details, latest: $0.latest, now: now)
            }
            if output.json { try JSONText.print(results) } else { FlowResult.printTable(results) }
        }
    }

    struct Show: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: Text("Show a flow.").said,
            discussion: .examples("sluice flows show \"Nightly backup\""))

        var effect: CommandEffect { .looks }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var name: FlowName

        func run() async throws {
            let opened = try await openPlatform()
            let platform = opened.flowService
            let details = try await platform.details(of: platform.flow(named: name.flow))
            try await FlowResult(details, on: opened).print(output)
        }
    }
}

/// The flow that a command is about.
struct FlowName: ParsableArguments {
    @Argument(help: ArgumentHelp(Text("Id or name of the flow."), valueName: "flow"), completion: .flowNames)
    var flow: String
}

extension FlowService {
    /// The flow with an id or a name.
    /// - Throws: `Failure` for a name that no flow or several flows have.
    func flow(named nameOrID: String) async throws -> Flow {
        let flows = try await allFlows()
        let matches = flows.filter { $0.id.rawValue == nameOrID || $0.draft.name == nameOrID }
        if matches.count > 1 {
            throw Failure(
                Text(
                    "\(matches.count) flows are called “\(nameOrID)”: name one by its id, like \(matches[0].id)."
                )
            )
        }
        if let match = matches.first { return match }
        let hint = Suggestion.nearest(to: nameOrID, among: flows.map(\.draft.name))
        throw Failure(
            hint.map { Text("There is no flow “\(nameOrID)”; did you mean “\($0)”?") }
                ?? Text("There is no flow “\(nameOrID)”."))
    }
}
