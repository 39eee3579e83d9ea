// What happens on the embedded platform, as values for whoever wants to follow it: a log, a person, a test.
import ExportDomain
import FoundationEssentials

/// Something that has happened on the embedded platform.
///
/// It is told by the process that has done it, after it is in the database: what is told has happened. A process
/// that is killed between the two has not told it, and nobody else does; the database has it all the same. Only
/// what a flow's notifications are to say is told once in any case: it is kept beside what has happened until it
/// is sent, by whichever process comes next.
public enum PlatformEvent: Sendable, Hashable {
    /// Flows are run as they fall due from now on.
    case schedulerBegan
    /// Flows are no longer run as they fall due.
    case schedulerEnded
    /// A run begins, or goes on after an interruption.
    case runBegan(Run, isResumed: Bool)
    /// Something that a run does has failed, and is tried again; in the storage's words.
    case runTriesAgain(Run, reason: String)
    /// A run was stopped in the middle, and is gone on with by whoever runs the flow next.
    case runInterrupted(Run)
    /// A run is over: its status says how, its metrics with what.
    case runEnded(Run)
    /// A flow that has something to run could not be run, and is tried again; told once for each reason.
    case flowNotRun(FlowName, reason: String)
    /// Nothing ran at some times of a flow's schedule, and nothing will.
    case occurrencesMissed(FlowName, Missed)
    /// A flow's end date is near: 30, 7 or 1 days, each told once for a date.
    case endNear(FlowName, end: Date, days: Int)
    /// A flow has reached its end date, and exports nothing more.
    case flowOver(FlowName, end: Date)
    /// The command of a flow's notifications has been run.
    case notified(Notified)

    /// A flow, for people.
    public struct FlowName: Sendable, Hashable {
        /// Its id.
        public var id: Identifier<Flow>
        /// What it is called now.
        public var name: String
    }

    /// A run with the names of what it joins.
    public struct Run: Sendable, Hashable {
        /// The run as it is now.
        public var run: FlowRun
        /// Its flow.
        public var flow: FlowName
        /// Its dataset, as the flow calls it.
        public var dataset: DatasetReference
        /// Its folder in the storage.
        public var folder: String
        /// When it is made again by itself, where it has failed for what passes; nil where it is not.
        public var retryTime: Date?
        /// Which attempt it is, from 1.
        public var attempt = 1
    }

    /// Occurrences of a schedule at which nothing ran.
    public struct Missed: Sendable, Hashable {
        /// How many, at least 1.
        public var count: Int
        /// The first of them.
        public var first: Date
        /// The last of them.
        public var last: Date
    }

    /// What came of a notification.
    public struct Notified: Sendable, Hashable {
        /// The flow.
        public var flow: FlowName
        /// What it told.
        public var occasion: FlowNotifications.Occasion
        /// Why it failed; nil where the command ended well.
        public var problem: String?
        /// What the command wrote, to standard output and then to standard error; not more than its beginning.
        public var output: String
    }
}
