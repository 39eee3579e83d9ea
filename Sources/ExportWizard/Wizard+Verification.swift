// The verification pane while it is open: it looks again by itself as long as something can change.
import ExportDomain
import FoundationEssentials
import TerminalKit

extension Wizard {
    /// Asks for the runs.
    ///
    /// - Parameter isFresh: whether all folders are to be listed anew.
    mutating func loadRuns(isFresh: Bool = false) -> [WizardEffect] {
        guard let flow = verification?.flow.id else { return [] }
        let token = newToken()
        verification?.reports = .loading(token: token)
        return [.request(.runs(flow, isFresh: isFresh), token: token)]
    }

    mutating func take(_ reports: [RunReport], at moment: Moment) -> [WizardEffect] {
        let ended = verification?.take(reports, now: moment.now) ?? []
        guard let verification else { return [] }
        let notices = ended.isEmpty ? [] : notices(of: verification)
        if verification.isLive(now: moment.now) {
            return notices + wakeVerification(after: setting.lookInterval)
        }
        guard let next = verification.nextOccurrence(after: moment.now) else { return notices }
        return notices + wakeVerification(after: max(1, next.timeIntervalSince(moment.now)))
    }

    /// What tells somebody who looks elsewhere that runs have ended; nothing while others go on.
    private func notices(of verification: Verification) -> [WizardEffect] {
        guard verification.latest.allSatisfy(\.run.status.isOver),
            let newest = verification.tree.exports.first?.reports
        else { return [] }
        let failed = newest.count { $0.run.status == .failed }
        let name = verification.flow.draft.name
        let title =
            failed > 0
            ? "Sluice: \(failed) of \(newest.count) runs of \(name) failed"
            : "Sluice: \(name) is exported"
        return (setting.notices.title ? [.setTitle(title)] : []) + (setting.notices.bell ? [.ringBell] : [])
    }

    mutating func wakeVerification(after seconds: Double) -> [WizardEffect] {
        let token = newToken()
        verification?.wakeToken = token
        return [.wake(after: seconds, token: token)]
    }

    mutating func refreshVerification(wokenBy token: Int) -> [WizardEffect] {
        guard verification?.wakeToken == token else { return [] }
        return loadRuns()
    }

    /// Opens what the cursor is on: the records of a file, or a run in full; or folds it.
    mutating func openSelected() -> [WizardEffect] {
        switch verification?.selected {
        case .file(let file, let report)? where !file.isManifest || file.state != .differs:
            return openRecords(of: file.file, in: report.run.id)
        case .flow?, .export?, .folder?:
            if let row = verification?.list.selectedRow { verification?.toggleFold(row: row) }
        case .file?, .run?, .error?, .unseen?, .finding?:
            guard let report = verification?.selectedReport else { break }
            overlay = .text(TextReader(title: "Run \(report.id)", lines: runDetails(report)))
        case .older?:
            overlay = .text(
                TextReader(
                    title: "Older runs",
                    lines: [
                        "The newest \(RunReport.mostShown) runs are shown here. All are listed by: sluice runs list --all",
                        "All that they have exported is compared by: sluice verify",
                    ]))
        case nil: break
        }
        return []
    }

    /// A run with all that is known of it, one fact a line.
    func runDetails(_ report: RunReport) -> [String] {
        let run = report.run
        let metrics = run.metrics
        let facts: [(String, String?)] = [
            (
                "Dataset",
                (verification?.datasetName(of: run) ?? "") + (run.namesDataset ? " (\(run.datasetID))" : "")
            ),
            ("Status", run.status.title),
            ("Scheduled", run.scheduledTime?.rfc3339),
            ("Started", metrics.startedAt?.rfc3339),
            ("Completed", metrics.completedAt?.rfc3339),
            ("Deleted by the platform", report.expiry?.rfc3339),
            ("Folder", report.problem == nil ? report.verification.folder + "/" : nil),
            ("Records written", metrics.outputRecords.map { Formatting.count($0) }),
            ("Records left out", metrics.skippedRecords.map { Formatting.count($0) }),
            ("Bytes read", metrics.inputBytes.map { Formatting.count($0) }),
            ("Bytes written", metrics.outputBytes.map { Formatting.count($0) }),
            ("Files written", metrics.outputFiles.map { Formatting.count($0) }),
        ]
        var lines = facts.compactMap { name, value in value.map { "\(name): \($0)" } }
        if !metrics.errors.isEmpty {
            lines += ["", "Errors"] + metrics.errors.map { "\($0.message) (\($0.code))" }
        }
        if let problem = report.problem { lines += ["", "Files", problem] }
        if !report.verification.findings.isEmpty {
            lines += ["", "Differences"] + report.verification.findings.map(\.description)
        }
        return lines
    }
}
