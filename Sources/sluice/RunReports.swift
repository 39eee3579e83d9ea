// What the verification pane shows of a dataflow's runs. The pane looks twice a second while a run goes on;
// what is over does not change that fast, and a distant storage should not be asked for it each time.
import EmbeddedPlatform
import ExportDomain
import ExportWizard

/// The reports of runs, those of finished runs kept for a few seconds.
actor RunReports {
    /// For how long the report of a finished run is shown again before its folder is listed anew.
    private static let keeping = Duration.seconds(5)

    private let platform: EmbeddedPlatform
    private var kept: [Identifier<FlowRun>: (report: RunReport, since: ContinuousClock.Instant)] = [:]

    init(of platform: EmbeddedPlatform) { self.platform = platform }

    /// The runs of a dataflow with what is in their folders, newest first.
    func reports(of flow: Identifier<Flow>) async throws -> [RunReport] {
        var reports: [RunReport] = []
        for run in try await platform.allRuns(of: flow) { reports.append(try await report(of: run)) }
        return reports
    }

    private func report(of run: FlowRun) async throws -> RunReport {
        let now = ContinuousClock.now
        if let (report, since) = kept[run.id], report.run == run, now - since < Self.keeping { return report }
        let report = RunReport(
            run: run, verification: try await platform.verification(of: run),
            expiry: try await platform.expiry(of: run))
        kept[run.id] = run.status.isOver ? (report, now) : nil
        return report
    }
}
