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
    var list = ListCursor()
    var change: Change?

    var rows: [FlowOverview] { flows.value ?? [] }

    var selected: FlowOverview? { rows.indices.contains(list.index) ? rows[list.index] : nil }

    /// The flows beside another one.
    func others(than flow: FlowDetails) -> [FlowDetails] { rows.map(\.details).filter { $0.id != flow.id } }

    /// Takes the flows; the cursor stays on the flow that it was on.
    mutating func take(_ flows: [FlowOverview]) {
        let selectedID = selected?.id
        reloadToken = nil
        self.flows = .loaded(flows)
        list.place(
            at: flows.firstIndex { $0.id == selectedID } ?? min(list.index, max(0, flows.count - 1)))
    }

    /// Takes a flow that was changed.
    mutating func take(_ details: FlowDetails) {
        change = nil
        flows = .loaded(
            rows.map { $0.id == details.id ? FlowOverview(details: details, latest: $0.latest) : $0 })
    }

    /// Forgets a flow that was deleted.
    mutating func drop(_ flow: Flow) {
        change = nil
        flows = .loaded(rows.filter { $0.id != flow.id })
        list.place(at: min(list.index, max(0, rows.count - 1)))
    }
}
