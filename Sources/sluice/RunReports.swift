// What the verification pane shows of a dataflow's runs. The pane looks twice a second while a run goes on; a folder
// is listed again only now and then, the seldomer the longer that takes, so that looking is never what a machine or a
// distant storage is busy with.
import ExportDomain
import ExportWizard
import Languages

/// The reports of runs, which are kept for a while.
actor RunReports {
    /// A report, and what it has cost.
    private struct Kept {
        var report: RunReport
        var since: ContinuousClock.Instant
        var cost: Duration

        /// Whether it is shown again for a run as it is now.
        func holds(for run: FlowRun, at now: ContinuousClock.Instant) -> Bool {
            // What a run has come to is seen at once.
            guard run.status == report.run.status else { return false }
            if run.status.isOver, run != report.run { return false }
            let keeping = run.status.isOver ? max(.seconds(5), cost * 30) : max(.milliseconds(400), cost * 10)
            return now - since < keeping
        }
    }

    private let flowService: any FlowService
    private let exports: any StoredExports
    private var kept: [Identifier<FlowRun>: Kept] = [:]

    init(of flowService: any FlowService, _ exports: any StoredExports) {
        self.flowService = flowService
        self.exports = exports
    }

    /// The newest runs of a dataflow with what is in their folders, newest first, as many as the pane shows.
    ///
    /// - Parameter isFresh: whether all folders are listed anew.
    func reports(of flow: Identifier<Flow>, isFresh: Bool) async throws -> [RunReport] {
        let runs = try await flowService.newestRuns(of: flow, limit: RunReport.mostShown)
        let reports = await runs.mapConcurrently { await self.report(of: $0, isFresh: isFresh) }
        // Runs that are shown no more are kept no more.
        kept = kept.filter { id, _ in runs.contains { $0.id == id } }
        return reports
    }

    /// A folder that cannot be looked into takes nothing from the runs: they are shown with the reason.
    private func report(of run: FlowRun, isFresh: Bool) async -> RunReport {
        let begun = ContinuousClock.now
        if !isFresh, let kept = kept[run.id], kept.holds(for: run, at: begun) {
            var report = kept.report
            report.run = run
            return report
        }
        var report: RunReport
        do {
            report = RunReport(
                run: run, verification: try await exports.verification(of: run),
                expiry: try await exports.expiry(of: run))
        } catch .unavailable(_, let reason) {
            report = RunReport(run: run, problem: reason)
        } catch {
            report = RunReport(run: run, problem: error.text)
        }
        // What is the same shares its memory, so that nobody compares ten thousand files to see that.
        if let before = kept[run.id]?.report, before.verification == report.verification {
            report.verification = before.verification
        }
        let now = ContinuousClock.now
        kept[run.id] = Kept(report: report, since: now, cost: now - begun)
        return report
    }
}
