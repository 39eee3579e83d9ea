// The verification pane while it is open: it looks again by itself as long as something can change.
import ExportDomain
import FoundationEssentials
import Languages
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
        let sentence =
            failed > 0
            ? Text("Sluice: \(failed) of \(newest.count) runs of \(name) failed")
            : Text("Sluice: \(name) is exported")
        return (setting.notices.title ? [.setTitle(say(sentence))] : [])
            + (setting.notices.bell ? [.ringBell] : [])
            + (setting.notices.notification ? [.notify(say(sentence))] : [])
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
            overlay = .text(TextReader(title: Text("Run \(report.id)"), lines: runDetails(report).map(say)))
        case .older?:
            overlay = .text(
                TextReader(
                    title: Text("Older runs"),
                    lines: [
                        Text(
                            "The newest \(RunReport.mostShown) runs are shown here. All are listed by: sluice runs list --all"
                        ),
                        Text("All that they have exported is compared by: sluice verify"),
                    ].map(say)))
        case nil: break
        }
        return []
    }

    /// A run with all that is known of it, one fact a line.
    func runDetails(_ report: RunReport) -> [Text] {
        let run = report.run
        let metrics = run.metrics
        let facts: [(Text, Text?)] = [
            (
                Text("Dataset"),
                (verification?.datasetName(of: run)).map {
                    run.namesDataset ? Text("\($0) (\(run.datasetID))") : $0
                }
            ),
            (Text("Status"), run.status.title),
            (Text("Scheduled"), (run.scheduledTime?.rfc3339).map(Text.verbatim)),
            (Text("Started"), (metrics.startedAt?.rfc3339).map(Text.verbatim)),
            (Text("Completed"), (metrics.completedAt?.rfc3339).map(Text.verbatim)),
            (Text("Deleted by the platform"), (report.expiry?.rfc3339).map(Text.verbatim)),
            (Text("Folder"), report.problem == nil ? .verbatim(report.verification.folder + "/") : nil),
            (Text("Records written"), metrics.outputRecords.map { .verbatim(Formatting.count($0)) }),
            (Text("Records left out"), metrics.skippedRecords.map { .verbatim(Formatting.count($0)) }),
            (Text("Bytes read"), metrics.inputBytes.map { .verbatim(Formatting.count($0)) }),
            (Text("Bytes written"), metrics.outputBytes.map { .verbatim(Formatting.count($0)) }),
            (Text("Files written"), metrics.outputFiles.map { .verbatim(Formatting.count($0)) }),
        ]
        var lines = facts.compactMap { name, value in value.map { Text("\(name): \($0)") } }
        if !metrics.errors.isEmpty {
            lines += [.empty, Text("Errors")] + metrics.errors.map(\.fullText)
        }
        if let problem = report.problem { lines += [.empty, Text("Files"), problem] }
        if !report.verification.findings.isEmpty {
            lines += [.empty, Text("Differences")] + report.verification.findings.map(\.text)
        }
        return lines
    }
}
