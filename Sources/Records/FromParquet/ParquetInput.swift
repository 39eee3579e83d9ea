// A Parquet file as a source of records.

import Parquet
import Synchronization

/// A Parquet file whose rows are to be written as records.
public struct ParquetInput: Sendable {
    /// Where its bytes come from.
    public var source: any RandomAccessSource
    /// Members that end each of its records; fields of the same names are left out.
    public var constants: [ConstantColumn]

    /// A file.
    public init(_ source: any RandomAccessSource, constants: [ConstantColumn] = []) {
        self.source = source
        self.constants = constants
    }
}

/// The rows of several files, in batches, one file after the other.
struct RowBlocks {
    /// About how many rows and bytes of values make a piece of work of one or two megabytes of JSON.
    private static let maximumRows = 4_096
    private static let targetBytes = 1 << 20

    /// The rows of a batch, and where they come from.
    struct Block: Sendable {
        var rows: RecordAssembler
        var file: String
        var rowGroup: Int
    }

    private var inputs: ArraySlice<ParquetInput>
    private var current: OpenFile?
    private var bytesReadBefore: Int64 = 0

    private struct OpenFile {
        let source: MeteredSource
        let plan: RecordPlan
        var batches: RowBatches.AsyncIterator
        /// The dictionaries of the row group at hand.
        var dictionaries: RenderedDictionaries
        var rowGroup = 0
    }

    init(_ inputs: [ParquetInput]) {
        self.inputs = inputs[...]
    }

    /// Bytes read from all files so far.
    var bytesRead: Int64 { bytesReadBefore + (current?.source.bytesRead ?? 0) }

    /// The next rows; nil after the last file's last.
    mutating func next() async throws -> Block? {
        while true {
            if var file = current.take() {
                let batch = try await file.batches.next()
                if let batch, batch.rowGroup != file.rowGroup {
                    file.rowGroup = batch.rowGroup
                    file.dictionaries = RenderedDictionaries(leafCount: file.plan.leaves.count)
                }
                current = file
                if let batch {
                    let rows = RecordAssembler(
                        file.plan, batch.columns, rowCount: batch.rowCount, dictionaries: file.dictionaries)
                    return Block(rows: rows, file: file.source.name, rowGroup: batch.rowGroup)
                }
                bytesReadBefore += file.source.bytesRead
                current = nil
            }
            guard let input = inputs.popFirst() else { return nil }
            current = try await Self.open(input)
        }
    }

    private static func open(_ input: ParquetInput) async throws -> OpenFile {
        let source = MeteredSource(input.source)
        let file = try await ParquetFile(source)
        do {
            let plan = try RecordPlan(file.schema, constants: input.constants)
            let batches = file.batches(
                columns: plan.columns, maximumRows: maximumRows, targetBytes: targetBytes)
            return OpenFile(
                source: source, plan: plan, batches: batches.makeAsyncIterator(),
                dictionaries: RenderedDictionaries(leafCount: plan.leaves.count))
        } catch let error as ParquetError {
            throw error.at(file: source.name)
        }
    }
}

/// A source that counts what is read of it.
private final class MeteredSource: RandomAccessSource {
    private let source: any RandomAccessSource
    private let count = Atomic<Int64>(0)

    init(_ source: any RandomAccessSource) { self.source = source }

    var name: String { source.name }
    var bytesRead: Int64 { count.load(ordering: .relaxed) }

    func size() async throws -> Int64 { try await source.size() }

    func read(_ range: Range<Int64>) async throws -> [UInt8] {
        let bytes = try await source.read(range)
        count.add(Int64(bytes.count), ordering: .relaxed)
        return bytes
    }
}
