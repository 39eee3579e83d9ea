// `sluice runs retry` and `sluice runs cancel`: a run made again, and a run ended.
import ArgumentParser
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

struct RunRetry: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: Text("Make a run that failed again.").said,
        discussion: Text(
            """
            It writes what it was to write, under the same names, and is waited for, unless --no-wait is given: then \
            sluice serve, an open wizard or sluice runs start --due makes it. What a later run of the flow has \
            exported meanwhile is not exported twice: such a run is not made again, and the command says which has it.

            Failures that may pass by themselves are tried again without this command, up to four times within some \
            hours; sluice runs show says when.
            """
        ).said(
            examples: "sluice runs retry 7b1f…"))

    var effect: CommandEffect { .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var progress: ProgressOptions
    @Flag(help: ArgumentHelp(Text("Do not wait for the run.")))
    var noWait = false
    @Argument(help: ArgumentHelp(Text("Id of the run."), valueName: "run"), completion: .runIDs) var run:
        String

    func run() async throws {
        let opened = try await openPlatform()
        let control = try opened.runControl.offering("making runs again")
        let run = try await opened.flowService.run(Identifier(self.run))
        try await control.retry(run.id)
        if noWait { return }
        try await Self.finish(run, on: opened, output, progress)
    }

    /// Makes a run that waits, and prints what has become of it.
    static func finish(
        _ run: FlowRun, on platform: Platform, _ output: OutputOptions, _ progress: ProgressOptions
    ) async throws {
        try await RunProgressLine(progress.line).following(run.flowID, on: platform.flowService) {
            try await platform.runHere(run.flowID)
        }
        let flow = try await platform.flowService.flow(run.flowID)
        let made = try await platform.flowService.run(run.id)
        try await ExportCommand.report([made], of: flow, on: platform, output, progress)
        if made.status != .success { throw ExitCode(ExitStatus.failed) }
    }
}

struct RunCancel: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: Text("End a run that is waiting or under way.").said,
        discussion: Text(
            """
            Whichever process makes it stops within two seconds, and what it has published is removed. The run has \
            then failed, and the next run of the flow exports what it was to export; sluice runs retry makes it again. \
            A run that has failed and would be tried again is not any more.
            """
        ).said(
            examples: "sluice runs cancel 7b1f…"))

    var effect: CommandEffect { .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: ArgumentHelp(Text("Id of the run."), valueName: "run"), completion: .runIDs) var run:
        String

    func run() async throws {
        let opened = try await openPlatform()
        let id = Identifier<FlowRun>(run)
        do throws(FlowServiceError) {
            try await opened.runControl.offering("ending runs").cancel(id)
        } catch .wrongState(_, _, let state, _) {
            throw Failure(
                Text("The run “\(run)” is over (\(Text.state(state))): there is nothing to cancel."))
        }
        let result = await RunResult(try await opened.flowService.run(id), on: opened.exports)
        if output.json { try JSONText.print(result) } else { RunTable.print([result]) }
    }
}
