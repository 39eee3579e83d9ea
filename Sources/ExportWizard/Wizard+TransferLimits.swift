// How fast exports may be together, and how many files a run writes at a time, said and changed while they go on.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    var limitTransfersAction: Action<WizardAction> {
        let isUnderWay = verification?.latest.contains { !$0.run.status.isOver } ?? false
        return Action(
            .limitTransfers, keys: [.character("b")], title: Text("Limit"),
            help: Text("Say how many bytes a second all exports of this wizard may move together, each way"),
            availability: limitAvailability, hint: setting.controlsRuns && isUnderWay)
    }

    var limitFilesAction: Action<WizardAction> {
        Action(
            .limitFiles, keys: [.character("f")], title: Text("Files at a time"),
            help: Text("Say how many files each run of this wizard writes at the same time"),
            availability: limitAvailability, hint: false)
    }

    private var limitAvailability: Action<WizardAction>.Availability {
        setting.controlsRuns
            ? .enabled
            : .disabled(because: Text("Runs of this platform do not use this machine's network"))
    }

    mutating func askForRate() {
        overlay = .prompt(
            Prompt(purpose: .transferRate, field: TextField(transferLimits.rate?.text ?? "")))
    }

    mutating func askForFiles() {
        let files = transferLimits.files.map { "\($0.value)" }
        overlay = .prompt(Prompt(purpose: .filesAtATime, field: TextField(files ?? "")))
    }

    /// Limits transfers as a line says that was typed; nothing in it is no limit.
    mutating func limitTransfers(
        _ purpose: Prompt.Purpose, to text: String
    ) -> (effects: [WizardEffect], problem: Text?) {
        var limits = transferLimits
        switch purpose {
        case .filesAtATime:
            limits.files = FilesAtATime(text)
            if !text.isEmpty, limits.files == nil { return ([], Text("A number from 1 to 16")) }
        default:
            limits.rate = BytesPerSecond(text)
            if !text.isEmpty, limits.rate == nil {
                return ([], Text("A number with k, M or G, from 1k up, like 500k or 20M"))
            }
        }
        return ([.request(.limitTransfers(to: limits), token: newToken())], nil)
    }

    mutating func take(_ limits: TransferLimits) {
        let former = transferLimits
        transferLimits = limits
        message = Message(
            kind: .success, text: limits.files != former.files ? limits.filesText : limits.rateText)
    }

    /// What is said of runs under way: rate, time left, and what holds them back.
    func progressText(of verification: Verification) -> [Text] {
        let rate = transferLimits.rate.map { Text("limit \(Formatting.rate(Double($0.value)))") }
        let files = transferLimits.files.map { Text("\(Text.files($0.value)) at a time") }
        return verification.progressText + [rate, files].compactMap(\.self)
    }
}

extension TransferLimits {
    fileprivate var rateText: Text {
        guard let rate else { return Text("Exports move as fast as they can, until this wizard is left") }
        return Text(
            "Exports move at most \(Formatting.rate(Double(rate.value))) each way together, until this wizard is left"
        )
    }

    fileprivate var filesText: Text {
        guard let files else {
            return Text(
                "Each run writes as many files at a time as its destination gains by, until this wizard is left"
            )
        }
        return Text("Each run writes at most \(Text.files(files.value)) at a time, until this wizard is left")
    }
}
