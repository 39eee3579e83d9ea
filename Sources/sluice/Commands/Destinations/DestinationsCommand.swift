// `sluice destinations`: where exports go, and with which credentials.
import ArgumentParser
import ExportDomain
import Languages
import TerminalKit

struct DestinationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destinations",
        abstract: Text("Set up, test, show, change and remove destinations.").said,
        discussion: .examples("sluice destinations"),
        subcommands: [
            DestinationCatalog.self, List.self, DestinationAdd.self, DestinationEdit.self,
            DestinationTestCommand.self, Show.self, Remove.self,
        ], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: Text("List the destinations.").said,
            discussion: .examples("sluice destinations list --json"))

        var effect: CommandEffect { .looks }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let results = try await DestinationResult.all(on: openPlatform().flowService)
            if output.json { return try JSONText.print(results) }
            PlainTable.print(
                [Text("NAME"), Text("KIND"), Text("PLACE"), Text("ACCOUNT"), Text("USED BY")],
                results.map {
                    [
                        $0.name, $0.kind, $0.place, $0.account,
                        Text.flows($0.usedBy.count).said,
                    ]
                })
        }
    }

    struct Show: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: Text(
                "Show a destination. Of its secrets it says which are set, and never what they are."
            ).said,
            discussion: .examples("sluice destinations show Archive"))

        var effect: CommandEffect { .looks }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions
        @Argument(
            help: ArgumentHelp(Text("Name or id of the destination."), valueName: "name"),
            completion: .destinationNames) var name: String

        func run() async throws {
            let platform = try await openPlatform().flowService
            let target = try await platform.destination(named: name)
            let result = try await DestinationResult.one(target, on: platform)
            if output.json { try JSONText.print(result) } else { result.printText() }
        }
    }

    struct Remove: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: Text("Remove a destination, and its account where nothing else uses it.").said,
            discussion: Text("Refused while a flow exports to it. What was exported stays where it is.").said(
                examples: "sluice destinations remove Archive"))

        var effect: CommandEffect { .changes }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @Flag(name: [.long, .short], help: ArgumentHelp(Text("Do not ask."))) var yes = false
        @Argument(
            help: ArgumentHelp(Text("Name or id of the destination."), valueName: "name"),
            completion: .destinationNames) var name: String

        func run() async throws {
            let opened = try await openPlatform()
            let platform = opened.flowService
            let target = try await platform.destination(named: name)
            let users = try await platform.allFlows().filter { $0.draft.targetConnectionID == target.id }
            if !users.isEmpty {
                throw FlowServiceError.inUse(
                    what: "destination", name: target.draft.name, by: users.map(\.draft.name))
            }
            guard yes || Confirmation.ask(Text("Remove the destination “\(target.draft.name)”?")) else {
                throw Failure(Text("Nothing was removed."))
            }
            try await platform.removeDestination(target, notingIn: opened.journal)
            StandardError.write(
                Text("Removed \(TextWidth.standard.sanitized(target.draft.name)) (\(target.id)).").said)
        }
    }
}

extension FlowService {
    /// The destination with an id or a name.
    /// - Throws: `Failure` for a name that no destination or several have.
    func destination(named nameOrID: String) async throws -> TargetConnection {
        let targets = try await allTargetConnections()
        let matches = targets.filter { $0.id.rawValue == nameOrID || $0.draft.name == nameOrID }
        if matches.count > 1 {
            throw Failure(
                Text(
                    "\(matches.count) destinations are called “\(nameOrID)”: name one by its id, like \(matches[0].id)."
                )
            )
        }
        if let match = matches.first { return match }
        let hint = Suggestion.nearest(to: nameOrID, among: targets.map(\.draft.name))
        throw Failure(
            hint.map { Text("There is no destination “\(nameOrID)”; did you mean “\($0)”?") }
                ?? Text("There is no destination “\(nameOrID)”."))
    }

    /// The kind of destination that some words name: all of its name, a part that no other has, or what people
    /// call it for short.
    /// - Throws: `Failure`, with exit status 2, for words that none or several have.
    func kind(named words: String) async throws -> ConnectionSpec {
        let specs = try await connectionSpecs()
        let wanted = shortNames[words.lowercased()] ?? words.lowercased()
        let exact = specs.filter { $0.name.lowercased() == wanted }
        let matches = exact.isEmpty ? specs.filter { $0.name.lowercased().contains(wanted) } : exact
        if matches.count == 1, !wanted.isEmpty { return matches[0] }
        let names = Text.quotedList((matches.isEmpty ? specs : matches).map(\.name))
        let sentence =
            if !matches.isEmpty {
                Text("Several kinds of destination are called “\(words)”: \(names).")
            } else if let nearest = Suggestion.nearest(to: words, among: specs.map(\.name)) {
                Text("There is no kind of destination “\(words)”; did you mean “\(nearest)”?")
            } else {
                Text("There is no kind of destination “\(words)”; there is \(names).")
            }
        throw Failure(sentence, status: ExitStatus.usage)
    }
}

/// What kinds of destination are called for short.
private let shortNames = [
    "gcs": "google cloud storage", "adls": "azure data lake gen2", "dlz": "data landing zone",
]
