// An export while it is made: several entities, one after the other, any of which may be the last that is made before
// the program is killed or the network is gone. This value is what is remembered of it meanwhile.
import FoundationEssentials

/// An export, or a destination alone, of which some entities are made and others are not.
///
/// It holds no secrets.
public struct UnfinishedExport: Sendable, Hashable, Codable, Identifiable {
    /// Names it on this machine: a lowercase UUID.
    public let id: String
    /// When its making began.
    public let startedAt: Date
    /// The destination; one that exists, or one that is to be made too.
    public let destination: Destination
    /// The dataflow; nil where the destination alone is made.
    public let flow: Dataflow?
    /// What is made, as far as that is known.
    public private(set) var made = Made()
    /// What was asked for, and may be made or not; nil between two steps.
    public private(set) var attempt: Attempt?

    /// Where the export goes.
    public enum Destination: Sendable, Hashable, Codable {
        /// To a destination that there was before.
        case existing(Identifier<TargetConnection>, name: String)
        /// To one that is to be made.
        case new(NewDestination)
    }

    /// A destination that is to be made.
    public struct NewDestination: Sendable, Hashable, Codable {
        /// Its name.
        public var name: String
        /// For colleagues; empty if there is none.
        public var description: String
        /// The kind of destination.
        public var connectionSpecID: Identifier<ConnectionSpec>
        /// Location and file options.
        public var parameters: [String: JSONValue]
        /// The account with the credentials.
        public var account: Account

        /// The account of a destination.
        public enum Account: Sendable, Hashable, Codable {
            /// One that there was before.
            case existing(Identifier<BaseConnection>)
            /// One to be made; its credentials by their form, nil where the platform provides the storage.
            case new(name: String, specName: String?)
        }
    }

    /// A dataflow that is to be made.
    public struct Dataflow: Sendable, Hashable, Codable {
        /// Its name.
        public var name: String
        /// The recipe for its kind of destination.
        public var flowSpecID: Identifier<FlowSpec>
        /// Its datasets, at least one.
        public var datasets: [DatasetReference]
        /// When it exports.
        public var schedule: Schedule
        /// The folders of each run.
        public var folderTemplate: FolderTemplate
        /// What becomes of records that are not JSON objects.
        public var malformedRecords: MalformedRecords
    }

    /// The entities of an export, in the order in which they are made.
    public enum Step: String, Sendable, Hashable, Codable, CaseIterable {
        /// The datasets.
        case source
        /// The credentials.
        case account
        /// The location.
        case target
        /// The dataflow.
        case flow
    }

    /// The ids of what is made.
    public struct Made: Sendable, Hashable, Codable {
        /// The datasets.
        public var source: Identifier<SourceConnection>?
        /// The credentials.
        public var account: Identifier<BaseConnection>?
        /// The location.
        public var target: Identifier<TargetConnection>?
        /// The dataflow.
        public var flow: Identifier<Flow>?
    }

    /// A creation that was asked for.
    public struct Attempt: Sendable, Hashable, Codable {
        /// What was to be made.
        public var step: Step
        /// The entities that looked the same before: none of them was made by it.
        public var known: Set<String>
    }

    /// Describes an export of which nothing is made yet.
    public init(destination: Destination, flow: Dataflow?, startedAt: Date = Date()) {
        id = UUID().uuidString.lowercased()
        // As a file has it.
        self.startedAt = Date(timeIntervalSince1970: startedAt.timeIntervalSince1970.rounded(.down))
        self.destination = destination
        self.flow = flow
    }
}

extension UnfinishedExport {
    /// What is to be made next; nil where everything is made.
    public var nextStep: Step? { Step.allCases.first { isNeeded($0) && !isMade($0) } }

    /// Whether nothing is made, and nothing was asked for.
    public var isUntouched: Bool { made == Made() && attempt == nil }

    /// What is made, in the order in which it was.
    public var madeSteps: [Step] { Step.allCases.filter(isMade) }

    /// Whether both make the same dataflow to a destination of the same name.
    public func makesTheSame(as other: UnfinishedExport) -> Bool {
        flow != nil && flow == other.flow && destination.name == other.destination.name
    }

    /// Whether a destination of its name, as it is found now, is the one that the export goes to or has made.
    func fits(_ found: TargetConnection?) -> Bool {
        switch destination {
        case .existing(let id, _): found?.id == id
        case .new: found == nil || made.target == found?.id || attempt?.step == .target
        }
    }

    private func isNeeded(_ step: Step) -> Bool {
        switch (step, destination) {
        case (.source, _), (.flow, _): flow != nil
        case (.account, .new(let new)): if case .new = new.account { true } else { false }
        case (.target, .new): true
        case (.account, .existing), (.target, .existing): false
        }
    }

    private func isMade(_ step: Step) -> Bool {
        switch step {
        case .source: made.source != nil
        case .account: made.account != nil
        case .target: made.target != nil
        case .flow: made.flow != nil
        }
    }

    /// Notes that something is about to be asked for.
    mutating func begin(_ step: Step, known: Set<String>) { attempt = Attempt(step: step, known: known) }

    /// Notes what a step has made; nil where it is no more, or never was.
    mutating func note(_ step: Step, _ id: String?) {
        if attempt?.step == step { attempt = nil }
        switch step {
        case .source: made.source = id.map(Identifier.init(rawValue:))
        case .account: made.account = id.map(Identifier.init(rawValue:))
        case .target: made.target = id.map(Identifier.init(rawValue:))
        case .flow: made.flow = id.map(Identifier.init(rawValue:))
        }
    }
}

// MARK: What is asked for

extension UnfinishedExport.Destination {
    /// The destination's name.
    public var name: String {
        switch self {
        case .existing(_, let name): name
        case .new(let new): new.name
        }
    }
}

extension UnfinishedExport {
    var sourceDraft: SourceConnection.Draft? {
        flow.map { SourceConnection.Draft(name: $0.name, datasets: $0.datasets) }
    }

    var targetDraft: TargetConnection.Draft? {
        guard case .new(let new) = destination else { return nil }
        let account: Identifier<BaseConnection>? =
            if case .existing(let id) = new.account { id } else { made.account }
        return account.map {
            TargetConnection.Draft(
                name: new.name, description: new.description, connectionSpecID: new.connectionSpecID,
                baseConnectionID: $0, parameters: new.parameters)
        }
    }

    var flowDraft: Flow.Draft? {
        let target: Identifier<TargetConnection>? =
            if case .existing(let id, _) = destination { id } else { made.target }
        guard let flow, let source = made.source, let target else { return nil }
        return Flow.Draft(
            name: flow.name, flowSpecID: flow.flowSpecID, sourceConnectionID: source,
            targetConnectionID: target, schedule: flow.schedule, folderTemplate: flow.folderTemplate,
            malformedRecords: flow.malformedRecords)
    }
}

// MARK: In words

extension UnfinishedExport: CustomStringConvertible {
    /// What was left half made, when, and what there is of it.
    public var description: String {
        let clock = WallClock(startedAt)
        var parts = ["\(title) was left half made on \(clock.date) at \(clock.time) UTC"]
        let names = madeSteps.map(name)
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
        flow.map { "The export “\($0.name)”" } ?? "The destination “\(destination.name)”"
    }

    /// One of its entities in words.
    public func name(of step: Step) -> String {
        switch step {
        case .source:
            let count = flow?.datasets.count ?? 0
            return "the source connection of \(count == 1 ? "1 dataset" : "\(count) datasets")"
        case .account: return "the account “\(accountName)”"
        case .target: return "the destination “\(destination.name)”"
        case .flow: return "the flow “\(flow?.name ?? "")”"
        }
    }

    private var accountName: String {
        if case .new(let new) = destination, case .new(let name, _) = new.account { name } else { "" }
    }
}
