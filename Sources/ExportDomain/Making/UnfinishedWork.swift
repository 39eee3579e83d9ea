// Work on a platform that takes several steps, any of which may be the last that is done before the program is killed
// or the network is gone. This value is what is remembered of it meanwhile.
import FoundationEssentials

/// The making of an export, or a change that needs something new, of which some steps are done and others are not.
///
/// It holds no secrets.
public struct UnfinishedWork: Sendable, Hashable, Codable, Identifiable {
    /// Names it on this machine: a lowercase UUID.
    public let id: String
    /// When it began.
    public let startedAt: Date
    /// What is to come of it.
    public let task: Task
    /// What is done, as far as that is known: for each step the id of what it has made, changed or removed.
    public private(set) var done: [Step: String] = [:]
    /// What was asked for, and may be done or not; nil between two steps.
    public private(set) var attempt: Attempt?

    /// What is to come of work.
    public enum Task: Sendable, Hashable, Codable {
        /// A dataflow, and its destination where that is new.
        case export(Dataflow, to: Destination)
        /// A destination alone.
        case destination(NewDestination)
        /// A destination that has a new account.
        case otherAccount(OtherAccount)
        /// A dataflow that has other datasets.
        case otherDatasets(OtherDatasets)
        /// A destination that is no more, nor its account where nothing else uses that.
        case removedDestination(RemovedDestination)
    }

    /// Where an export goes.
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
        /// What it is to tell, and by which command; nil where nothing is said of that.
        public var notifications: FlowNotifications?
    }

    /// The change of a destination to an account that is to be made.
    public struct OtherAccount: Sendable, Hashable, Codable {
        /// The destination.
        public var target: Identifier<TargetConnection>
        /// The revision of it that the change was made from.
        public var etag: String
        /// The destination as it was.
        public var before: TargetConnection.Draft
        /// The destination as it is to be, with its account.
        public var after: NewDestination
    }

    /// The change of a dataflow to datasets that need a source connection of their own.
    public struct OtherDatasets: Sendable, Hashable, Codable {
        /// The dataflow.
        public var flow: Identifier<Flow>
        /// The revision of it that the change was made from.
        public var etag: String
        /// What was there of what changes; the source connection always.
        public var before: Flow.Change
        /// The change, but for the source connection.
        public var after: Flow.Change
        /// The name of the dataflow before the change.
        public var name: String
        /// All datasets that it is to have.
        public var datasets: [DatasetReference]
        /// The source connection that it had.
        public var formerSource: Identifier<SourceConnection>
    }

    /// The removal of a destination and its account.
    public struct RemovedDestination: Sendable, Hashable, Codable {
        /// The destination.
        public var target: Identifier<TargetConnection>
        /// Its name.
        public var name: String
        /// The account that it has.
        public var account: Identifier<BaseConnection>
    }

    /// The steps of work, in the order in which they are taken.
    public enum Step: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
        /// The datasets are made.
        case source
        /// The credentials are made.
        case account
        /// The location is made.
        case target
        /// The dataflow is made.
        case flow
        /// What the dataflow is to tell is said.
        case telling
        /// Destination or dataflow takes what is new, or the destination is removed.
        case swap
        /// What it had before is removed, unless others use it.
        case removal
    }

    /// A step that was begun.
    public struct Attempt: Sendable, Hashable, Codable {
        /// Which.
        public var step: Step
        /// What looked before as if the step had made it: none of that comes from it.
        public var known: Set<String>
    }

    /// Describes work of which nothing is done yet.
    public init(_ task: Task, startedAt: Date = Date()) {
        id = UUID().uuidString.lowercased()
        // As a file has it.
        self.startedAt = Date(timeIntervalSince1970: startedAt.timeIntervalSince1970.rounded(.down))
        self.task = task
    }
}

extension UnfinishedWork {
    /// The step that is to be taken next; nil where all are.
    public var nextStep: Step? { task.steps.first { done[$0] == nil } }

    /// Whether nothing is done, and nothing was asked for.
    public var isUntouched: Bool { done.isEmpty && attempt == nil }

    /// The steps that are done, in their order.
    public var doneSteps: [Step] { Step.allCases.filter { done[$0] != nil } }

    /// What a step has made; nil where it is not done.
    public func made<Entity>(_ step: Step) -> Identifier<Entity>? {
        done[step].map(Identifier.init(rawValue:))
    }

    /// Whether it makes a dataflow, and has made this source connection for it.
    func makesFlow(with source: Identifier<SourceConnection>) -> Bool {
        if case .export = task { made(.source) == source } else { false }
    }

    /// Whether a destination of its name, as it is found now, is the one that the export goes to or has made.
    func fits(_ found: TargetConnection?) -> Bool {
        guard case .export(_, let destination) = task else { return false }
        return switch destination {
        case .existing(let id, _): found?.id == id
        case .new: found == nil || made(.target) == found?.id || attempt?.step == .target
        }
    }

    /// Notes that something is about to be asked for.
    mutating func begin(_ step: Step, known: Set<String>) { attempt = Attempt(step: step, known: known) }

    /// Notes what a step has made; nil where it is no more, or never was.
    mutating func note(_ step: Step, _ id: String?) {
        if attempt?.step == step { attempt = nil }
        done[step] = id
    }
}

extension UnfinishedWork.Task {
    /// Whether both make the same dataflow to a destination of the same name.
    func makesTheSame(as other: UnfinishedWork.Task) -> Bool {
        guard case .export(let flow, let destination) = self, case .export(let other, let place) = other
        else {
            return false
        }
        // What is told can be said anew of the same dataflow.
        var others = other
        others.notifications = flow.notifications
        return flow == others && destination.name == place.name
    }

    /// The steps, in the order in which they are taken.
    var steps: [UnfinishedWork.Step] {
        switch self {
        case .export(let flow, .existing): [.source, .flow] + flow.lastSteps
        case .export(let flow, .new(let destination)):
            [.source] + destination.steps + [.flow] + flow.lastSteps
        case .destination(let destination): destination.steps
        case .otherAccount: [.account, .swap, .removal]
        case .otherDatasets: [.source, .swap, .removal]
        case .removedDestination: [.swap, .removal]
        }
    }
}

extension UnfinishedWork.Dataflow {
    fileprivate var lastSteps: [UnfinishedWork.Step] { notifications == nil ? [] : [.telling] }
}

extension UnfinishedWork.NewDestination {
    fileprivate var steps: [UnfinishedWork.Step] {
        if case .new = account { [.account, .target] } else { [.target] }
    }
}

extension UnfinishedWork.Destination {
    /// The destination's name.
    public var name: String {
        switch self {
        case .existing(_, let name): name
        case .new(let new): new.name
        }
    }
}
