// Decodes the values of a page.

struct ValueDecoder {
    init(
        _ encoding: Encoding, leaf: LeafColumn, bytes: [UInt8], in range: Range<Int>, valueCount: Int
    ) throws {}

    mutating func decode(_ count: Int, appendingTo values: inout PhysicalValues) throws {
        throw ParquetError.unsupported("values")
    }
}
