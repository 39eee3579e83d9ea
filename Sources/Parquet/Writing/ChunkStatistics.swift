// What the footer and the column index say of a chunk, from what is known of its pages.

/// The statistics of a chunk and of its pages.
struct ChunkStatistics {
    private let leaf: LeafColumn
    private let order: ValueOrder
    private let pages: [PageStatistics]

    init(_ pages: [PageStatistics], of leaf: LeafColumn) {
        self.pages = pages
        self.leaf = leaf
        order = ValueOrder(of: leaf)
    }

    /// Of the whole chunk.
    var statistics: Statistics {
        var statistics = Statistics()
        statistics.nullCount = pages.reduce(0) { $0 + $1.nullCount }
        var bounds: ValueBounds?
        for page in pages {
            guard let other = page.bounds else { continue }
            if bounds == nil { bounds = other } else { bounds?.form(unionWith: other, in: order) }
        }
        if let bounds = bounds.map(shortened) {
            statistics.minimum = bounds.minimum
            statistics.maximum = bounds.maximum
            statistics.isMinimumExact = bounds.isMinimumExact
            statistics.isMaximumExact = bounds.isMaximumExact
        }
        return statistics
    }

    /// Entries by level, and bytes.
    var sizeStatistics: SizeStatistics {
        var sizes = SizeStatistics()
        if leaf.physicalType == .byteArray {
            sizes.byteArrayBytes = pages.reduce(0) { $0 + ($1.byteArrayBytes ?? 0) }
        }
        // What the number of nulls says already is left out, as the format allows.
        if leaf.maximumRepetitionLevel > 0 {
            sizes.repetitionLevelHistogram = sum(
                pages.map(\.repetitionLevelHistogram), count: leaf.maximumRepetitionLevel + 1)
        }
        if leaf.maximumDefinitionLevel > 1 {
            sizes.definitionLevelHistogram = sum(
                pages.map(\.definitionLevelHistogram), count: leaf.maximumDefinitionLevel + 1)
        }
        return sizes
    }

    /// Of each page; nil if a page has values and no bounds, which an index cannot say.
    var columnIndex: ColumnIndex? {
        var index = ColumnIndex()
        var known: [ValueBounds] = []
        for page in pages {
            let isNull = page.valueCount == 0
            guard let bounds = isNull ? ValueBounds(minimum: [], maximum: []) : page.bounds.map(shortened)
            else { return nil }
            index.nullPages.append(isNull)
            index.minimums.append(bounds.minimum)
            index.maximums.append(bounds.maximum)
            if !isNull { known.append(bounds) }
        }
        index.boundaryOrder = boundaryOrder(of: known)
        index.nullCounts = pages.map(\.nullCount)
        if leaf.maximumRepetitionLevel > 0 {
            index.repetitionLevelHistograms = pages.flatMap(\.repetitionLevelHistogram)
        }
        if leaf.maximumDefinitionLevel > 1 {
            index.definitionLevelHistograms = pages.flatMap(\.definitionLevelHistogram)
        }
        return index
    }

    private func boundaryOrder(of bounds: [ValueBounds]) -> BoundaryOrder {
        let pairs = zip(bounds, bounds.dropFirst())
        let isAscending = pairs.allSatisfy { one, next in
            !order.isLess(next.minimum, one.minimum) && !order.isLess(next.maximum, one.maximum)
        }
        if isAscending { return .ascending }
        let isDescending = pairs.allSatisfy { one, next in
            !order.isLess(one.minimum, next.minimum) && !order.isLess(one.maximum, next.maximum)
        }
        return isDescending ? .descending : .unordered
    }

    private func shortened(_ bounds: ValueBounds) -> ValueBounds {
        guard leaf.physicalType == .byteArray, case .bytes = order else { return bounds }
        return switch leaf.logicalType {
        case .string, .enumeration, .json: bounds.shortened(isText: true)
        default: bounds.shortened(isText: false)
        }
    }

    private func sum(_ histograms: [[Int64]], count: Int) -> [Int64] {
        histograms.reduce(into: [Int64](repeating: 0, count: count)) { sum, histogram in
            for (level, entries) in histogram.enumerated() { sum[level] += entries }
        }
    }
}
