// What one core does with one block: check it and, while it is in the cache, compress it.

/// The records of a block as a piece of a deflate stream.
struct CompressedLines: Sendable {
    private(set) var figures: CheckedLines.Figures
    let records: DeflateBlock

    /// The records of `block`, with members added to each.
    init(_ block: LineBlock, adding members: AddedMembers) throws {
        let lines = CheckedLines(block)
        figures = lines.figures
        guard !members.isEmpty else {
            records = try lines.withBytes { try DeflateBlock($0) }
            return
        }
        let bytes = lines.withBytes { members.added(to: $0) }
        figures.recordBytes = bytes.count
        records = try bytes.withUnsafeBytes { try DeflateBlock($0) }
    }
}
