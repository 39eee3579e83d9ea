// Blocks that are small enough when they are columns: a short record is one null in each column that it lacks.

/// The lines of files, in blocks that have not too many lines for the number of columns.
struct ShreddableBlocks {
    /// How many entries records without any field may come to in a block.
    private static let maximumEntries = 4 << 20

    private var blocks: LineBlocks
    private let maximumLines: Int
    private var rest: LineBlock?

    init(_ blocks: LineBlocks, columnCount: Int) {
        self.blocks = blocks
        maximumLines = max(1, Self.maximumEntries / max(columnCount, 1))
    }

    /// The next lines; nil after the last file's last.
    mutating func next() throws -> LineBlock? {
        let block: LineBlock
        if let rest {
            block = rest
        } else {
            guard let next = try blocks.next() else { return nil }
            block = next
        }
        let (first, rest) = block.split(afterLines: maximumLines)
        self.rest = rest
        return first
    }
}
