// `sluice export PLAN.toml`: an export from a plan file.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import Languages
import PlanFile
import TerminalKit

struct ExportCommand: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: Text("Export what a plan file says, if it is due, and wait for it.").said,
        discussion: Text(
            """
            Makes the dataflow that the plan describes, or finds the same one. The wizard's Review saves such a file.

            On the platform that sluice carries, what is due is run here and now. On the platform of a profile the \
            runs are made there: they are waited for where they are due or will be within ten minutes. Of what is due \
            and has not begun after a quarter of an hour nothing more is expected. With --wait the next export is \
            waited for, whenever it is and however long it takes; with --no-wait nothing is. Who stops waiting stops \
            nothing there.
            """
        ).said(
            examples: "sluice export plan.toml --dry-run",
            "sluice export plan.toml --quiet",
            "sluice export plan.toml --profile acme --wait --json"))

    var effect: CommandEffect { dryRun ? .looks : .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup(title: Text("Log").said) var logging: LogOptions

    @Flag(help: ArgumentHelp(Text("Say what would be done, and do nothing.")))
    var dryRun = false

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(Text("Wait for the next export whenever it is, or for nothing.")))
    var wait: Bool?

    @Argument(
        help: ArgumentHelp(Text("The plan file."), valueName: "plan.toml"),
        completion: .file(extensions: ["toml"]))
    var plan: String

    func run() async throws {
        let platform = try await openPlatform(loggingTo: logging.log(always: false))
        let service = platform.flowService
        var plan = try PlanStore.read(path: plan, specs: try await service.connectionSpecs(), now: Date())
        plan.notifications = try plan.notifications(on: platform)
        if dryRun { return try await preview(plan, on: service) }
        let flow = try await service.flow(
            for: plan, notingIn: platform.journal, telling: platform.notificationSettings)
        // Also of one that was there before.
        if let notifications = plan.notifications {
            try await platform.notificationSettings?.setNotifications(notifications, of: flow.id)
        }
        let runs =
            if case .embedded(let embedded) = platform.kind {
                try await runDue(flow, on: embedded)
            } else {
                try await awaitRuns(of: flow, on: platform)
            }
        try Task.checkCancellation()
        try await Self.report(runs, of: flow, on: platform, output, progress)
        if runs.contains(where: { $0.status != .success }) { throw ExitCode(ExitStatus.failed) }
    }

    /// Runs what is due of a flow, here.
    private func runDue(_ flow: Flow, on platform: EmbeddedPlatform) async throws -> [FlowRun] {
        if wait == false {
            progress.tell(
                Text(
                    "The flow is made; sluice serve, the wizard and sluice schedule install run what is due.")
            )
            return []
        }
        let runs = try await following(flow, on: platform)
        try Task.checkCancellation()
        let next = flow.draft.schedule.occurrences(from: Date(), limit: 1).first
        guard runs.isEmpty else { return runs }
        guard wait == true, let next else {
            progress.tell(
                next.map { Text("Nothing is due: the next export is at \($0.rfc3339).") }
                    ?? Text("Nothing is due: its schedule has no further export."))
            return []
        }
        try await Task.sleep(for: .seconds(max(0, next.timeIntervalSinceNow)))
        return try await following(flow, on: platform)
    }

    private func following(_ flow: Flow, on platform: EmbeddedPlatform) async throws -> [FlowRun] {
        try await RunProgressLine(progress.line).following(flow.id, on: platform) {
            try await platform.runDue(flow: flow.id)
        }
    }

    /// Waits for the runs that a platform makes of a flow.
    private func awaitRuns(of flow: Flow, on platform: Platform) async throws -> [FlowRun] {
        let awaited = try await AwaitedExport(of: flow, on: platform.flowService)
        let patience: AwaitedExport.Patience =
            switch wait {
            case true?: .any
            case false?: .none
            case nil: .short
            }
        let name = TextWidth.standard.sanitized(flow.draft.name)
        switch awaited.decision(with: patience, now: Date()) {
        case .over:
            progress.tell(Text("Nothing is due: the schedule of “\(name)” has no further export."))
        case .later(let time):
            progress.tell(
                Text(
                    "“\(name)” exports at \(time.rfc3339), and nothing is waited for: sluice runs list \(flow.id) shows what comes of it."
                )
            )
        case .wait(let time):
            let line = progress.line
            defer { line.clear() }
            let runs = try await awaited.runs(at: time, patience: patience) { done in
                line.show(Text("The export of \(time.rfc3339): \(done) of \(awaited.datasets) datasets done"))
            }
            if let runs { return runs }
            throw Failure(
                Text(
                    "The flow “\(name)” is there, but its export of \(time.rfc3339) has not begun: sluice runs list \(flow.id) shows when it has."
                )
            )
        }
        return []
    }

    /// Prints runs that are over, what they have come to together, and what was wrong with them.
    static func report(
        _ runs: [FlowRun], of flow: Flow, on platform: Platform, _ output: OutputOptions,
        _ progress: ProgressOptions
    ) async throws {
        var results: [RunResult] = []
        for run in runs { results.append(await RunResult(run, on: platform.exports)) }
        for run in runs {
            for error in run.metrics.errors {
                StandardError.tell(.verbatim(TextWidth.standard.sanitized(error.text.said)))
            }
        }
        let done = runs.filter { $0.status == .success }
        if !done.isEmpty { progress.tell(RunTotals(done).sentence) }
        if output.json {
            try JSONText.print(ExportResult(flow: flow.id.rawValue, runs: results))
        } else {
            RunTable.print(results)
        }
    }

    private func preview(_ plan: ExportPlan, on service: any FlowService) async throws {
        let preview = try await PlanPreview(plan, on: service)
        if output.json {
            try JSONText.print(preview)
        } else {
            preview.printText()
        }
    }
}

extension ExportPlan {
    /// What its dataflow is to tell, with the program that is meant; nil where it says nothing of that.
    /// - Throws: `Failure` on a platform that tells nothing, and for a program that is not there.
    fileprivate func notifications(on platform: Platform) throws -> FlowNotifications? {
        guard var notifications, let name = notifications.command.first else { return nil }
        _ = try platform.telling()
        notifications.command[0] = try NotifyOptions.program(name)
        return notifications
    }
}

/// Runs as a table.
enum RunTable {
    static func print(_ runs: [RunResult]) {
        PlainTable.print(
            [
                Text("RUN"), Text("DATASET"), Text("STATUS"), Text("SCHEDULED (UTC)"), Text("RECORDS"),
                Text("SIZE"), Text("FILES"), Text("FOLDER"),
            ],
            runs.map {
                [
                    $0.id, $0.datasetId ?? Text("all datasets").said, Text.state($0.status).said,
                    $0.scheduledTime ?? Text("unknown").said,
                    $0.records.map { Formatting.count($0) } ?? Text("unknown").said,
                    $0.bytes.map { Formatting.bytes($0) } ?? Text("unknown").said,
                    $0.filesProblem == nil ? Formatting.count($0.files.count) : Text("unknown").said,
                    $0.folder.map($0.written) ?? Text("unknown").said,
                ]
            })
    }
}
