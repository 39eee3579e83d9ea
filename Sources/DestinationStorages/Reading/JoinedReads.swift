// Few large reads instead of many small ones: a request to a distant storage costs more than a megabyte does.
import Parquet

/// A source of which more is read than was asked for, so that what is asked for next is there already.
///
/// Reads within a megabyte of each other become one. A read at the end of the source takes up what stands before
/// it, since footers do. It keeps the last few reads, and the size.
actor JoinedReads: RandomAccessSource {
    /// What is read at a time, if no more is asked for.
    static let window: Int64 = 1 << 20
    private static let kept = 3

    nonisolated let name: String
    private let source: any RandomAccessSource
    private var knownSize: Int64?
    private var windows: [(start: Int64, bytes: [UInt8])] = []

    init(_ source: any RandomAccessSource) {
        self.source = source
        name = source.name
    }

    func size() async throws -> Int64 {
        if let knownSize { return knownSize }
        let size = try await source.size()
        knownSize = size
        return size
    }

    func read(_ range: Range<Int64>) async throws -> [UInt8] {
        if let bytes = held(range) { return bytes }
        let wanted = Self.window(around: range, of: try await size())
        let bytes = try await source.read(wanted)
        windows.append((wanted.lowerBound, bytes))
        if windows.count > Self.kept { windows.removeFirst() }
        return held(range) ?? bytes
    }

    private func held(_ range: Range<Int64>) -> [UInt8]? {
        for window in windows
        where window.start <= range.lowerBound && range.upperBound <= window.start + Int64(window.bytes.count)
        {
            let first = Int(range.lowerBound - window.start)
            return Array(window.bytes[first..<first + range.count])
        }
        return nil
    }

    private static func window(around range: Range<Int64>, of size: Int64) -> Range<Int64> {
        let end = max(range.upperBound, min(size, range.lowerBound + window))
        guard range.upperBound == size else { return range.lowerBound..<end }
        return max(0, min(range.lowerBound, size - window))..<end
    }
}
