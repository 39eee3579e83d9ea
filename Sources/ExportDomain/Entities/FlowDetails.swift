// A dataflow together with what it joins, as people look at it.
import FoundationEssentials

/// A dataflow with its datasets and its destination.
public struct FlowDetails: Sendable, Hashable, Identifiable {
    /// The dataflow.
    public var flow: Flow
    /// Its datasets, in the order in which they were chosen.
    public var datasets: [DatasetReference]
    /// Its destination.
    public var destination: TargetConnection
    /// Name of the kind of destination, like “Amazon S3”.
    public var kind: String
    /// Where the destination is, as people write places of that kind.
    public var location: String

    /// Joins a dataflow with what it refers to.
    public init(
        flow: Flow, datasets: [DatasetReference], destination: TargetConnection, kind: String,
        location: String
    ) {
        self.flow = flow
        self.datasets = datasets
        self.destination = destination
        self.kind = kind
        self.location = location
    }

    /// The dataflow's id.
    public var id: Identifier<Flow> { flow.id }

    /// What the macros of a dataset's folder become at a time of the schedule.
    public func folderContext(of dataset: DatasetReference, on place: Place, at time: Date) -> FolderContext {
        FolderContext(
            dataset: dataset, destination: kind, instanceName: destination.draft.name,
            instanceID: destination.id, place: place, exportTime: time)
    }

    /// When it exports next; nil where it is paused or over.
    public func nextExport(after now: Date) -> Date? {
        flow.state == .enabled ? flow.draft.schedule.nextOccurrence(after: now) : nil
    }
}

/// A dataflow as a list shows it.
public struct FlowOverview: Sendable, Hashable, Identifiable {
    /// The dataflow with what it joins.
    public var details: FlowDetails
    /// Its latest export; nil before the first.
    public var latest: LatestExport?
    /// The records of its newest exports, the oldest of them first; nil where the platform does not say.
    public var recordsOfExports: [Int?]

    /// Joins a dataflow with its exports.
    ///
    /// - Parameters:
    ///   - details: the dataflow, with all that belongs to it.
    ///   - runs: its newest runs, newest first.
    ///   - isCut: whether there are older ones, also of the oldest export among them.
    public init(details: FlowDetails, runs: [FlowRun], isCut: Bool = false) {
        self.details = details
        latest = LatestExport(runs: runs)
        var exports = runs.byScheduledTime
        if isCut, exports.count > 1 { exports.removeLast() }
        recordsOfExports = exports.reversed().map(\.outputRecords)
    }

    /// So many exports are looked at, as far as they have a hundred runs together.
    static let exports = 12

    /// The dataflow's id.
    public var id: Identifier<Flow> { details.id }
}

/// The latest export of a dataflow: all its runs at one scheduled time.
public struct LatestExport: Sendable, Hashable {
    /// The scheduled time; nil where the platform does not say.
    public var scheduledTime: Date?
    /// How it stands: under way as long as one run is, failed if one has failed.
    public var status: FlowRunStatus
    /// Records that it has written; nil where the platform does not say.
    public var records: Int?
    /// Why the first of its runs that failed has; nil where none has, or the platform does not say.
    public var failure: FlowRunError?

    /// Finds it among runs, newest first; nil where there are none.
    public init?(runs: [FlowRun]) {
        guard let newest = runs.first else { return nil }
        let runs = runs.filter { $0.scheduledTime == newest.scheduledTime }
        let statuses = runs.map(\.status)
        scheduledTime = newest.scheduledTime
        status = statuses.first { !$0.isOver } ?? statuses.first { $0 == .failed } ?? newest.status
        records = runs.outputRecords
        failure = runs.filter { $0.status == .failed }.compactMap(\.metrics.errors.first).first
    }
}

extension [FlowRun] {
    /// The runs of each scheduled time, as they follow one another; a run without one is alone.
    fileprivate var byScheduledTime: [[FlowRun]] {
        var exports: [[FlowRun]] = []
        var places: [Date: Int] = [:]
        for run in self {
            if let place = run.scheduledTime.flatMap({ places[$0] }) {
                exports[place].append(run)
            } else {
                if let time = run.scheduledTime { places[time] = exports.count }
                exports.append([run])
            }
        }
        return exports
    }

    /// The records that they have written together, as far as that is known.
    fileprivate var outputRecords: Int? {
        let known = compactMap(\.metrics.outputRecords)
        return known.isEmpty ? nil : known.reduce(0, +)
    }
}
