// What the verification pane shows of a dataflow's runs. The pane looks twice a second while a run goes on;
// what is over does not change that fast, and a distant storage should not be asked for it each time.
import ExportDomain
import ExportWizard

/// The reports of runs, those of finished runs kept for a few seconds.
actor RunReports {
    /// For how long the report of a finished run is shown again before its folder is listed anew.
    private static let keeping = Duration.seconds(5)

    private let flowService: any FlowService
    private let exports: any StoredExports
    private var kept: [Identifier<FlowRun>: (report: RunReport, since: ContinuousClock.Instant)] = [:]

    init(of flowService: any FlowService, _ exports: any StoredExports) {
        self.flowService = flowService
        self.exports = exports
    }

    /// The newest runs of a dataflow with what is in their folders, newest first, as many as the pane shows.
    func reports(of flow: Identifier<Flow>) async throws -> [RunReport] {
        let runs = try await flowService.newestRuns(of: flow, limit: RunReport.mostShown)
        let reports = await runs.mapConcurrently { await self.report(of: $0) }
        // Runs that are shown no more are kept no more.
        kept = kept.filter { id, _ in runs.contains { $0.id == id } }
        return reports
    }

    /// A folder that cannot be looked into takes nothing from the runs: they are shown with the reason.
    private func report(of run: FlowRun) async -> RunReport {
        let now = ContinuousClock.now
        if let (report, since) = kept[run.id], report.run == run, now - since < Self.keeping { return report }
        let report: RunReport
        do {
            report = RunReport(
                run: run, verification: try await exports.verification(of: run),
                expiry: try await exports.expiry(of: run))
        } catch .unavailable(_, let reason) {
            report = RunReport(run: run, problem: reason)
        } catch {
            report = RunReport(run: run, problem: error.description)
        }
        kept[run.id] = run.status.isOver ? (report, now) : nil
        return report
    }
}
