// Decodes the deprecated BIT_PACKED levels.

struct BitPackedLevelDecoder {
    init(_ bytes: [UInt8], in range: Range<Int>, bitWidth: Int) throws {}
    mutating func decode(_ count: Int, appendingTo values: inout [UInt8]) throws {
        throw ParquetError.unsupported("BIT_PACKED")
    }
}
