// The first pass over files: what their records look like.

import ParallelWork

/// Finds out what records look like.
public enum SchemaInference {
    /// What was found.
    public struct Result: Hashable, Sendable {
        /// What the records look like.
        public var shape = RecordShape()
        /// The records, and the lines that are none.
        public var count = RecordCount()
    }

    /// Looks at all records of `files` (NDJSON, plain or gzip), checking every line, on all cores.
    ///
    /// Malformed lines are counted, and the first is reported; they are no error here. Throws `RecordsError`
    /// when a file cannot be read or there are too many fields, and `CancellationError`.
    ///
    /// - Parameters:
    ///   - files: their paths.
    ///   - names: what the places of values call the files; nil for their paths.
    ///   - onProgress: called every few hundred kilobytes, in order, with the figures so far.
    public static func run(
        files: [String], names: [String]? = nil, onProgress: @Sendable (RecordCount) -> Void = { _ in }
    ) async throws -> Result {
        try await run(
            files: files, names: names, blocks: LineBlocks(files: files), onProgress: onProgress)
    }

    static func run(
        files: [String], names: [String]? = nil, blocks: LineBlocks,
        onProgress: @Sendable (RecordCount) -> Void = { _ in }
    ) async throws -> Result {
        let names = names ?? files
        let work = OrderedWork<(RecordShape, CheckedLines.Figures)>()
        var blocks = blocks
        var tally = RecordTally(files: files)
        var shape = RecordShape()
        while let (found, figures) = try await work.next({
            guard let block = try blocks.next() else { return nil }
            return { Self.shape(of: block, file: names[block.file]) }
        }) {
            let linesBefore = tally.add(figures)
            shape.merge(found, linesBefore: linesBefore)
            try shape.checkFieldCount()
            onProgress(tally.count)
        }
        return Result(shape: shape, count: tally.count)
    }

    private static func shape(
        of block: LineBlock, file: String
    ) -> (RecordShape, CheckedLines.Figures) {
        let scanner = ShapeScanner(maximumFields: RecordShape.maximumFields)
        var figures = CheckedLines.Figures(file: block.file, bytesRead: block.bytesRead)
        block.forEachRecord(counting: &figures) { record, line in
            scanner.add(record, line: line)
            return true
        }
        return (scanner.shape(file: file), figures)
    }
}
