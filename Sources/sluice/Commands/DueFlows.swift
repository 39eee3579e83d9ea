// `sluice runs start --due`: the schedules of all flows, kept by a timer of the system.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import Languages
import TerminalKit

/// Runs what is due, and says what came of it.
enum DueFlows {
    static func run(
        on platform: EmbeddedPlatform, _ output: OutputOptions, _ progress: ProgressOptions
    ) async throws {
        let outcomes = try await platform.runDueFlows()
        try Task.checkCancellation()
        var results: [DueFlowResult] = []
        for outcome in outcomes { results.append(await DueFlowResult(outcome, on: platform)) }
        if output.json { try JSONText.print(results) } else { RunTable.print(results.flatMap(\.runs)) }
        for outcome in outcomes { tell(outcome, progress) }
        if outcomes.contains(where: \.hasFailed) { throw ExitCode(ExitStatus.failed) }
    }

    private static func tell(_ outcome: DueOutcome, _ progress: ProgressOptions) {
        let name = TextWidth.standard.sanitized(outcome.flow.draft.name)
        if outcome.isElsewhere {
            progress.tell(Text("The flow “\(name)” is run by another process."))
        }
        let problems =
            outcome.runs.flatMap(\.metrics.errors).map(\.text)
            + [outcome.problem.map { Text.of($0) }].compactMap(\.self)
        for problem in problems {
            StandardError.tell(Text("The flow “\(name)”: \(TextWidth.standard.sanitized(problem.said))"))
        }
    }
}

/// What came of a flow that was due.
private struct DueFlowResult: Encodable {
    var flow: String
    var name: String
    var isElsewhere: Bool
    var problem: String?
    var runs: [RunResult] = []

    init(_ outcome: DueOutcome, on platform: EmbeddedPlatform) async {
        flow = outcome.flow.id.rawValue
        name = outcome.flow.draft.name
        isElsewhere = outcome.isElsewhere
        problem = outcome.problem?.description
        for run in outcome.runs { runs.append(await RunResult(run, on: platform)) }
    }
}
