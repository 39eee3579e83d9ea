// A frame: what the whole terminal should show, as a grid of cells. Everything put into it is made
// harmless first and cut at the edges, so that no text can move the cursor or shift its neighbours.
import Languages

/// The contents of a screen.
public struct Frame: Sendable, Equatable {
    /// The extent of the grid.
    public let size: Size
    /// How text put into the frame is measured.
    public let textWidth: TextWidth
    /// The language that texts are put into the frame in.
    public let language: Language
    /// Where the hardware cursor is; hidden where nothing.
    ///
    /// It belongs on the row that has the focus, because screen readers follow it.
    public var cursor: Point?
    private var cells: [Cell]
    private var targets: [Target] = []

    private struct Target: Sendable, Equatable {
        var rect: Rect
        var target: ClickTarget
    }

    /// A blank frame.
    ///
    /// - Parameters:
    ///   - size: its columns and rows.
    ///   - textWidth: how wide texts are on the terminal.
    ///   - language: the language of the texts that are put into it.
    ///   - style: how it looks where nothing is put.
    public init(
        size: Size, textWidth: TextWidth = .standard, language: Language = .english, style: Style = .plain
    ) {
        self.size = size
        self.textWidth = textWidth
        self.language = language
        cells = Array(repeating: .blank(style), count: size.columns * size.rows)
    }

    /// The whole frame as a rectangle.
    public var bounds: Rect { Rect(size) }

    /// The cell at `point`; a blank one outside the frame.
    public subscript(point: Point) -> Cell {
        bounds.contains(point) ? cells[index(point)] : .blank()
    }

    /// Puts `text`, made harmless, from `point` to the right, in `columns` columns at most.
    ///
    /// What lies outside the frame is cut off; where only half of a wide character fits there is a space.
    /// - Returns: the columns used.
    @discardableResult
    public mutating func put(
        _ text: String, at point: Point, style: Style, columns: Int? = nil
    ) -> Int {
        let limit = min(columns ?? Int.max, size.columns - point.column)
        var used = 0
        for cluster in textWidth.clusters(of: text) {
            guard used < limit else { break }
            let place = Point(column: point.column + used, row: point.row)
            if used + cluster.columns > limit {
                set(.blank(style), at: place)
                return limit
            }
            set(cluster, at: place, style: style)
            used += cluster.columns
        }
        return used
    }

    /// Puts a text of the program, in the language of the frame.
    ///
    /// - Returns: the columns used.
    @discardableResult
    public mutating func put(_ text: Text, at point: Point, style: Style, columns: Int? = nil) -> Int {
        put(text.string(in: language), at: point, style: style, columns: columns)
    }

    /// Says what a click into `rect` is for; what is said later lies above what was said before.
    public mutating func addTarget(_ target: ClickTarget, in rect: Rect) {
        if !rect.isEmpty { targets.append(Target(rect: rect, target: target)) }
    }

    /// Makes clicks be for nothing, as behind a box that has the keyboard.
    public mutating func removeTargets() { targets = [] }

    /// What a click at `point` is for; nil for nothing.
    public func target(at point: Point) -> ClickTarget? {
        targets.last { $0.rect.contains(point) }?.target
    }

    /// Makes every cell of `rect` a blank of `style`.
    public mutating func fill(_ rect: Rect, style: Style) {
        forEachPoint(in: rect) { $0.set(.blank(style), at: $1) }
    }

    /// Changes the style of every cell of `rect`, and leaves its text.
    public mutating func restyle(_ rect: Rect, style: Style) {
        forEachPoint(in: rect) { $0.cells[$0.index($1)].style = style }
    }

    /// The text of each row, without blanks at its end.
    public var lines: [String] {
        (0..<size.rows).map { row in
            let texts = cells[row * size.columns..<(row + 1) * size.columns].compactMap(\.text)
            let end = texts.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
            return String(texts[..<end])
        }
    }

    /// The cells of a row, from left to right; none outside the frame.
    public func row(_ row: Int) -> ArraySlice<Cell> {
        row >= 0 && row < size.rows ? cells[row * size.columns..<(row + 1) * size.columns] : []
    }

    private func index(_ point: Point) -> Int { point.row * size.columns + point.column }

    private mutating func forEachPoint(in rect: Rect, _ body: (inout Frame, Point) -> Void) {
        let rows = max(0, rect.row)..<max(0, rect.row, min(size.rows, rect.endRow))
        let columns = max(0, rect.column)..<max(0, rect.column, min(size.columns, rect.endColumn))
        for row in rows {
            for column in columns { body(&self, Point(column: column, row: row)) }
        }
    }

    private mutating func set(_ cluster: Cluster, at point: Point, style: Style) {
        let next = Point(column: point.column + 1, row: point.row)
        if cluster.columns == 2, point.column == -1 {
            set(.blank(style), at: next)
            return
        }
        let content = Cell.Content.cluster(cluster.character, columns: cluster.columns)
        set(Cell(content: content, style: style), at: point)
        if cluster.columns == 2 {
            set(Cell(content: .continuation, style: style), at: next, isSecondHalf: true)
        }
    }

    /// Replaces a cell; half of a wide cluster that is left over beside it becomes a blank.
    private mutating func set(_ cell: Cell, at point: Point, isSecondHalf: Bool = false) {
        guard bounds.contains(point) else { return }
        let place = index(point)
        switch cells[place].content {
        case .continuation where !isSecondHalf:
            cells[place - 1] = .blank(cells[place - 1].style)
        case .cluster(_, columns: 2):
            cells[place + 1] = .blank(cells[place + 1].style)
        default: break
        }
        cells[place] = cell
    }
}
