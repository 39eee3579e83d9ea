// Decodes the RLE/bit-packed hybrid.

struct RunLengthDecoder {
    init(_ bytes: [UInt8], in range: Range<Int>, bitWidth: Int) throws {}
    mutating func decode(_ count: Int, appendingTo values: inout [UInt8]) throws {
        throw ParquetError.unsupported("RLE")
    }
    mutating func decode(_ count: Int, appendingTo values: inout [Int32]) throws {
        throw ParquetError.unsupported("RLE")
    }
    mutating func decode(_ count: Int, appendingTo values: inout [Bool]) throws {
        throw ParquetError.unsupported("RLE")
    }
    mutating func skip(_ count: Int) throws { throw ParquetError.unsupported("RLE") }
}
