// The records of a file as a table: of all of them only those near the cursor are held, whatever the size of the file.
import ExportDomain
import Languages
import TerminalKit

/// The records of a file.
struct RecordTable: Equatable, Sendable {
    /// A column: a member of the records.
    struct Column: Equatable, Sendable {
        var name: String
        /// Whether all its values are numbers.
        var isNumeric = true
        /// The width of the widest value, so far.
        var width: Int
    }

    /// A record and its values, in the order of the columns.
    struct Row: Equatable, Sendable {
        var record: String
        var values: [RecordValue?]
    }

    /// So many records are asked for at a time.
    static let pageSize = 100
    /// So many are held at most, and so many bytes of them.
    private static let mostHeld = 1_000
    private static let mostBytesHeld = 16 << 20
    /// More columns are not shown.
    private static let mostColumns = 1_000
    /// The widest that a column gets.
    static let widestColumn = 32

    let file: String
    let path: String
    let run: Identifier<FlowRun>
    private(set) var columns: [Column] = []
    private var places: [String: Int] = [:]
    /// The place of the first record that is held.
    private(set) var start = 0
    private(set) var rows: [Row] = []
    private var heldBytes = 0
    /// How many records the file has; nil while that is not known.
    private(set) var total: Int?
    /// Why there are not more.
    private(set) var problem: Text?
    /// The first column in sight.
    private(set) var firstColumn = 0
    var list = ListState()
    /// The token of the request that brings more.
    var token: Int?
    /// The record that is open.
    var open: RecordTree?

    init(file: String, path: String, run: Identifier<FlowRun>) {
        self.file = file
        self.path = path
        self.run = run
    }

    /// How many records are known of.
    var count: Int { max(total ?? 0, start + rows.count) }

    /// Whether nothing has come yet.
    var isLoading: Bool { rows.isEmpty && total == nil && problem == nil }

    /// A record by its place in the file; nil while it is not held.
    func row(_ place: Int) -> Row? { rows.indices.contains(place - start) ? rows[place - start] : nil }

    var selectedRow: Row? { list.selectedItem.flatMap(row) }

    // MARK: What is held

    /// The records to be asked for next; nil where all that are near the cursor are here.
    func neededPage(height: Int) -> (first: Int, limit: Int)? {
        guard token == nil, problem == nil else { return nil }
        let visible = list.cursor.visible(count: count, height: height)
        let end = start + rows.count
        if visible.lowerBound < start {
            // What is far away does not come piece by piece.
            guard visible.upperBound + Self.pageSize >= start else { return around(visible) }
            let first = max(0, start - Self.pageSize)
            return (first, start - first)
        }
        if visible.lowerBound > end { return around(visible) }
        guard visible.upperBound + height > end, total.map({ end < $0 }) ?? true else { return nil }
        return (end, Self.pageSize)
    }

    private func around(_ visible: Range<Int>) -> (first: Int, limit: Int) {
        (max(0, visible.lowerBound - Self.pageSize / 2), Self.pageSize)
    }

    /// Takes records that were asked for.
    mutating func take(_ page: FilePreview) {
        token = nil
        problem = page.problem
        let new = page.records.map { row(of: $0) }
        if page.first == start + rows.count {
            rows += new
            heldBytes += bytes(of: new)
            while isFull { dropFirst() }
        } else if page.first + new.count == start, !new.isEmpty {
            rows = new + rows
            start = page.first
            heldBytes += bytes(of: new)
            while isFull { heldBytes -= rows.removeLast().record.utf8.count }
        } else {
            (start, rows, heldBytes) = (page.first, new, bytes(of: new))
        }
        if let total = page.total { self.total = total }
        if page.isLast || page.problem != nil || new.isEmpty { total = page.first + new.count }
        list.setCount(count)
    }

    private var isFull: Bool {
        rows.count > Self.mostHeld || heldBytes > Self.mostBytesHeld && rows.count > Self.pageSize
    }

    private mutating func dropFirst() {
        let count = min(Self.pageSize, rows.count - 1)
        heldBytes -= bytes(of: Array(rows.prefix(count)))
        rows.removeFirst(count)
        start += count
    }

    private func bytes(of rows: [Row]) -> Int { rows.reduce(0) { $0 + $1.record.utf8.count } }

    private mutating func row(of record: String) -> Row {
        var values = [RecordValue?](repeating: nil, count: columns.count)
        for (name, value) in RecordScanner.members(of: record) {
            var value = value
            value.text = String(value.text.prefix(4 * Self.widestColumn))
            let width = min(TextWidth.standard.width(of: value.text), Self.widestColumn)
            if let place = places[name] {
                columns[place].width = max(columns[place].width, width)
                if value.kind != .number, value.kind != .null { columns[place].isNumeric = false }
                if place < values.count { values[place] = value }
            } else if columns.count < Self.mostColumns {
                places[name] = columns.count
                let title = min(TextWidth.standard.width(of: name), Self.widestColumn)
                columns.append(
                    Column(
                        name: name, isNumeric: value.kind == .number || value.kind == .null,
                        width: max(1, title, width)))
                values.append(value)
            }
        }
        return Row(record: record, values: values)
    }

    // MARK: Columns

    /// Scrolls by columns.
    mutating func scroll(byColumns count: Int) {
        firstColumn = max(0, min(firstColumn + count, columns.count - 1))
    }

    /// The columns that have room, the first of them whatever its width.
    func shownColumns(within width: Int) -> Range<Int> {
        var (end, used) = (firstColumn, 0)
        while end < columns.count {
            used += columns[end].width + (end > firstColumn ? 2 : 0)
            if used > width, end > firstColumn { break }
            end += 1
        }
        return firstColumn..<end
    }
}

/// A record as a tree.
struct RecordTree: Equatable, Sendable {
    /// So many values are shown.
    private static let mostNodes = 20_000
    /// Arrays of more are folded at first.
    private static let mostElementsAtFirst = 50

    /// The place of the record in the file, from 0.
    let place: Int
    let nodes: [RecordNode]
    /// Whether the record has more values than are shown.
    let isCut: Bool
    private(set) var tree = Tree<Int>()
    var list = ListState()

    init(_ record: String, at place: Int) {
        self.place = place
        (nodes, isCut) = RecordScanner.nodes(of: record, limit: Self.mostNodes)
        tree.show(
            nodes.enumerated().map { index, node in
                TreeNode(
                    index, level: node.level,
                    isFoldedAtFirst: node.value.kind == .array && node.value.count > Self.mostElementsAtFirst)
            })
        arrange()
    }

    var selected: RecordNode? { list.selectedItem.map { nodes[$0] } }

    /// Does what a key does in the tree; false where it means nothing here.
    mutating func handle(_ key: Key, height: Int) -> Bool {
        guard let item = list.selectedItem else { return false }
        switch key {
        case .left, .character("h"): follow(tree.stepOut(of: tree.place(of: item)), height: height)
        case .right, .character("l"): follow(tree.stepInto(tree.place(of: item)), height: height)
        case .enter, .character(" "):
            if tree.canFold(item) { toggle(item) }
        default: return list.handle(key, height: height)
        }
        return true
    }

    /// Goes to a row.
    mutating func move(to row: Int, height: Int) { list.move(to: row, height: height) }

    /// Folds a row, or back.
    mutating func toggle(_ item: Int) {
        tree.setFolded(!tree.isFolded(item), item)
        arrange()
    }

    private mutating func follow(_ step: TreeStep?, height: Int) {
        switch step {
        case .changed?: arrange()
        case .goes(let item)?:
            let row = list.shown.map { $0.firstIndex(of: UInt32(item)) } ?? item
            if let row { list.move(to: row, height: height) }
        case nil: break
        }
    }

    private mutating func arrange() {
        list.setCount(tree.count)
        list.show(tree.unfolded(), by: list.query)
    }
}
