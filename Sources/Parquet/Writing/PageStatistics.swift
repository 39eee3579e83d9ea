// What the indexes and the footer say of a page.

/// What is known of the entries of a page.
struct PageStatistics {
    var entryCount: Int
    var valueCount: Int
    /// Of the values; nil if there are none, all are NaN, or they have no order.
    var bounds: ValueBounds?
    /// Bytes of all byte arrays, without their lengths; nil for other types.
    var byteArrayBytes: Int64?
    /// Entries by level.
    var repetitionLevelHistogram: [Int64]
    /// Entries by level.
    var definitionLevelHistogram: [Int64]

    var nullCount: Int64 { Int64(entryCount - valueCount) }
}

/// Looks at the pages of a chunk one after another.
struct PageObserver {
    private let leaf: LeafColumn
    private let order: ValueOrder
    private let content: ColumnValues.Content
    /// For each place in the dictionary, the page that had it last.
    private var lastPage: [Int32]
    private var page: Int32 = 0

    init(_ content: ColumnValues.Content, of leaf: LeafColumn) {
        self.leaf = leaf
        self.content = content
        order = ValueOrder(of: leaf)
        if case .dictionary(_, let values) = content {
            lastPage = [Int32](repeating: 0, count: values.count)
        } else {
            lastPage = []
        }
    }

    /// What is known of the page of `range`.
    mutating func statistics(_ range: PageRange, _ levels: JoinedLevels) -> PageStatistics {
        let (bounds, byteArrayBytes) = observeValues(range.values)
        return PageStatistics(
            entryCount: range.entries.count, valueCount: range.values.count, bounds: bounds,
            byteArrayBytes: byteArrayBytes,
            repetitionLevelHistogram: Self.histogram(
                levels.repetition, range.entries, maximum: leaf.maximumRepetitionLevel),
            definitionLevelHistogram: Self.histogram(
                levels.definition, range.entries, maximum: leaf.maximumDefinitionLevel))
    }

    private mutating func observeValues(_ range: Range<Int>) -> (ValueBounds?, Int64?) {
        switch content {
        case .plain(let values):
            var size: Int64?
            if case .byteArray(let arrays) = values {
                size = Int64(arrays.offsets[range.upperBound] - arrays.offsets[range.lowerBound])
            }
            return (ValueBounds(of: values, at: range, in: order), size)
        case .dictionary(let indices, let dictionary):
            // Each value is compared once, however often the page has it.
            page += 1
            var used: [Int] = []
            for index in indices[range] where lastPage[Int(index)] != page {
                lastPage[Int(index)] = page
                used.append(Int(index))
            }
            var size: Int64?
            if case .byteArray(let arrays) = dictionary {
                size = arrays.offsets.withUnsafeBufferPointer { offsets in
                    indices[range].reduce(0) { $0 + Int64(offsets[Int($1) + 1] - offsets[Int($1)]) }
                }
            }
            return (ValueBounds(of: dictionary, at: used, in: order), size)
        }
    }

    private static func histogram(_ levels: [UInt8], _ range: Range<Int>, maximum: Int) -> [Int64] {
        levels.isEmpty ? [] : levels[range].levelCounts[...maximum].map(Int64.init)
    }
}
