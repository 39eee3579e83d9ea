// Decodes definition and repetition levels.

struct LevelDecoder {
    /// Levels of a data page of version 1; `position` moves behind them.
    init(
        encoding: Encoding, bytes: [UInt8], at position: inout Int, limit: Int, maximumLevel: Int,
        entryCount: Int
    ) throws {}

    /// Levels of a data page of version 2.
    init(version2 bytes: [UInt8], in range: Range<Int>, maximumLevel: Int) throws {}

    mutating func decode(_ count: Int, appendingTo levels: inout [UInt8]) throws {
        throw ParquetError.unsupported("levels")
    }
}
