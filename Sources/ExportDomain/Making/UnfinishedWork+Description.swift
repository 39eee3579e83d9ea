// Work that was left half done, in words.
import FoundationEssentials

extension UnfinishedWork: CustomStringConvertible {
    /// What was left half made, when, and what there is of it.
    public var description: String {
        let clock = WallClock(startedAt)
        var parts = ["\(title) was left half made on \(clock.date) at \(clock.time) UTC"]
        let names = doneSteps.map(name)
        if let last = names.last {
            let others = names.dropLast().joined(separator: ", ")
            parts.append(": it has made \(others.isEmpty ? last : "\(others) and \(last)")")
        }
        if let attempt {
            parts.append("\(names.isEmpty ? ": it" : ", and") may have made \(name(of: attempt.step))")
        }
        return parts.joined() + "."
    }

    /// What it is, by its name.
    public var title: String {
        switch task {
        case .export(let flow, _): "The export “\(flow.name)”"
        case .destination(let destination): "The destination “\(destination.name)”"
        case .otherAccount(let change): "The change of the destination “\(change.before.name)”"
        case .otherDatasets(let change): "The change of the flow “\(change.name)”"
        case .removedDestination(let removal): "The removal of the destination “\(removal.name)”"
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
    public func name(of step: Step) -> String {
        switch step {
        case .source:
            let count = sourceDraft?.datasets.count ?? 0
            return "the source connection of \(count == 1 ? "1 dataset" : "\(count) datasets")"
        case .account: return "the account “\(newAccount?.name ?? "")”"
        case .target: return "the destination “\(targetName)”"
        case .flow: return "the flow “\(subjectName)”"
        case .telling: return "what the flow “\(subjectName)” tells"
        case .swap:
            return switch task {
            case .otherDatasets: "the switch of the flow “\(subjectName)” to them"
            case .removedDestination: "the removal of the destination “\(subjectName)”"
            case .export, .destination, .otherAccount: "the switch of the destination “\(subjectName)” to it"
            }
        case .removal:
            return if case .otherDatasets = task {
                "the removal of the source connection that it had before"
            } else {
                "the removal of the account that it had before"
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
