// Select destination: the connections that there are, and the way to make another.
import ExportDomain
import FoundationEssentials
import TerminalKit

/// The state of the first step.
struct SelectDestination: Equatable, Sendable {
    /// The kinds of destination, the accounts and the connections, newest first.
    struct Catalogue: Equatable, Sendable {
        var specs: [ConnectionSpec]
        var connections: [TargetConnection]
        var accounts: [BaseConnection]

        func spec(of connection: TargetConnection) -> ConnectionSpec? {
            specs.first { $0.id == connection.draft.connectionSpecID }
        }

        /// The account with the credentials, by name; nil where nobody signs in.
        func accountName(of connection: TargetConnection) -> String? {
            let account = accounts.first { $0.id == connection.draft.baseConnectionID }
            return account?.draft.authentication == nil ? nil : account?.draft.name
        }
    }

    /// A connection that is being removed.
    struct Removing: Equatable, Sendable {
        var target: TargetConnection
        var token: Int
    }

    var catalogue: Loadable<Catalogue> = .idle
    /// The token of a request that brings the catalogue anew while the old one stays on the screen.
    var reloadToken: Int?
    var list = ListState()
    var newestFirst = true
    var chosen: TargetConnection?
    var removing: Removing?

    /// The connections in the order of the screen.
    var rows: [TargetConnection] {
        let connections = catalogue.value?.connections ?? []
        return newestFirst ? connections : connections.reversed()
    }

    var selected: TargetConnection? {
        let rows = rows
        return list.selectedItem.flatMap { rows.indices.contains($0) ? rows[$0] : nil }
    }

    /// The columns that the list can be ordered by, and how each begins.
    static let orders = [
        ListOrder(column: 0), ListOrder(column: 1), ListOrder(column: 2),
        ListOrder(column: 4, isDescending: true),
    ]

    /// Searches and orders the list.
    mutating func arrangeList() {
        let rows = rows
        let screen = self
        let kind = { (item: Int) in screen.catalogue.value?.spec(of: rows[item])?.name ?? "" }
        list.arrange(count: rows.count) { item in
            (rows[item].draft.name, "\(kind(item)) \(screen.place(of: rows[item]))")
        } by: { item, column in
            switch column {
            case 1: .text(kind(item))
            case 2: .text(screen.place(of: rows[item]))
            case 4: .number(rows[item].revision.createdAt.timeIntervalSince1970)
            default: .text(rows[item].draft.name)
            }
        }
    }

    /// Where a connection is, as text.
    func place(of connection: TargetConnection) -> String {
        let account = catalogue.value?.accounts.first { $0.id == connection.draft.baseConnectionID }
        return connection.draft.place(spec: catalogue.value?.spec(of: connection), account: account)
    }

    /// Takes the catalogue; the cursor stays on the connection that it was on.
    mutating func take(_ catalogue: Catalogue) {
        let selectedID = selected?.id
        reloadToken = nil
        self.catalogue = .loaded(catalogue)
        if let chosenID = chosen?.id { chosen = catalogue.connections.first { $0.id == chosenID } ?? chosen }
        if let index = rows.firstIndex(where: { $0.id == selectedID }) { list.place(onItem: index) }
    }

    /// Takes a connection that was just made or changed, and puts the cursor on it.
    mutating func take(_ connection: TargetConnection) {
        guard case .loaded(var catalogue) = catalogue else { return }
        if let index = catalogue.connections.firstIndex(where: { $0.id == connection.id }) {
            catalogue.connections[index] = connection
        } else {
            catalogue.connections.insert(connection, at: 0)
        }
        self.catalogue = .loaded(catalogue)
        if chosen?.id == connection.id { chosen = connection }
        list.place(onItem: rows.firstIndex { $0.id == connection.id } ?? 0)
    }

    /// Takes the connection that exports are to go to.
    mutating func choose(_ connection: TargetConnection) {
        chosen = connection
        take(connection)
    }

    /// Forgets a connection that was removed.
    mutating func drop(_ connection: TargetConnection) {
        removing = nil
        guard case .loaded(var catalogue) = catalogue else { return }
        catalogue.connections.removeAll { $0.id == connection.id }
        self.catalogue = .loaded(catalogue)
        if chosen?.id == connection.id { chosen = nil }
    }
}
