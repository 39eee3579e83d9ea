// Runs made again and ended from the verification pane.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    /// What would set the run under the cursor right.
    private var mending: Mending? {
        guard let report = verification?.selectedReport else { return nil }
        let differing = report.verification.filesToExportAgain
        if report.run.status == .success, !differing.isEmpty {
            return .exportAgain(differing, report.run.id)
        }
        return report.run.status == .failed ? .retry(report.run.id) : nil
    }

    private enum Mending {
        case retry(Identifier<FlowRun>)
        case exportAgain([String], Identifier<FlowRun>)
    }

    var mendRunAction: Action<WizardAction> {
        let title = if case .retry? = mending { Text("Retry") } else { Text("Export again") }
        return Action(
            .mendRun, keys: [.character("x")], title: title,
            help: Text(
                "Make the run under the cursor again if it failed; write again what differs if it did not"),
            availability: availability(
                verification?.selectedReport == nil
                    ? Self.needsRun
                    : mending == nil
                        ? Text("The run has not failed, and nothing differs from what was exported") : nil),
            hint: setting.controlsRuns && mending != nil)
    }

    private static let needsRun = Text("Go to the run of a dataset first")

    var cancelRunAction: Action<WizardAction> {
        let report = verification?.selectedReport
        let isOver = report?.run.status.isOver ?? true
        return Action(
            .cancelRun, keys: [.character("c")], title: Text("Cancel run"),
            help: Text("End the run under the cursor, and remove what it has published; asks first"),
            isDangerous: true,
            availability: availability(
                report == nil ? Self.needsRun : isOver ? Text("The run is over") : nil),
            hint: setting.controlsRuns && !isOver)
    }

    private func availability(_ reason: Text?) -> Action<WizardAction>.Availability {
        if !setting.controlsRuns {
            return .disabled(because: Text("Runs of this platform cannot be made again or ended from here"))
        }
        if verification?.changeToken != nil { return .disabled(because: Text("A run is being changed")) }
        return reason.map { .disabled(because: $0) } ?? .enabled
    }

    mutating func mendRun() -> [WizardEffect] {
        switch mending {
        case .retry(let run)?: change(by: .retry(run))
        case .exportAgain(let files, let run)?: change(by: .exportAgain(files, of: run))
        case nil: []
        }
    }

    mutating func askToCancelRun() {
        guard let report = verification?.selectedReport else { return }
        let dataset = verification?.datasetName(of: report.run) ?? .empty
        overlay = .confirm(
            ConfirmDialog(
                question: Text("Cancel the run of “\(dataset)”?"),
                detail:
                    Text(
                        "What it has published is removed, and it has failed. The next run exports what it was to export."
                    ),
                yesTitle: Text("Cancel run")), .cancelRun(report.run.id))
    }

    mutating func cancel(_ run: Identifier<FlowRun>) -> [WizardEffect] { change(by: .cancelRun(run)) }

    private mutating func change(by request: WizardRequest) -> [WizardEffect] {
        let token = newToken()
        verification?.changeToken = token
        return [.request(request, token: token)]
    }
}
