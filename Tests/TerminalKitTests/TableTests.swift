// Tables: which columns fit, and which rows are drawn.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct TableTests {
    let table = Table([
        TableColumn("", width: .fixed(3), priority: 9),
        TableColumn("Name", width: .flexible(minimum: 20), priority: 9),
        TableColumn("Folder", width: .flexible(minimum: 24), priority: 1, cutsMiddle: true),
        TableColumn("Rows", width: .fixed(10), priority: 3, alignment: .trailing),
        TableColumn("Status", width: .fixed(8), priority: 8),
    ])

    @Test(
        "Columns share the width, and the least important go first where it is short",
        arguments: [
            (200, [3, 83, 87, 10, 8] as [Int?]), (80, [3, 23, 27, 10, 8]), (74, [3, 20, 24, 10, 8]),
            (73, [3, 45, nil, 10, 8]), (60, [3, 32, nil, 10, 8]), (40, [3, 24, nil, nil, 8]),
            (30, [3, 24, nil, nil, nil]), (10, [3, nil, nil, nil, nil]), (0, [0, nil, nil, nil, nil]),
        ])
    func widths(available: Int, expected: [Int?]) {
        #expect(table.widths(available: available) == expected)
    }

    @Test("A table never draws outside its rectangle", arguments: [0, 1, 5, 20, 60, 80, 200])
    func inside(columns: Int) {
        var frame = Frame(size: Size(columns: columns + 2, rows: 5))
        let rect = Rect(column: 1, row: 1, columns: columns, rows: 3)
        table.draw(into: &frame, in: rect, theme: .standard, cursor: ListCursor(), count: 9, isFocused: true)
        { _ in
            TableRow(Array(repeating: "顧客プロファイル顧客プロファイル", count: 5))
        }
        for row in [0, 4] { #expect(frame.row(row).allSatisfy { $0 == .blank() }) }
        for column in [0, columns + 1] {
            #expect((0..<5).allSatisfy { frame[Point(column: column, row: $0)] == .blank() })
        }
    }

    @Test("Only the rows in sight are asked for")
    func lazyRows() {
        var frame = Frame(size: Size(columns: 80, rows: 6))
        var asked: [Int] = []
        var cursor = ListCursor()
        cursor.move(to: 500_000, count: 1_000_000, height: 5)
        table.draw(
            into: &frame, in: frame.bounds, theme: .standard, cursor: cursor, count: 1_000_000,
            isFocused: true
        ) {
            asked.append($0)
            return TableRow(["", "\($0)", "", "", ""])
        }
        #expect(asked == Array(499_996...500_000))
        #expect(frame.lines[1].hasSuffix("↑") && frame.lines[5].hasSuffix("↓"))
        #expect(frame.cursor == Point(column: 5, row: 5))
        #expect(frame[Point(column: 5, row: 5)].style == Theme.standard[.selection])
    }

    @Test("The name under the cursor is the only thing that a step changes")
    func step() {
        let frames = (0..<2).map { step in
            var frame = Frame(size: Size(columns: 80, rows: 6))
            table.draw(
                into: &frame, in: frame.bounds, theme: .standard, cursor: ListCursor(index: step), count: 5,
                isFocused: true
            ) { _ in TableRow(["[ ]", "東京 orders", "a folder", "12", "done"]) }
            return frame
        }
        let changed = (0..<6).flatMap { row in
            (0..<80).filter { frames[0].row(row)[row * 80 + $0] != frames[1].row(row)[row * 80 + $0] }
        }
        #expect(changed == Array(5..<16) + Array(5..<16))
    }

    @Test("An empty table says so")
    func empty() {
        var frame = Frame(size: Size(columns: 30, rows: 3))
        table.draw(
            into: &frame, in: frame.bounds, theme: .standard, cursor: ListCursor(), count: 0, isFocused: true,
            emptyText: "There are no datasets yet."
        ) { _ in TableRow([String]()) }
        #expect(frame.lines[1] == "There are no datasets yet.")
        #expect(frame.cursor == Point(column: 0, row: 1))
    }
}
