// What a person should know of an edit of a dataflow before it is saved.
import FoundationEssentials

/// Something about an edit that may not be wanted, or that the platform will refuse.
public enum FlowConflict: Sendable, Hashable {
    /// No dataset would be left.
    case noDatasets
    /// The schedule cannot be.
    case schedule(ScheduleProblem)
    /// The schedule changes for all datasets of the flow, these being there already.
    case scheduleOfAll(datasets: [String], old: Schedule, new: Schedule)
    /// The schedule, which takes these datasets as well, has no occurrence left.
    case neverExported(datasets: [String])
    /// These are not exported any more.
    case removed(datasets: [String])
    /// Files of these datasets come into one folder.
    case datasetsShareAFolder(datasets: [String], folder: String)
    /// Files of another flow come into the same folder.
    case flowsShareAFolder(flow: String, folder: String)
    /// The end is near.
    case endsSoon(days: Int)

    /// Whether the edit cannot be saved at all.
    public var isRefusal: Bool {
        switch self {
        case .noDatasets, .schedule: true
        default: false
        }
    }
}

extension FlowDetails {
    /// What is to be known of an edit before it is saved: first what keeps it from being, then what it brings about.
    ///
    /// What was the case before is not said again.
    ///
    /// - Parameters:
    ///   - edit: the edit.
    ///   - others: the other dataflows of the platform.
    ///   - place: where the platform's entities live.
    ///   - now: the moment of the edit.
    public func conflicts(
        of edit: FlowEdit, beside others: [FlowDetails], on place: Place, now: Date
    ) -> [FlowConflict] {
        let edit = edit.needed(for: self)
        let edited = applying(edit)
        if edited.datasets.isEmpty { return [.noDatasets] }
        if let schedule = edit.schedule {
            let problems = schedule.problems(now: now)
            if !problems.isEmpty { return problems.map(FlowConflict.schedule) }
        }
        let known = Set(sharedFolders(beside: others, on: place, now: now))
        return scheduleConflicts(with: edited, now: now) + removals(in: edited)
            + edited.sharedFolders(beside: others, on: place, now: now).filter { !known.contains($0) }
            + ends(edit, now: now)
    }

    private func scheduleConflicts(with edited: FlowDetails, now: Date) -> [FlowConflict] {
        let added = edited.datasets.filter { dataset in !datasets.contains { $0.id == dataset.id } }
        guard !added.isEmpty else { return [] }
        let (old, new) = (flow.draft.schedule, edited.flow.draft.schedule)
        var conflicts: [FlowConflict] = []
        let staying = edited.datasets.filter { dataset in datasets.contains { $0.id == dataset.id } }
        if !old.hasSameOccurrences(as: new), !staying.isEmpty {
            conflicts.append(.scheduleOfAll(datasets: staying.map(\.name), old: old, new: new))
        }
        if new.nextOccurrence(after: now) == nil {
            conflicts.append(.neverExported(datasets: added.map(\.name)))
        }
        return conflicts
    }

    private func removals(in edited: FlowDetails) -> [FlowConflict] {
        let removed = datasets.filter { dataset in !edited.datasets.contains { $0.id == dataset.id } }
        return removed.isEmpty ? [] : [.removed(datasets: removed.map(\.name))]
    }

    private func ends(_ edit: FlowEdit, now: Date) -> [FlowConflict] {
        guard case .soon(let days) = edit.schedule?.ending(now: now) else { return [] }
        return [.endsSoon(days: days)]
    }

    /// The folders into which more than one dataset or flow writes.
    private func sharedFolders(
        beside others: [FlowDetails], on place: Place, now: Date
    ) -> [FlowConflict] {
        let template = flow.draft.folderTemplate
        let own = Dictionary(grouping: datasets) { folder(of: $0, template, on: place, at: now) }
        let amongDatasets = own.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map {
            FlowConflict.datasetsShareAFolder(datasets: $0.value.map(\.name), folder: $0.key)
        }
        let coming = comingFolders(on: place, now: now)
        let amongFlows = others.filter { $0.id != id && isAtSamePlace(as: $0) }.compactMap { other in
            other.comingFolders(on: place, now: now).intersection(coming).min().map {
                FlowConflict.flowsShareAFolder(flow: other.flow.draft.name, folder: $0)
            }
        }
        return amongDatasets + amongFlows
    }

    /// The folders of the next exports.
    private func comingFolders(on place: Place, now: Date) -> Set<String> {
        let times = flow.draft.schedule.occurrences(from: now, limit: Self.comingExports)
        let template = flow.draft.folderTemplate
        return Set(
            times.flatMap { time in datasets.map { folder(of: $0, template, on: place, at: time) } })
    }

    /// Two days of a flow that exports every three hours.
    private static let comingExports = 16

    private func folder(
        of dataset: DatasetReference, _ template: FolderTemplate, on place: Place, at time: Date
    ) -> String {
        ExportLayout(
            connectionFolder: destination.draft.folder, template: template,
            context: folderContext(of: dataset, on: place, at: time)
        ).folder
    }

    /// Whether files of both come below one folder; where only secrets name the storage, one account has to be
    /// behind both.
    private func isAtSamePlace(as other: FlowDetails) -> Bool {
        let (own, others) = (destination.draft, other.destination.draft)
        if destination.id == other.destination.id { return true }
        guard own.connectionSpecID == others.connectionSpecID, location == other.location else {
            return false
        }
        return own.parameters["container"] == nil || own.baseConnectionID == others.baseConnectionID
    }
}

extension Schedule {
    /// Whether both export the same at the same times, as long as neither is over.
    fileprivate func hasSameOccurrences(as other: Schedule) -> Bool {
        mode == other.mode && frequency == other.frequency && start == other.start
    }
}
