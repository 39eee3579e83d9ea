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

    /// Joins a dataflow with its latest export.
    public init(details: FlowDetails, latest: LatestExport?) {
        self.details = details
        self.latest = latest
    }

    /// The dataflow's id.
    public var id: Identifier<Flow> { details.id }
}

/// The latest export of a dataflow: all its runs at one scheduled time.
public struct LatestExport: Sendable, Hashable {
    /// The scheduled time; nil where the platform does not say.
    public var scheduledTime: Date?
    /// How it stands: under way as long as one run is, failed if one has failed.
    public var status: FlowRunStatus

    /// Finds it among runs, newest first; nil where there are none.
    public init?(runs: [FlowRun]) {
        guard let newest = runs.first else { return nil }
        let statuses = runs.filter { $0.scheduledTime == newest.scheduledTime }.map(\.status)
        scheduledTime = newest.scheduledTime
        status = statuses.first { !$0.isOver } ?? statuses.first { $0 == .failed } ?? newest.status
    }
}
