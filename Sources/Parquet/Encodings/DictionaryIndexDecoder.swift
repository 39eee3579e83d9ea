// Decodes places in a dictionary.
import Languages

/// The values of a data page as places in the dictionary of its column chunk, a piece at a time (Encodings.md of
/// the Parquet format, RLE_DICTIONARY = 8): the bits of a place in one byte, and then RLE.
struct DictionaryIndexDecoder {
    private var runs: RunLengthDecoder
    private let dictionaryCount: Int

    /// - Parameter dictionaryCount: the values of the dictionary.
    init(bytes: [UInt8], in range: Range<Int>, dictionaryCount: Int) throws {
        var cursor = try ByteCursor(bytes, in: range)
        // A page of nothing but nulls may be empty. It has no indices of any width.
        let bitWidth = cursor.count == 0 ? 1 : Int(try cursor.readByte())
        runs = try RunLengthDecoder(bytes, in: cursor.position..<cursor.end, bitWidth: bitWidth)
        self.dictionaryCount = dictionaryCount
    }

    /// Adds the next `count` indices, each of which is in the range of the dictionary.
    mutating func decode(_ count: Int, appendingTo indices: inout [Int32]) throws {
        let start = indices.count
        try runs.decode(count, appendingTo: &indices)
        guard count > 0 else { return }
        let largest = indices.withUnsafeBufferPointer { indices in
            indices[start...].reduce(0) { max($0, UInt32(bitPattern: $1)) }
        }
        guard largest < dictionaryCount else {
            throw ParquetError.malformed(
                Text("a page refers to value \(largest) of a dictionary that has \(dictionaryCount)"))
        }
    }
}
