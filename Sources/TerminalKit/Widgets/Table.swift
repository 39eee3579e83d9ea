// Rows in columns: which columns fit, and how wide each is. Drawing is in Table+Drawing.
import FuzzySearch
import Languages

/// A column of a table.
public struct TableColumn: Sendable, Equatable {
    /// How wide a column is.
    public enum Width: Sendable, Hashable {
        /// Always this many columns.
        case fixed(Int)
        /// At least this many, and a share of what is left.
        case flexible(minimum: Int)

        var minimum: Int {
            switch self {
            case .fixed(let columns), .flexible(minimum: let columns): max(0, columns)
            }
        }
    }

    /// What stands above it.
    public var title: Text
    /// How wide it is.
    public var width: Width
    /// How long it stays where there is not enough room: the lowest priority goes first.
    ///
    /// Among equals the later column goes first. The last one left is never dropped.
    public var priority: Int
    /// Where its texts stand.
    public var alignment: Alignment
    /// Whether long texts lose their middle, as for paths, and not their end.
    public var cutsMiddle: Bool

    /// A column.
    public init(
        _ title: Text, width: Width, priority: Int = 1, alignment: Alignment = .leading,
        cutsMiddle: Bool = false
    ) {
        self.title = title
        self.width = width
        self.priority = priority
        self.alignment = alignment
        self.cutsMiddle = cutsMiddle
    }
}

/// One text of a row.
public struct TableCell: Sendable, Equatable {
    /// The text.
    public var text: String
    /// What it is; the row's role where nothing is said.
    public var role: Role?
    /// What was searched for in it; the letters that were found are shown as such.
    public var query: SearchQuery?

    /// A text of a row.
    public init(_ text: String, role: Role? = nil, query: SearchQuery? = nil) {
        self.text = text
        self.role = role
        self.query = query
    }
}

/// A row of a table: one cell for each of the table's columns, dropped ones included.
public struct TableRow: Sendable, Equatable {
    /// The texts, in the order of the columns.
    public var cells: [TableCell]
    /// What the row is.
    public var role: Role

    /// A row.
    public init(_ cells: [TableCell], role: Role = .text) {
        self.cells = cells
        self.role = role
    }

    /// A row of plain texts.
    public init(_ texts: [String], role: Role = .text) {
        self.init(texts.map { TableCell($0) }, role: role)
    }
}

/// The columns of a table.
///
/// Its rows are asked for while it is drawn, those in sight only.
public struct Table: Sendable, Equatable {
    /// The rows that the headings take; a page has that many rows less than the rectangle.
    public static let headingRows = 1
    /// The blank columns between two columns.
    static let gap = 2
    /// The columns at the right edge that are kept free for the scroll marks.
    static let scrollMarkColumns = 1

    /// The columns, from left to right.
    public var columns: [TableColumn]
    /// By which of them the rows are ordered, which its heading says.
    public var order: ListOrder?
    /// Whether the first column is a box to tick.
    public var marksRows: Bool

    /// The columns of a box to tick.
    static let markColumns = 3

    /// A table with these columns.
    public init(_ columns: [TableColumn], order: ListOrder? = nil, marksRows: Bool = false) {
        self.columns = columns
        self.order = order
        self.marksRows = marksRows
    }

    /// The rows of data that `rect` shows.
    public static func pageHeight(in rect: Rect) -> Int { max(0, rect.rows - headingRows) }

    /// The width of each column where the table has `available` columns in all; nothing for the columns
    /// that are dropped.
    public func widths(available: Int) -> [Int?] {
        let room = max(0, available - Self.scrollMarkColumns)
        var kept = Array(columns.indices)
        while kept.count > 1, minimum(of: kept) > room {
            let first = kept.min { (columns[$0].priority, -$0) < (columns[$1].priority, -$1) }
            kept.removeAll { $0 == first }
        }
        var widths = columns.map { _ in Int?.none }
        for index in kept { widths[index] = min(columns[index].width.minimum, room) }
        let flexible = kept.filter {
            if case .flexible = columns[$0].width { true } else { false }
        }
        let spare = max(0, room - minimum(of: kept))
        for (place, index) in flexible.enumerated() {
            // The first ones take what does not divide evenly.
            let share = spare / flexible.count + (place < spare % flexible.count ? 1 : 0)
            widths[index] = (widths[index] ?? 0) + share
        }
        return widths
    }

    private func minimum(of kept: [Int]) -> Int {
        kept.reduce(0) { $0 + columns[$1].width.minimum } + Self.gap * max(0, kept.count - 1)
    }
}
