// The dictionaries of columns as JSON, made once for all batches of a row group.

import Parquet
import Synchronization

/// The entries of a dictionary as they stand in records: with what stands before and after each.
final class RenderedDictionary: Sendable {
    /// One text after the other, and `JSONOutput.slack` bytes.
    let texts: [UInt8]
    /// Where each begins, and the last ends.
    let offsets: [Int32]
    /// Holds the arrays, so that no others can lie at the same addresses.
    private let dictionary: PhysicalValues

    /// Larger dictionaries are left as they are: finding an entry among so many bytes takes as long as writing it.
    static let maximumBytes = 512 << 10

    /// The entries of `dictionary` for `leaf`; nil if they are too many bytes.
    init?(_ dictionary: PhysicalValues, for leaf: PlanLeaf, texts planTexts: [UInt8]) throws {
        guard dictionary.estimatedBytes(with: leaf.prefix.count) <= Self.maximumBytes else { return nil }
        var column = leaf.column
        column.maximumDefinitionLevel = 0
        column.maximumRepetitionLevel = 0
        let count = dictionary.count
        let entries = ColumnValues(
            entryCount: count, definitionLevels: [], repetitionLevels: [], content: .plain(dictionary))
        let checked = try CheckedEntries(entries, of: column, rowCount: count)
        var cursor = LeafCursor(leaf, checked, texts: planTexts.stableAddress)
        var output = try JSONOutput(capacity: 4_096)
        var offsets: [Int32] = [0]
        offsets.reserveCapacity(count + 1)
        try withExtendedLifetime((entries, planTexts)) {
            for index in 0..<count {
                output.finishRecord(at: try cursor.write(index, to: &output, at: output.end))
                offsets.append(Int32(output.count))
            }
        }
        texts = output.withBytes { $0 + [UInt8](repeating: 0, count: JSONOutput.slack) }
        self.offsets = offsets
        self.dictionary = dictionary
    }

    /// Whether it was made of these very arrays.
    func isMade(of other: PhysicalValues) -> Bool {
        dictionary.address == other.address && dictionary.count == other.count
    }
}

/// The dictionaries that the batches in work have, as far as memory goes.
final class RenderedDictionaries: Sendable {
    /// How many bytes all together may take.
    private static let maximumBytes = 32 << 20

    private struct State {
        /// For each leaf, the latest first: while one row group ends, the next has begun.
        var latest: [[RenderedDictionary]]
        var bytes = 0
    }

    private let state: Mutex<State>

    /// None yet, of a plan with so many leaves.
    init(leafCount: Int) {
        state = Mutex(State(latest: Array(repeating: [], count: leafCount)))
    }

    /// The entries of `dictionary`, made now if they have not been; nil if they are too many.
    func rendered(
        _ dictionary: PhysicalValues, for leaf: PlanLeaf, at index: Int, texts: [UInt8]
    ) throws -> RenderedDictionary? {
        try state.withLock { state in
            if let known = state.latest[index].first(where: { $0.isMade(of: dictionary) }) { return known }
            if state.latest[index].count > 1, let oldest = state.latest[index].popLast() {
                state.bytes -= oldest.texts.count
            }
            guard state.bytes < Self.maximumBytes,
                let rendered = try RenderedDictionary(dictionary, for: leaf, texts: texts)
            else { return nil }
            state.latest[index].insert(rendered, at: 0)
            state.bytes += rendered.texts.count
            return rendered
        }
    }
}

extension PhysicalValues {
    /// Where the values lie: the same only for the same arrays.
    fileprivate var address: UnsafeRawPointer {
        switch self {
        case .boolean(let values): UnsafeRawPointer(values.stableAddress)
        case .int32(let values): UnsafeRawPointer(values.stableAddress)
        case .int64(let values): UnsafeRawPointer(values.stableAddress)
        case .float(let values): UnsafeRawPointer(values.stableAddress)
        case .double(let values): UnsafeRawPointer(values.stableAddress)
        case .byteArray(let arrays): UnsafeRawPointer(arrays.offsets.stableAddress)
        case .fixed(let arrays): UnsafeRawPointer(arrays.bytes.stableAddress)
        }
    }

    /// About how long all values are as JSON, each with `more` bytes.
    fileprivate func estimatedBytes(with more: Int) -> Int {
        switch self {
        case .byteArray(let arrays): arrays.bytes.count + arrays.count * (more + 3)
        case .fixed(let arrays): arrays.count * (2 * arrays.width + more + 3)
        default: count * (16 + more)
        }
    }
}
