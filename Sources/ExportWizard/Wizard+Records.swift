// The records of a file: opened, scrolled, and one of them looked into.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    /// Opens the records of a file.
    mutating func openRecords(of file: ExportedFile, in run: Identifier<FlowRun>) -> [WizardEffect] {
        show(RecordTable(file: file.name, path: file.path, run: run), height: RecordTable.pageSize / 2)
    }

    /// Shows a table, and asks for what is missing of it.
    private mutating func show(_ table: RecordTable, height: Int) -> [WizardEffect] {
        var table = table
        var effects: [WizardEffect] = []
        if let page = table.neededPage(height: height) {
            let token = newToken()
            table.token = token
            effects = [
                .request(
                    .preview(path: table.path, run: table.run, first: page.first, limit: page.limit),
                    token: token)
            ]
        }
        overlay = .records(table)
        return effects
    }

    /// Takes records that were asked for.
    mutating func take(_ page: FilePreview, token: Int, at moment: Moment) -> [WizardEffect] {
        guard case .records(var table) = overlay, table.token == token else { return [] }
        table.take(page)
        return show(table, height: WizardLayout(moment.size).recordRows)
    }

    /// Says why no records could be had; false where nobody has asked for them under that token.
    mutating func failRecords(_ failure: RequestFailure, token: Int) -> Bool {
        guard case .records(var table) = overlay, table.token == token else { return false }
        table.take(
            FilePreview(
                path: table.path, records: [], problem: failure.reason, first: table.start + table.rows.count)
        )
        overlay = .records(table)
        return true
    }

    mutating func press(
        _ key: Key, in table: RecordTable, isCancel: Bool, at moment: Moment
    ) -> [WizardEffect] {
        var table = table
        let layout = WizardLayout(moment.size)
        if var record = table.open {
            if isCancel || key == .character("q") {
                table.open = nil
            } else if key == .character("y") {
                return record.selected.map { copy($0.value.text) } ?? []
            } else if record.handle(key, height: layout.recordTreeRows) {
                table.open = record
            }
            overlay = .records(table)
            return []
        }
        if isCancel || key == .character("q") || key == .control("c") {
            overlay = nil
            return table.token.map { [.cancel(token: $0)] } ?? []
        }
        switch key {
        case .left, .character("h"): table.scroll(byColumns: -1)
        case .right, .character("l"): table.scroll(byColumns: 1)
        case .character("y"): return table.selectedRow.map { copy($0.record) } ?? []
        case .enter:
            if let row = table.selectedRow, let place = table.list.selectedItem {
                table.open = RecordTree(row.record, at: place)
            }
        default: _ = table.list.handle(key, height: layout.recordRows)
        }
        return show(table, height: layout.recordRows)
    }

    /// Goes to a row that was clicked on, or folds it.
    mutating func click(
        row: Int, isMark: Bool, in table: RecordTable, at moment: Moment
    ) -> [WizardEffect] {
        var table = table
        let layout = WizardLayout(moment.size)
        if var record = table.open {
            record.move(to: row, height: layout.recordTreeRows)
            if isMark { record.toggle(record.list.item(at: row)) }
            table.open = record
            overlay = .records(table)
            return []
        }
        table.list.move(to: row, height: layout.recordRows)
        return show(table, height: layout.recordRows)
    }

    /// What can be done with records, for the hint line.
    static func recordHints(_ table: RecordTable) -> WizardActions {
        let copy = Action<WizardAction>(
            .copy, keys: [.character("y")], title: Text("Copy"), help: Text("Copy it to the clipboard"))
        if table.open != nil {
            return WizardActions([
                Action(.fold, keys: [.left], title: Text("Fold"), help: Text("Fold away what is inside")),
                Action(.unfold, keys: [.right], title: Text("Unfold"), help: Text("Show what is inside")),
                copy,
                Action(.back, keys: [.escape], title: Text("Table"), help: Text("Go back to the table")),
            ])
        }
        return WizardActions([
            Action(.open, keys: [.enter], title: Text("Open"), help: Text("Show the record as a tree")),
            Action(.fold, keys: [.left], title: Text("Columns left"), help: Text("Scroll by a column")),
            Action(.unfold, keys: [.right], title: Text("right"), help: Text("Scroll by a column")), copy,
            Action(.back, keys: [.escape], title: Text("Close"), help: Text("Close this")),
        ])
    }
}
