// What has been decoded of a column for the batch at hand.
import Languages

/// Entries of one column, collected in steps until a batch is full.
///
/// The levels may be ahead of the values: a row's end is only known when the next row's beginning has been seen.
struct CollectedEntries {
    /// Of all entries whose levels are known.
    var repetitionLevels: [UInt8] = []
    /// Of all entries whose levels are known.
    var definitionLevels: [UInt8] = []
    /// Entries whose values are here too.
    private(set) var entryCount = 0

    /// Whether there is nothing, neither values nor levels.
    var isEmpty: Bool { entryCount == 0 && repetitionLevels.isEmpty && definitionLevels.isEmpty }

    private let leaf: LeafColumn
    // Either of the two is empty.
    private var indices: [Int32] = []
    private var values: PhysicalValues

    /// How many bytes values may take that must stay together.
    private static let limit = 256 << 20

    /// No entries of `leaf`.
    init(of leaf: LeafColumn) {
        self.leaf = leaf
        values = PhysicalValues(noneOf: leaf)
    }

    /// Adds the values of the next `count` entries, whose levels are here.
    ///
    /// - Returns: the bytes that they take, as values and not as places in the dictionary.
    mutating func appendValues(
        ofEntries count: Int, from page: inout DataPage, _ dictionary: ChunkDictionary?
    ) throws -> Int {
        let maximum = leaf.maximumDefinitionLevel
        let valueCount =
            maximum == 0
            ? count
            : Levels.count(of: UInt8(maximum), in: definitionLevels, entryCount..<entryCount + count)
        entryCount += count
        let levelBytes = count * ((maximum > 0 ? 1 : 0) + (leaf.maximumRepetitionLevel > 0 ? 1 : 0))
        guard valueCount > 0 else { return levelBytes }
        if page.isDictionaryEncoded, let dictionary {
            return levelBytes + (try appendIndices(valueCount, from: &page, dictionary))
        }
        if let dictionary { try materialize(dictionary) }
        let before = values.byteCount
        try page.decodeValues(valueCount, appendingTo: &values)
        return levelBytes + values.byteCount - before
    }

    private mutating func appendIndices(
        _ count: Int, from page: inout DataPage, _ dictionary: ChunkDictionary
    ) throws -> Int {
        let start = indices.count
        try page.decodeIndices(count, appendingTo: &indices)
        let bytes =
            dictionary.isUneven
            ? dictionary.values.byteCount(of: indices[start...]) : count * dictionary.bytesPerValue
        if values.count > 0 { try materialize(dictionary) }
        return bytes
    }

    /// Puts values in the place of indices, for a batch that has pages of both kinds.
    private mutating func materialize(_ dictionary: ChunkDictionary) throws {
        guard !indices.isEmpty else { return }
        guard dictionary.values.byteCount(of: indices[...]) <= Self.limit - values.byteCount else {
            throw ParquetError(.tooLarge(Text("consecutive values of more than \(Self.limit >> 20) MB")))
        }
        values.append(indices, of: dictionary.values)
        indices.removeAll(keepingCapacity: true)
    }

    /// Takes the entries that have their values, and leaves the levels that are ahead.
    mutating func take(_ dictionary: ChunkDictionary?) -> ColumnValues {
        defer {
            entryCount = 0
            indices = []
        }
        let content: ColumnValues.Content
        if let dictionary, !indices.isEmpty {
            content = .dictionary(indices: indices, dictionary.values)
        } else {
            content = .plain(values)
            values = values.emptied
        }
        return ColumnValues(
            entryCount: entryCount, definitionLevels: Self.take(entryCount, of: &definitionLevels),
            repetitionLevels: Self.take(entryCount, of: &repetitionLevels), content: content)
    }

    /// Cuts off the first `count` of `levels`, if there are any.
    private static func take(_ count: Int, of levels: inout [UInt8]) -> [UInt8] {
        guard !levels.isEmpty else { return [] }
        var rest: [UInt8] = []
        rest.reserveCapacity(levels.count)
        rest.append(contentsOf: levels[count...])
        swap(&rest, &levels)
        rest.removeSubrange(count...)
        return rest
    }
}
