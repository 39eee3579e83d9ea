// What one core does with one block: check it and, while it is in the cache, compress it.

/// The records of a block as a piece of a deflate stream.
struct CompressedLines: Sendable {
    let figures: CheckedLines.Figures
    let records: DeflateBlock

    /// The records of `block`, which is the stream's block of this number, from 0.
    init(_ block: LineBlock, number: Int) throws {
        let lines = CheckedLines(block)
        figures = lines.figures
        records = try lines.withBytes { try DeflateBlock($0, number: number) }
    }
}
