// `sluice export PLAN.toml`: an export from a plan file.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import PlanFile
import TerminalKit

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Export what a plan file says, if it is due, and wait for it.",
        discussion: """
            Makes the dataflow that the plan describes, or finds the same one, and runs what is due. \
            The wizard's Review saves such a file.
            """)

    @OptionGroup var options: PlatformOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @Argument(help: ArgumentHelp("The plan file.", valueName: "plan.toml"))
    var plan: String

    func run() async throws {
        let now = Date()
        let platform = try options.openPlatform()
        let plan = try PlanStore.read(path: plan, specs: try await platform.connectionSpecs(), now: now)
        if dryRun {
            try await preview(plan, on: platform)
            return
        }
        let flow = try await platform.flow(for: plan)
        let runs = try await platform.runDue(flow: flow.id)
        try Task.checkCancellation()
        if runs.isEmpty { explainNothingDue(flow, now: now) }
        try await report(runs, of: flow, on: platform)
        if runs.contains(where: { $0.status != .success }) { throw ExitCode(ExitStatus.failed) }
    }

    private func report(_ runs: [FlowRun], of flow: Flow, on platform: EmbeddedPlatform) async throws {
        var results: [RunResult] = []
        for run in runs { results.append(try await RunResult(run, on: platform)) }
        for run in runs {
            for error in run.metrics.errors { StandardError.write("sluice: \(error.message)") }
        }
        if output.json {
            try JSONText.print(ExportResult(flow: flow.id.rawValue, runs: results))
        } else {
            RunTable.print(results)
        }
    }

    private func explainNothingDue(_ flow: Flow, now: Date) {
        let next = flow.draft.schedule.occurrences(from: now, limit: 1).first
        let words = next.map { "the next export is at \($0.rfc3339)" } ?? "its schedule has no further export"
        StandardError.write("sluice: Nothing is due: \(words).")
    }

    private func preview(_ plan: ExportPlan, on platform: EmbeddedPlatform) async throws {
        let preview = try await PlanPreview(plan, on: platform)
        if output.json {
            try JSONText.print(preview)
        } else {
            preview.printText()
        }
    }
}

/// Runs as a table.
enum RunTable {
    static func print(_ runs: [RunResult]) {
        PlainTable.print(
            ["RUN", "DATASET", "STATUS", "SCHEDULED (UTC)", "RECORDS", "SIZE", "FILES", "FOLDER"],
            runs.map {
                [
                    $0.id, $0.datasetId, $0.status, $0.scheduledTime ?? "unknown",
                    $0.records.map { Formatting.count($0) } ?? "unknown",
                    $0.bytes.map { Formatting.bytes($0) } ?? "unknown", Formatting.count($0.files.count),
                    $0.folder,
                ]
            })
    }
}
