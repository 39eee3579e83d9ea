// A list as every screen has it: its place, its search, its order, and what is marked in it. It knows its items by
// number; what they are is the screen's matter, and so is where they are searched.
import FuzzySearch

/// By which column a list is ordered.
public struct ListOrder: Sendable, Hashable {
    /// The column, from 0.
    public var column: Int
    /// Whether what is last comes first.
    public var isDescending: Bool

    /// An order.
    public init(column: Int, isDescending: Bool = false) {
        self.column = column
        self.isDescending = isDescending
    }
}

/// The state of a list.
public struct ListState: Sendable, Equatable {
    /// Which of the rows that are shown is under the cursor.
    public private(set) var cursor = ListCursor()
    /// How many items there are.
    public private(set) var count = 0
    /// What was typed to search for.
    public private(set) var search = TextField()
    private var searchHistory = EditHistory<TextField>()
    /// Whether letters belong to the search.
    public private(set) var isSearching = false
    /// The order that was asked for; nil for the list's own, or while something is searched for the best match first.
    public private(set) var order: ListOrder?
    /// The items that are marked.
    public private(set) var marks = RowSet()
    /// The row from which on rows are being marked.
    public private(set) var rangeStart: Int?
    /// The items that are shown, in their order; nil where all are, in their own.
    public private(set) var shown: [UInt32]?
    /// What `shown` is found by.
    public private(set) var query = SearchQuery("")
    /// The item that the cursor goes to when it is shown.
    private var wantedItem: Int?
    /// Whether the cursor then stays where it is on the screen.
    private var staysInSight = false

    /// An empty list.
    public init() {}

    // MARK: Rows

    /// How many rows are shown.
    public var rowCount: Int { shown?.count ?? count }

    /// The item in a row.
    public func item(at row: Int) -> Int { shown.map { Int($0[row]) } ?? row }

    /// The row under the cursor; nil where there is none.
    public var selectedRow: Int? { cursor.index(in: rowCount) }

    /// The item under the cursor; nil where there is none.
    public var selectedItem: Int? { selectedRow.map(item) }

    /// What is to be searched for.
    public var wantedQuery: SearchQuery { SearchQuery(search.text) }

    /// Whether something is searched for.
    public var isFiltered: Bool { !wantedQuery.isEmpty }

    // MARK: What is shown

    /// Takes note of how many items there are.
    public mutating func setCount(_ count: Int) {
        self.count = count
        if shown == nil { settle() }
    }

    /// Forgets which items there were, as before they are loaded anew; search and order stay.
    public mutating func forgetItems() {
        count = 0
        marks = RowSet()
        rangeStart = nil
        shown = wantedQuery.isEmpty && order == nil ? nil : []
    }

    /// Shows what was found.
    ///
    /// - Parameters:
    ///   - shown: the items, in their order; nil for all in their own.
    ///   - query: what they were found by.
    public mutating func show(_ shown: [UInt32]?, by query: SearchQuery) {
        // Whoever types wants the best; whoever has moved wants to stay.
        let stays = query == self.query && cursor.index > 0
        if stays, wantedItem == nil { wantedItem = selectedItem }
        if !stays, query != self.query { cursor = ListCursor() }
        self.shown = shown
        self.query = query
        rangeStart = nil
        settle()
    }

    /// Puts the cursor on an item, as soon as it is shown.
    public mutating func place(onItem item: Int) {
        wantedItem = item
        staysInSight = false
        // What is shown may be of items that are no more.
        if shown == nil { settle() }
    }

    /// Says which number the item under the cursor has, after others have come or gone before it: the cursor stays on
    /// it, and it stays where it is on the screen.
    ///
    /// - Parameters:
    ///   - item: its number now.
    ///   - count: how many items there are now.
    public mutating func follow(item: Int, of count: Int) {
        wantedItem = item
        staysInSight = true
        setCount(count)
    }

    private mutating func settle() {
        guard let item = wantedItem, item < count else { return }
        let row = shown.map { $0.firstIndex(of: UInt32(item)) } ?? item
        guard let row else { return }
        if staysInSight { cursor.shift(to: row) } else { cursor.place(at: row) }
        wantedItem = nil
        staysInSight = false
    }

    /// Searches and orders items at once, for lists of a size that people look through themselves.
    ///
    /// - Parameters:
    ///   - count: how many items there are.
    ///   - texts: of an item its text and what else is searched.
    ///   - key: what an item is ordered by.
    public mutating func arrange(
        count: Int, texts: (_ item: Int) -> (String, String),
        by key: (_ item: Int, _ column: Int) -> SortKey = { _, _ in .nothing }
    ) {
        setCount(count)
        let query = wantedQuery
        var items: [UInt32]?
        if !query.isEmpty {
            var index = SearchIndex()
            index.append((0..<count).map(texts))
            items = index.searchNow(query).items
        }
        if let order {
            let all = items ?? (0..<UInt32(count)).map { $0 }
            items = SortKey.sorted(all, descending: order.isDescending) { key(Int($0), order.column) }
        }
        if items != shown || query != self.query { show(items, by: query) }
        settle()
    }

    // MARK: What is done

    /// Does what a key does in a list: moves, and types where something is searched for.
    ///
    /// - Returns: `false` where the key means nothing here.
    public mutating func handle(_ key: Key, height: Int) -> Bool {
        if cursor.handle(key, count: rowCount, height: height, letters: !isSearching) {
            wantedItem = nil
            return true
        }
        return isSearching && searchHistory.handle(key, in: &search)
    }

    /// Does what a key does to the search of a list that lies over a screen: `/` begins it, Enter keeps what it shows,
    /// and Escape shows everything again.
    ///
    /// - Returns: `false` where the key means nothing to the search.
    public mutating func handleSearch(_ key: Key, height: Int) -> Bool {
        if [.escape, .control("g"), .control("c")].contains(key), isSearching || isFiltered {
            clearSearch()
        } else if key == .character("/"), !isSearching {
            isSearching = true
        } else if key == .enter, isSearching {
            isSearching = false
        } else {
            return isSearching && handle(key, height: height)
        }
        return true
    }

    /// Moves to a row.
    public mutating func move(to row: Int, height: Int) {
        wantedItem = nil
        cursor.move(to: row, count: rowCount, height: height)
    }

    /// Types a pasted text into the search.
    public mutating func paste(_ text: String) -> PasteNotice? {
        searchHistory.paste(text, into: &search)
    }

    /// Searches for a text, in the place of what was searched for before.
    public mutating func search(for text: String) {
        isSearching = false
        search.replace(with: text)
    }

    /// Gives letters to the search, or back.
    public mutating func setSearching(_ isSearching: Bool) { self.isSearching = isSearching }

    /// Searches for nothing.
    public mutating func clearSearch() {
        isSearching = false
        wantedItem = selectedItem
        search.replace(with: "")
    }

    /// Orders by the next of some columns, and after the last in the list's own order.
    public mutating func orderByNext(of orders: [ListOrder]) {
        let next =
            order.flatMap { order in orders.firstIndex { $0.column == order.column } }.map { $0 + 1 } ?? 0
        setOrder(orders.indices.contains(next) ? orders[next] : nil)
    }

    /// Orders by a column, or by it the other way round where the list has that order.
    ///
    /// Nothing changes where `orders` has no such column.
    public mutating func orderBy(column: Int, of orders: [ListOrder]) {
        guard let new = orders.first(where: { $0.column == column }) else { return }
        if order?.column == column { reverseOrder(orders) } else { setOrder(new) }
    }

    /// Orders the other way round.
    public mutating func reverseOrder(_ orders: [ListOrder]) {
        guard var new = order ?? orders.first else { return }
        new.isDescending.toggle()
        setOrder(new)
    }

    private mutating func setOrder(_ order: ListOrder?) {
        // Whoever looks at the first row wants to see what comes first now.
        wantedItem = cursor.index > 0 ? selectedItem : nil
        self.order = order
    }

    // MARK: Marks

    /// How many marked items are not shown.
    public var hiddenMarks: Int {
        guard let shown, !marks.isEmpty else { return 0 }
        return marks.count - shown.count { marks.contains(Int($0)) }
    }

    /// Marks an item, or takes its mark away.
    public mutating func setMark(_ isMarked: Bool, onItem item: Int) {
        if isMarked { marks.insert(item) } else { marks.remove(item) }
    }

    /// Begins to mark rows at the one under the cursor, or leaves it.
    public mutating func toggleRange() { rangeStart = rangeStart == nil ? selectedRow : nil }

    /// Whether a row is between the one where marking began and the cursor.
    public func isInRange(_ row: Int) -> Bool { range?.contains(row) ?? false }

    private var range: ClosedRange<Int>? {
        guard let rangeStart, let row = selectedRow, rangeStart < rowCount else { return nil }
        return min(rangeStart, row)...max(rangeStart, row)
    }

    /// Marks the row under the cursor, or takes its mark away, and goes to the next; or marks all rows of the range,
    /// or takes their marks away where all have one.
    public mutating func toggleMark() {
        if let range {
            rangeStart = nil
            return toggle(range.map(item))
        }
        guard let row = selectedRow else { return }
        setMark(!marks.contains(item(at: row)), onItem: item(at: row))
        cursor.place(at: min(row + 1, rowCount - 1))
    }

    /// Marks some rows, or takes their marks away where all have one.
    public mutating func toggleMarks(ofRows rows: [Int]) {
        toggle(rows.filter { $0 >= 0 && $0 < rowCount }.map(item))
    }

    /// Marks all rows that are shown, or takes their marks away where all have one.
    public mutating func toggleAllShown() { toggle((0..<rowCount).map(item)) }

    private mutating func toggle(_ items: [Int]) {
        let areMarked = items.allSatisfy { marks.contains($0) }
        for item in items { setMark(!areMarked, onItem: item) }
    }
}

/// What an item is ordered by.
public enum SortKey: Sendable, Hashable, Comparable {
    /// A number.
    case number(Double)
    /// A text, whatever its case.
    case text(String)
    /// Nothing; it comes last.
    case nothing

    /// Items in the order of their keys; equals stay in their order, and those without a key last.
    public static func sorted(
        _ items: [UInt32], descending: Bool, key: (UInt32) -> SortKey
    ) -> [UInt32] {
        let keyed = items.enumerated().map { place, item -> (key: SortKey, place: Int, item: UInt32) in
            let key = key(item)
            if case .text(let text) = key { return (.text(text.lowercased()), place, item) }
            return (key, place, item)
        }
        let sorted = keyed.sorted { first, second in
            if first.key == second.key { return first.place < second.place }
            if first.key == .nothing || second.key == .nothing { return second.key == .nothing }
            return descending ? first.key > second.key : first.key < second.key
        }
        return sorted.map(\.item)
    }
}
