// Files that are made in memory.

import Parquet

/// Bytes as a reader's source.
public struct MemoryFile: RandomAccessSource {
    /// What errors call it.
    public let name: String
    /// The bytes.
    public let bytes: [UInt8]

    /// A file of `bytes`.
    public init(_ bytes: [UInt8], name: String = "memory.parquet") {
        self.name = name
        self.bytes = bytes
    }

    /// The number of bytes.
    public func size() -> Int64 { Int64(bytes.count) }

    /// The bytes of `range`.
    public func read(_ range: Range<Int64>) throws -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            throw ParquetError(.truncated, file: name)
        }
        return Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)])
    }
}
