// Counts the records of files without keeping any.

import ParallelWork

/// Counts records.
public enum RecordCounter {
    /// Counts the records of `files` (NDJSON, plain or gzip), checking every line, on all cores.
    ///
    /// Malformed lines are counted and the first is reported; they are no error here. Throws `RecordsError`
    /// when a file cannot be read, and `CancellationError`.
    ///
    /// - Parameters:
    ///   - files: their paths.
    ///   - onProgress: called every few hundred kilobytes, in order, with the figures so far.
    public static func count(
        files: [String], onProgress: @Sendable (RecordCount) -> Void = { _ in }
    ) async throws -> RecordCount {
        let work = OrderedWork<CheckedLines.Figures>()
        var blocks = LineBlocks(files: files)
        var tally = RecordTally(files: files)
        while let figures = try await work.next({
            guard let block = try blocks.next() else { return nil }
            return { CheckedLines(block).figures }
        }) {
            tally.add(figures)
            onProgress(tally.count)
        }
        return tally.count
    }
}
