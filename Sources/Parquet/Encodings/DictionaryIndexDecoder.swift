// Decodes places in a dictionary.

struct DictionaryIndexDecoder {
    init(bytes: [UInt8], in range: Range<Int>, dictionaryCount: Int) throws {}

    mutating func decode(_ count: Int, appendingTo indices: inout [Int32]) throws {
        throw ParquetError.unsupported("dictionaries")
    }
}
