// Where the pages of a column chunk begin and end.

/// What a page is to hold.
struct PageRange: Equatable {
    /// Entries of the chunk.
    var entries: Range<Int>
    /// Values of the chunk.
    var values: Range<Int>
    /// Rows of the row group.
    var rows: Range<Int>
}

/// Cuts a column chunk into pages that begin with a row and end when they are large enough.
enum PageCutter {
    /// The pages of a chunk; none if it has no entries.
    static func pages(
        _ levels: JoinedLevels, _ content: ColumnValues.Content, leaf: LeafColumn, options: WriterOptions
    ) -> [PageRange] {
        let rowLimit = max(options.pageRowLimit, 1)
        let bitLimit = min(max(options.dataPageSize, 1), 1 << 30) * 8
        guard let bits = content.bitsOfEach else {
            guard case .plain(.byteArray(let values)) = content else { return [] }
            return values.offsets.withUnsafeBufferPointer { offsets in
                pages(levels, leaf, rowLimit, bitLimit) { 32 + 8 * Int(offsets[$0 + 1] - offsets[$0]) }
            }
        }
        guard levels.definition.isEmpty, levels.repetition.isEmpty else {
            return pages(levels, leaf, rowLimit, bitLimit) { _ in bits }
        }
        // Entries, values and rows are the same, and all of a size.
        let length = min(rowLimit, max(1, bitLimit / max(bits, 1)))
        return stride(from: 0, to: levels.entryCount, by: length).map { start in
            let range = start..<min(start + length, levels.entryCount)
            return PageRange(entries: range, values: range, rows: range)
        }
    }

    @inline(__always)
    private static func pages(
        _ levels: JoinedLevels, _ leaf: LeafColumn, _ rowLimit: Int, _ bitLimit: Int,
        bits: (_ value: Int) -> Int
    ) -> [PageRange] {
        var pages: [PageRange] = []
        var start = (entry: 0, value: 0, row: 0)
        var value = 0
        var row = 0
        var size = 0
        func page(endingAt entry: Int) -> PageRange {
            PageRange(
                entries: start.entry..<entry, values: start.value..<value, rows: start.row..<row)
        }
        let maximum = UInt8(leaf.maximumDefinitionLevel)
        for entry in 0..<levels.entryCount {
            if levels.repetition.isEmpty || levels.repetition[entry] == 0 {
                if row - start.row >= rowLimit || size >= bitLimit {
                    pages.append(page(endingAt: entry))
                    start = (entry, value, row)
                    size = 0
                }
                row += 1
            }
            if levels.definition.isEmpty || levels.definition[entry] == maximum {
                size += bits(value)
                value += 1
            }
        }
        if start.entry < levels.entryCount { pages.append(page(endingAt: levels.entryCount)) }
        return pages
    }
}

extension ColumnValues.Content {
    /// The bits that each value takes in a page; nil if they differ.
    fileprivate var bitsOfEach: Int? {
        switch self {
        case .dictionary(_, let values): BitWidth.of(maximum: max(values.count - 1, 0))
        case .plain(.boolean): 1
        case .plain(.int32), .plain(.float): 32
        case .plain(.int64), .plain(.double): 64
        case .plain(.fixed(let values)): 8 * values.width
        case .plain(.byteArray): nil
        }
    }
}
