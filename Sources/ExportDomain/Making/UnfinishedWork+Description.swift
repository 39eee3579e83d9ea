// Work that was left half done, in words.
import FoundationEssentials
import Languages

extension UnfinishedWork: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// What was left half made, when, and what there is of it.
    public var text: Text {
        let clock = WallClock(startedAt)
        let left = Text("\(title) was left half made on \(clock.date) at \(clock.time) UTC")
        let made = doneSteps.isEmpty ? nil : Text.all(of: doneSteps.map(name))
        return switch (made, attempt.map { name(of: $0.step) }) {
        case (nil, nil): Text("\(left).")
        case (let made?, nil): Text("\(left): it has made \(made).")
        case (nil, let attempt?): Text("\(left): it may have made \(attempt).")
        case (let made?, let attempt?): Text("\(left): it has made \(made), and may have made \(attempt).")
        }
    }

    /// What it is, by its name.
    public var title: Text {
        switch task {
        case .export(let flow, _): Text("The export “\(flow.name)”")
        case .destination(let destination): Text("The destination “\(destination.name)”")
        case .otherAccount(let change): Text("The change of the destination “\(change.before.name)”")
        case .otherDatasets(let change): Text("The change of the flow “\(change.name)”")
        case .removedDestination(let removal): Text("The removal of the destination “\(removal.name)”")
        }
    }

    /// The name of the dataflow or destination that it is about.
    public var subjectName: String {
        switch task {
        case .export(let flow, _): flow.name
        case .destination(let destination): destination.name
        case .otherAccount(let change): change.before.name
        case .otherDatasets(let change): change.name
        case .removedDestination(let removal): removal.name
        }
    }

    /// What one of its steps makes, in words.
    public func name(of step: Step) -> Text {
        switch step {
        case .source:
            let count = sourceDraft?.datasets.count ?? 0
            return count == 1
                ? Text("the source connection of 1 dataset")
                : Text("the source connection of \(count) datasets")
        case .account: return Text("the account “\(newAccount?.name ?? String())”")
        case .target: return Text("the destination “\(targetName)”")
        case .flow: return Text("the flow “\(subjectName)”")
        case .telling: return Text("what the flow “\(subjectName)” tells")
        case .swap:
            return switch task {
            case .otherDatasets: Text("the switch of the flow “\(subjectName)” to them")
            case .removedDestination: Text("the removal of the destination “\(subjectName)”")
            case .export, .destination, .otherAccount:
                Text("the switch of the destination “\(subjectName)” to it")
            }
        case .removal:
            return if case .otherDatasets = task {
                Text("the removal of the source connection that it had before")
            } else {
                Text("the removal of the account that it had before")
            }
        }
    }

    /// The same as the beginning of a sentence.
    func subject(of step: Step) -> Text {
        switch step {
        case .source:
            let count = sourceDraft?.datasets.count ?? 0
            return count == 1
                ? Text("The source connection of 1 dataset")
                : Text("The source connection of \(count) datasets")
        case .account: return Text("The account “\(newAccount?.name ?? String())”")
        case .target: return Text("The destination “\(targetName)”")
        case .flow: return Text("The flow “\(subjectName)”")
        case .telling: return Text("What the flow “\(subjectName)” tells")
        case .swap:
            return switch task {
            case .otherDatasets: Text("The switch of the flow “\(subjectName)” to them")
            case .removedDestination: Text("The removal of the destination “\(subjectName)”")
            case .export, .destination, .otherAccount:
                Text("The switch of the destination “\(subjectName)” to it")
            }
        case .removal:
            return if case .otherDatasets = task {
                Text("The removal of the source connection that it had before")
            } else {
                Text("The removal of the account that it had before")
            }
        }
    }

    private var targetName: String {
        switch task {
        case .export(_, let destination): destination.name
        case .destination, .otherAccount, .otherDatasets, .removedDestination: subjectName
        }
    }
}
