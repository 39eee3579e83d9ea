// One cell of a frame.

/// A cell: what stands in it and how it looks.
public struct Cell: Sendable, Hashable {
    /// What stands in a cell.
    public enum Content: Sendable, Hashable {
        /// A harmless cluster of this many columns, 1 or 2.
        case cluster(Character, columns: Int)
        /// The second half of the wide cluster to the left.
        case continuation
    }

    /// What stands in it.
    public var content: Content
    /// How it looks.
    public var style: Style

    /// A cell.
    public init(content: Content, style: Style) {
        self.content = content
        self.style = style
    }

    /// An empty cell.
    public static func blank(_ style: Style = .plain) -> Cell {
        Cell(content: .cluster(" ", columns: 1), style: style)
    }

    /// The text of the cell; nothing for the second half of a wide cluster.
    public var text: Character? {
        if case .cluster(let character, _) = content { character } else { nil }
    }
}
