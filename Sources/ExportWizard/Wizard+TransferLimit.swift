// How fast exports may be together, said and changed while they go on.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    var limitTransfersAction: Action<WizardAction> {
        let isUnderWay = verification?.latest.contains { !$0.run.status.isOver } ?? false
        return Action(
            .limitTransfers, keys: [.character("b")], title: Text("Limit"),
            help: Text("Say how many bytes a second all exports of this wizard may move together, each way"),
            availability: setting.controlsRuns
                ? .enabled
                : .disabled(because: Text("Runs of this platform do not use this machine's network")),
            hint: setting.controlsRuns && isUnderWay)
    }

    mutating func askForLimit() {
        overlay = .prompt(
            Prompt(purpose: .transferLimit, field: TextField(transferLimit?.text ?? "")))
    }

    mutating func limitTransfers(to limit: BytesPerSecond?) -> [WizardEffect] {
        [.request(.limitTransfers(to: limit), token: newToken())]
    }

    mutating func take(limit: BytesPerSecond?) {
        transferLimit = limit
        message = Message(
            kind: .success,
            text: limitText ?? Text("Exports move as fast as they can, until this wizard is left"))
    }

    /// How fast exports may be; nil where they may be as fast as they can.
    private var limitText: Text? {
        transferLimit.map {
            Text(
                "Exports move at most \(Formatting.rate(Double($0.value))) each way together, until this wizard is left"
            )
        }
    }

    /// What is said of runs under way: rate, time left, and what holds them back.
    func progressText(of verification: Verification) -> [Text] {
        let limit = transferLimit.map { Text("limit \(Formatting.rate(Double($0.value)))") }
        return verification.progressText + (limit.map { [$0] } ?? [])
    }
}
