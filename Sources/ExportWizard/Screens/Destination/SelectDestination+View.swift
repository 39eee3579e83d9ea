// Select destination, drawn.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    func drawDestinations(into frame: inout Frame, in body: Rect, theme: Theme) {
        switch destination.catalogue {
        case .idle, .loading:
            frame.put(theme.waiting(Text("Loading destinations")), at: body.origin, style: theme[.muted])
        case .failed(let reason):
            frame.putWrapped("\(theme.glyphs.failure) \(theme.say(reason))", in: body, style: theme[.failure])
        case .loaded(let catalogue) where catalogue.connections.isEmpty:
            drawNoDestinations(catalogue.specs, into: &frame, in: body, theme: theme)
        case .loaded(let catalogue):
            drawDestinations(catalogue, into: &frame, in: body, theme: theme)
        }
    }

    /// What is said where nothing has been set up.
    static let noDestinationText = Text("There is no destination yet.")

    private func drawNoDestinations(
        _ specs: [ConnectionSpec], into frame: inout Frame, in body: Rect, theme: Theme
    ) {
        frame.put(Self.noDestinationText, at: body.origin, style: theme[.text], columns: body.columns)
        var row = body.row + 2
        let names = specs.map { spec in
            (
                "  \(theme.glyphs.bullet) " + theme.say(Text("\(spec.name): \(spec.guide.needs)")),
                theme[.accent]
            )
        }
        let invitation =
            offers(.newDestination)
            ? Text("Press Enter to set one up. It can be:")
            : Text("None can be set up while sluice only looks. It could be:")
        let first = (theme.say(invitation), theme[.text])
        for (text, style) in [first] + names
        where row < body.endRow {
            frame.put(text, at: Point(column: body.column, row: row), style: style, columns: body.columns)
            row += 1
        }
    }

    private func drawDestinations(
        _ catalogue: SelectDestination.Catalogue, into frame: inout Frame, in body: Rect, theme: Theme
    ) {
        let rows = destination.rows
        let table = Table(
            [
                TableColumn(Text("Name"), width: .flexible(minimum: 12), priority: 6),
                TableColumn(Text("Type"), width: .fixed(20), priority: 4),
                TableColumn(Text("Place"), width: .flexible(minimum: 30), priority: 5, cutsMiddle: true),
                TableColumn(Text("Format"), width: .fixed(11), priority: 3),
                TableColumn(Text("Created (UTC)"), width: .fixed(16), priority: 2),
                TableColumn(Text("Manifest"), width: .fixed(8), priority: 1),
            ], order: destination.list.order)
        table.draw(
            into: &frame, in: body.split(bottom: 1).rest, theme: theme, list: destination.list,
            isFocused: !isSearching, emptyText: .noMatch
        ) { index in
            let connection = rows[index]
            let options = connection.draft.fileOptions
            let created = WallClock(connection.revision.createdAt)
            return TableRow([
                TableCell(connection.draft.name, query: destination.list.query),
                TableCell(catalogue.spec(of: connection)?.name ?? theme.say(Text("unknown"))),
                TableCell(destination.place(of: connection)),
                TableCell(options.map { ".\($0.fileExtension)" } ?? theme.say(Text("unknown"))),
                TableCell("\(created.date) \(created.time)"),
                TableCell(theme.say(options?.includesManifest == true ? Text("yes") : Text("no"))),
            ])
        }
        let order = destination.newestFirst ? Text("newest first") : Text("oldest first")
        let count =
            isFiltered
            ? destination.list.countText
            : rows.count == 1
                ? Text("1 destination") : Text("\(Formatting.count(rows.count)) destinations, \(order)")
        frame.put(count, at: body.line(body.rows - 1).origin, style: theme[.muted], columns: body.columns)
    }
}
