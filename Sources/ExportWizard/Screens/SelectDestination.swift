// Select destination: the connections that there are, and the way to make another.
import ExportDomain
import FoundationEssentials
import TerminalKit

/// The state of the first step.
struct SelectDestination: Equatable, Sendable {
    /// The kinds of destination and the connections, newest first.
    struct Catalogue: Equatable, Sendable {
        var specs: [ConnectionSpec]
        var connections: [TargetConnection]

        func spec(of connection: TargetConnection) -> ConnectionSpec? {
            specs.first { $0.id == connection.draft.connectionSpecID }
        }
    }

    var catalogue: Loadable<Catalogue> = .idle
    var list = ListCursor()
    var newestFirst = true
    var chosen: TargetConnection?

    /// The connections in the order of the screen.
    var rows: [TargetConnection] {
        let connections = catalogue.value?.connections ?? []
        return newestFirst ? connections : connections.reversed()
    }

    var selected: TargetConnection? { rows.indices.contains(list.index) ? rows[list.index] : nil }

    /// Takes a connection that was just made, or found again.
    mutating func choose(_ connection: TargetConnection) {
        chosen = connection
        guard case .loaded(var catalogue) = catalogue else { return }
        if !catalogue.connections.contains(where: { $0.id == connection.id }) {
            catalogue.connections.insert(connection, at: 0)
            self.catalogue = .loaded(catalogue)
        }
        list.place(at: rows.firstIndex { $0.id == connection.id } ?? 0)
    }
}
