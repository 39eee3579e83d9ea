// Positions and areas on a character grid, in columns and rows from the top left corner.
// Knows nothing of what is drawn there.

/// The extent of a grid, in columns and rows; never negative.
public struct Size: Sendable, Hashable {
    /// The number of columns.
    public let columns: Int
    /// The number of rows.
    public let rows: Int

    /// A size; negative numbers count as zero.
    public init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// A place on the grid; the top left corner is (0, 0).
public struct Point: Sendable, Hashable {
    /// The column, from 0 at the left.
    public var column: Int
    /// The row, from 0 at the top.
    public var row: Int

    /// The place at `column` and `row`.
    public init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// A rectangle on the grid; its extent is never negative.
public struct Rect: Sendable, Hashable {
    /// The leftmost column.
    public let column: Int
    /// The topmost row.
    public let row: Int
    /// The number of columns.
    public let columns: Int
    /// The number of rows.
    public let rows: Int

    /// A rectangle; a negative extent counts as zero.
    public init(column: Int, row: Int, columns: Int, rows: Int) {
        self.column = column
        self.row = row
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    /// The whole of a grid of `size`.
    public init(_ size: Size) {
        self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
    }

    /// The top left corner.
    public var origin: Point { Point(column: column, row: row) }
    /// The extent.
    public var size: Size { Size(columns: columns, rows: rows) }
    /// The first column to the right of the rectangle.
    public var endColumn: Int { column + columns }
    /// The first row below the rectangle.
    public var endRow: Int { row + rows }
    /// Whether the rectangle holds no cell.
    public var isEmpty: Bool { columns == 0 || rows == 0 }

    /// Whether `point` lies inside.
    public func contains(_ point: Point) -> Bool {
        point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
    }

    /// The rectangle without `columns` at the left and right, and without `rows` at the top and bottom.
    public func inset(columns: Int = 1, rows: Int = 1) -> Rect {
        Rect(
            column: column + columns, row: row + rows, columns: self.columns - 2 * columns,
            rows: self.rows - 2 * rows)
    }

    /// The first `count` rows, and the rest; the first part is shorter where there are fewer.
    public func split(top count: Int) -> (top: Rect, rest: Rect) {
        let height = min(max(0, count), rows)
        return (
            Rect(column: column, row: row, columns: columns, rows: height),
            Rect(column: column, row: row + height, columns: columns, rows: rows - height)
        )
    }

    /// The last `count` rows, and the rest above them.
    public func split(bottom count: Int) -> (rest: Rect, bottom: Rect) {
        let (rest, bottom) = split(top: rows - min(max(0, count), rows))
        return (rest, bottom)
    }

    /// The first `count` columns, and the rest.
    public func split(left count: Int) -> (left: Rect, rest: Rect) {
        let width = min(max(0, count), columns)
        return (
            Rect(column: column, row: row, columns: width, rows: rows),
            Rect(column: column + width, row: row, columns: columns - width, rows: rows)
        )
    }

    /// The last `count` columns, and the rest to their left.
    public func split(right count: Int) -> (rest: Rect, right: Rect) {
        let (rest, right) = split(left: columns - min(max(0, count), columns))
        return (rest, right)
    }

    /// The row at `index` from the top, as a rectangle of one row; empty outside the rectangle.
    public func line(_ index: Int) -> Rect {
        let isInside = index >= 0 && index < rows
        return Rect(column: column, row: row + index, columns: columns, rows: isInside ? 1 : 0)
    }

    /// A rectangle of `size` in the middle of this one, cut down to it where it is larger.
    public func centered(_ size: Size) -> Rect {
        let width = min(size.columns, columns)
        let height = min(size.rows, rows)
        return Rect(
            column: column + (columns - width) / 2, row: row + (rows - height) / 2, columns: width,
            rows: height)
    }
}
