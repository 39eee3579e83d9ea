// Flows: what is exported already, and when it ends.
import ExportDomain
import FoundationEssentials
import TerminalKit

/// The state of the screen of dataflows.
struct FlowList: Equatable, Sendable {
    /// What is being done to a flow.
    struct Change: Equatable, Sendable {
        enum Kind: Equatable, Sendable {
            case pause, resume, delete, exportNow
            case edit(FlowEdit)
        }

        var kind: Kind
        var flow: FlowDetails
        var token: Int
    }

    /// The flows, newest first.
    var flows: Loadable<[FlowOverview]> = .idle
    /// The token of a request that brings the flows anew while the old ones stay on the screen.
    var reloadToken: Int?
    var list = ListState()
    var change: Change?

    var rows: [FlowOverview] { flows.value ?? [] }

    var selected: FlowOverview? {
        let rows = rows
        return list.selectedItem.flatMap { rows.indices.contains($0) ? rows[$0] : nil }
    }

    /// The columns that the list can be ordered by, and how each begins.
    static let orders = [
        ListOrder(column: 0), ListOrder(column: 1), ListOrder(column: 3, isDescending: true),
        ListOrder(column: 5),
    ]

    /// Searches and orders the list.
    mutating func arrangeList() {
        let rows = rows
        list.arrange(count: rows.count) { item in
            let details = rows[item].details
            return (
                details.flow.draft.name,
                ([details.destination.draft.name] + details.datasets.map(\.name)).joined(separator: " ")
            )
        } by: { item, column in
            let (details, latest) = (rows[item].details, rows[item].latest)
            switch column {
            case 1: return .text(details.destination.draft.name)
            case 3: return latest?.scheduledTime.map { .number($0.timeIntervalSince1970) } ?? .nothing
            case 5:
                return details.flow.draft.schedule.end.map { .number($0.timeIntervalSince1970) } ?? .nothing
            default: return .text(details.flow.draft.name)
            }
        }
    }

    /// The flows beside another one.
    func others(than flow: FlowDetails) -> [FlowDetails] { rows.map(\.details).filter { $0.id != flow.id } }

    /// Takes the flows; the cursor stays on the flow that it was on, and is at first on the newest whose last export
    /// failed.
    mutating func take(_ flows: [FlowOverview]) {
        let selectedID =
            self.flows.value == nil ? flows.first { $0.latest?.status == .failed }?.id : selected?.id
        reloadToken = nil
        self.flows = .loaded(flows)
        if let index = flows.firstIndex(where: { $0.id == selectedID }) { list.place(onItem: index) }
    }

    /// Takes a flow that was changed.
    mutating func take(_ details: FlowDetails) {
        change = nil
        flows = .loaded(
            rows.map { row in
                guard row.id == details.id else { return row }
                var row = row
                row.details = details
                return row
            })
    }

    /// Forgets a flow that was deleted.
    mutating func drop(_ flow: Flow) {
        change = nil
        flows = .loaded(rows.filter { $0.id != flow.id })
    }
}
