// The dictionaries of columns as JSON, made once for all batches of a row group.

import Parquet
import Synchronization

/// A dictionary that has been checked, and its entries as they stand in records.
final class RenderedDictionary: Sendable {
    /// With what stands before and after each, one after the other, and `JSONOutput.slack` bytes; nil if that would
    /// be too much.
    let texts: [UInt8]?
    /// Where each text begins, and the last ends.
    let offsets: [Int32]
    /// Holds the arrays, so that no others can lie at the same addresses.
    private let dictionary: PhysicalValues

    /// Larger dictionaries are left as they are: finding an entry among so many bytes takes as long as writing it.
    static let maximumBytes = 512 << 10

    /// The entries of `dictionary` for `leaf`.
    ///
    /// - Throws: `ParquetError` if the dictionary is not one of the leaf's type, or one of its values cannot be written.
    init(
        _ dictionary: PhysicalValues, for leaf: PlanLeaf, texts planTexts: [UInt8], maximumBytes: Int
    ) throws {
        var column = leaf.column
        column.maximumDefinitionLevel = 0
        column.maximumRepetitionLevel = 0
        let count = dictionary.count
        let entries = ColumnValues(
            entryCount: count, definitionLevels: [], repetitionLevels: [], content: .plain(dictionary))
        let checked = try CheckedEntries(entries, of: column, rowCount: count)
        self.dictionary = dictionary
        guard dictionary.estimatedBytes(with: leaf.prefix.count) <= maximumBytes else {
            texts = nil
            offsets = []
            return
        }
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
    }

    /// Whether it was made of these very arrays.
    func isMade(of other: PhysicalValues) -> Bool {
        dictionary.address == other.address && dictionary.count == other.count
    }
}

/// The dictionaries of a row group as texts, as far as memory goes.
///
/// Its batches hold them, so that they are gone with the last of these.
final class RenderedDictionaries: Sendable {
    /// How many bytes the texts of all columns may take.
    private static let maximumBytes = 16 << 20

    private struct State {
        /// For each leaf.
        var rendered: [RenderedDictionary?]
        var bytes = 0
    }

    private let state: Mutex<State>

    /// None yet, of a plan with so many leaves.
    init(leafCount: Int) {
        state = Mutex(State(rendered: Array(repeating: nil, count: leafCount)))
    }

    /// The entries of `dictionary` for the leaf at `index`, made now if they have not been.
    func rendered(
        _ dictionary: PhysicalValues, for leaf: PlanLeaf, at index: Int, texts: [UInt8]
    ) throws -> RenderedDictionary {
        try state.withLock { state in
            if let known = state.rendered[index] {
                if known.isMade(of: dictionary) { return known }
                state.bytes -= known.texts?.count ?? 0
            }
            let rendered = try RenderedDictionary(
                dictionary, for: leaf, texts: texts,
                maximumBytes: min(RenderedDictionary.maximumBytes, Self.maximumBytes - state.bytes))
            state.rendered[index] = rendered
            state.bytes += rendered.texts?.count ?? 0
            return rendered
        }
    }
}

extension PhysicalValues {
    /// Where the values lie: the same only for the same arrays, if there are any values.
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
