// `sluice destinations`: where exports go, and with which credentials.
import ArgumentParser
import ExportDomain
import TerminalKit

struct DestinationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destinations",
        abstract: "Set up, test, show, change and remove destinations.",
        subcommands: [
            DestinationCatalog.self, List.self, DestinationAdd.self, DestinationEdit.self,
            DestinationTestCommand.self, Show.self, Remove.self,
        ], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the destinations.")

        @OptionGroup var options: PlatformOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let results = try await DestinationResult.all(on: options.openPlatform().flowService)
            if output.json { return try JSONText.print(results) }
            PlainTable.print(
                ["NAME", "KIND", "PLACE", "ACCOUNT", "USED BY"],
                results.map {
                    [
                        $0.name, $0.kind, $0.place, $0.account,
                        Formatting.count($0.usedBy.count, "flow", "flows"),
                    ]
                })
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a destination. Of its secrets it says which are set, and never what they are.")

        @OptionGroup var options: PlatformOptions
        @OptionGroup var output: OutputOptions
        @Argument(
            help: ArgumentHelp("Name or id of the destination.", valueName: "name"),
            completion: .destinationNames) var name: String

        func run() async throws {
            let platform = try await options.openPlatform().flowService
            let target = try await platform.destination(named: name)
            let result = try await DestinationResult.one(target, on: platform)
            if output.json { try JSONText.print(result) } else { result.printText() }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a destination, and its account where nothing else uses it.",
            discussion: "Refused while a flow exports to it. What was exported stays where it is.")

        @OptionGroup var options: PlatformOptions
        @Flag(name: [.long, .short], help: "Do not ask.") var yes = false
        @Argument(
            help: ArgumentHelp("Name or id of the destination.", valueName: "name"),
            completion: .destinationNames) var name: String

        func run() async throws {
            let opened = try await options.openPlatform()
            let platform = opened.flowService
            let target = try await platform.destination(named: name)
            let users = try await platform.allFlows().filter { $0.draft.targetConnectionID == target.id }
            if !users.isEmpty {
                throw FlowServiceError.inUse(
                    what: "destination", name: target.draft.name, by: users.map(\.draft.name))
            }
            guard yes || Confirmation.ask("Remove the destination “\(target.draft.name)”?") else {
                throw Failure(sentence: "Nothing was removed.")
            }
            try await platform.removeDestination(target, notingIn: opened.journal)
            StandardError.write("Removed \(TextWidth.standard.sanitized(target.draft.name)) (\(target.id)).")
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
                sentence:
                    "\(matches.count) destinations are called “\(nameOrID)”: name one by its id, like \(matches[0].id)."
            )
        }
        if let match = matches.first { return match }
        let hint = Suggestion.nearest(to: nameOrID, among: targets.map(\.draft.name))
        throw Failure(
            sentence: hint.map { "There is no destination “\(nameOrID)”; did you mean “\($0)”?" }
                ?? "There is no destination “\(nameOrID)”.")
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
        let names = (matches.isEmpty ? specs : matches).map { "“\($0.name)”" }.joined(separator: ", ")
        let nearest = Suggestion.nearest(to: words, among: specs.map(\.name))
        let hint = nearest.map { "did you mean “\($0)”?" } ?? "there is \(names)."
        throw Failure(
            sentence: matches.isEmpty
                ? "There is no kind of destination “\(words)”; \(hint)"
                : "Several kinds of destination are called “\(words)”: \(names).", status: ExitStatus.usage)
    }
}

/// What kinds of destination are called for short.
private let shortNames = [
    "gcs": "google cloud storage", "adls": "azure data lake gen2", "dlz": "data landing zone",
]
