// `sluice runs start`: an export outside of the schedule.
import ArgumentParser
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

struct RunStart: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: Text("Export datasets of a flow now, or whatever is due.").said,
        usage: """
            sluice runs start [<options>] <flow> [<dataset> ...]
            sluice runs start [<options>] --due
            """,
        discussion: Text(
            """
            Each dataset exports what the next scheduled run would have exported; the schedule stays as it is. \
            Waits until the runs are over, unless --no-wait is given: then the ids are printed. On the platform \
            that sluice carries they are then made by sluice serve or an open wizard; runs that nobody makes, because \
            sluice was killed or stopped, are gone on with first, and no run is made of a dataset of which nothing \
            has arrived since it was exported last.

            With --due, the schedules are kept from here: whatever is due of all flows is run, what was interrupted is \
            gone on with, and what another process runs is left to it. That is for cron and systemd timers.
            """
        ).said(
            examples: "sluice runs start \"Nightly backup\"",
            "sluice runs start \"Nightly backup\" Orders --no-wait",
            "sluice runs start --due --quiet"))

    var effect: CommandEffect { .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup(title: Text("Log").said) var logging: LogOptions
    @Flag(help: ArgumentHelp(Text("Do not wait for the runs; print their ids.")))
    var noWait = false
    @Flag(help: ArgumentHelp(Text("Run whatever is due of all flows, instead of a flow that is named.")))
    var due = false
    @Argument(help: ArgumentHelp(Text("Id or name of the flow."), valueName: "flow"), completion: .flowNames)
    var flow: String?
    @Argument(
        help: ArgumentHelp(
            Text("Ids or names of datasets; all of the flow if none is given."), valueName: "dataset"),
        completion: .datasetNames)
    var datasets: [String] = []

    func validate() throws {
        if due, flow != nil || noWait {
            throw ValidationError(Text("--due takes all flows, and waits for them."))
        }
        if !due, flow == nil { throw ValidationError(Text("Name a flow, or give --due.")) }
    }

    func run() async throws {
        let log = try logging.log(always: false)
        guard let flow else {
            let platform = try openEmbedded(for: .dueRuns, loggingTo: log)
            return try await DueFlows.run(on: platform, output, progress)
        }
        let opened = try await openPlatform(loggingTo: log)
        let platform = opened.flowService
        let details = try await platform.details(of: platform.flow(named: flow))
        let chosen =
            try datasets.isEmpty
            ? details.datasets : datasets.map { try details.exportedDataset(named: $0) }
        let left = noWait ? [] : try await opened.leftRuns(of: details, progress)
        var runs = try await finishedRuns(left.map(\.id), of: details, on: opened)
        let rest = try await opened.withSomethingNew(
            chosen.filter { dataset in !left.contains { $0.datasetID == dataset.id } }, of: details, progress)
        let ids = rest.isEmpty ? [] : try await begin(rest, of: details, on: opened)
        if noWait { return try printIDs(ids, of: details) }
        runs += try await finishedRuns(ids, of: details, on: opened)
        try await ExportCommand.report(runs, of: details.flow, on: opened, output, progress)
        if runs.contains(where: { $0.status != .success }) { throw ExitCode(ExitStatus.failed) }
    }

    private func begin(
        _ datasets: [DatasetReference], of details: FlowDetails, on platform: Platform
    ) async throws -> [Identifier<FlowRun>] {
        do {
            return try await platform.flowService.exportNow(datasets.map(\.id), of: details.id)
        } catch {
            throw Failure(
                try await platform.whoExports(details, insteadOf: error) ?? details.refusalToExportNow(error))
        }
    }

    /// How often another machine is asked how its runs stand.
    private static let distantPause = Duration.seconds(2)

    /// Waits for the runs, and makes them where nobody else does.
    private func finishedRuns(
        _ ids: [Identifier<FlowRun>], of details: FlowDetails, on platform: Platform
    ) async throws -> [FlowRun] {
        if ids.isEmpty { return [] }
        let line = RunProgressLine(progress.line)
        defer { line.clear() }
        let service = platform.flowService
        let pause = platform.isEmbedded ? Duration.milliseconds(200) : Self.distantPause
        async let runs = service.finishedRuns(ids, pause: pause) { line.take($0) }
        try await platform.runHere(details.id)
        return try await runs
    }

    private func printIDs(_ ids: [Identifier<FlowRun>], of details: FlowDetails) throws {
        if output.json {
            try JSONText.print(BegunRuns(flow: details.id.rawValue, runs: ids.map(\.rawValue)))
        } else {
            for id in ids { print(id) }
        }
    }
}

/// Runs that were begun and are not waited for.
private struct BegunRuns: Encodable {
    var flow: String
    var runs: [String]
}

extension FlowDetails {
    /// The dataset of the flow that a person named.
    /// - Throws: `Failure` for one that it does not export, or that cannot be told from another.
    func exportedDataset(named name: String) throws -> DatasetReference {
        do { return try dataset(named: name) } catch {
            throw Failure(.of(error), status: ExitStatus.usage)
        }
    }
}
