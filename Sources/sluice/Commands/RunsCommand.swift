// `sluice runs`: what was exported, and how it went.
import ArgumentParser
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: Text("List, show, start, retry and cancel runs.").said,
        discussion: .examples("sluice runs"),
        subcommands: [List.self, Show.self, RunStart.self, RunRetry.self, RunCancel.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: Text("List the newest runs, newest first.").said,
            discussion: .examples("sluice runs list \"Nightly backup\" --all"))

        var effect: CommandEffect { .looks }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .customLong("newest"), help: ArgumentHelp(Text("List so many."), valueName: "number"))
        var limit = 20
        @Flag(help: ArgumentHelp(Text("List all, however many there are.")))
        var all = false
        @Argument(
            help: ArgumentHelp(Text("Only the runs of this flow, by id or name."), valueName: "flow"),
            completion: .flowNames)
        var flow: String?

        func validate() throws {
            guard (1...100_000).contains(limit) else {
                throw ValidationError(Text("--newest is a number from 1 to 100,000."))
            }
        }

        func run() async throws {
            let opened = try await openPlatform()
            let platform = opened.flowService
            let flows =
                if let flow { [try await platform.flow(named: flow)] } else { try await platform.allFlows() }
            // One more than is shown says whether there are more.
            let runs = try await platform.newestRuns(of: flows, limit: all ? nil : limit + 1)
            let shown = all ? runs : Array(runs.prefix(limit))
            let exports = opened.exports
            let results = await shown.mapConcurrently { await RunResult($0, on: exports) }
            if output.json { try JSONText.print(results) } else { RunTable.print(results) }
            if shown.count < runs.count {
                StandardError.tell(
                    Text(
                        "These are the newest \(Formatting.count(shown.count)): --newest NUMBER lists more, --all all of them."
                    )
                )
            }
        }
    }

    struct Show: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: Text("Show a run with its files and errors.").said,
            discussion: .examples("sluice runs show 7b1f…"))

        var effect: CommandEffect { .looks }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: ArgumentHelp(Text("Id of the run."), valueName: "run"), completion: .runIDs) var run:
            String

        func run() async throws {
            let platform = try await openPlatform()
            let run = try await platform.flowService.run(Identifier(self.run))
            var result = await RunResult(run, on: platform.exports)
            result.history = try await platform.runControl?.history(of: run.id).result
            if output.json {
                try JSONText.print(result)
                return
            }
            RunTable.print([result])
            PlainTable.print(
                [Text("FILE"), Text("RECORDS"), Text("SIZE")],
                result.files.map {
                    [
                        result.written($0.path),
                        $0.records.map { Formatting.count($0) } ?? Text("unknown").said,
                        Formatting.bytes($0.bytes),
                    ]
                })
            if let problem = result.filesProblemText {
                print(Text("Files     \(TextWidth.standard.sanitized(problem.said))").said)
            }
            if let manifest = result.manifest {
                PlainTable.print(line: Text("Manifest  \(result.written(manifest))").said)
            }
            if let expiry = result.expiryTime { print(expiry.sentence().said) }
            result.history?.printText()
            for error in result.errors {
                print(Text("Error     \(TextWidth.standard.sanitized(error.text.said))").said)
            }
        }
    }
}
