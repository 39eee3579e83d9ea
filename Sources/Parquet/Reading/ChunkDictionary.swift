// The dictionary of a column chunk.
import Languages

/// The values that the dictionary-encoded pages of a chunk refer to.
struct ChunkDictionary {
    /// The values, in the order of their places.
    let values: PhysicalValues
    /// Bytes that a value takes where it is referred to: for byte arrays of like sizes, their average.
    let bytesPerValue: Int
    /// Whether some values are so much larger than others that an average says nothing.
    let isUneven: Bool

    /// The dictionary in `page`.
    init(
        _ page: Page, header: DictionaryPageHeader, of chunk: ColumnChunk,
        _ decompressor: PageDecompressor
    ) throws {
        guard header.encoding == .plain || header.encoding == .plainDictionary else {
            throw ParquetError.unsupported(Text("a dictionary that is not PLAIN"))
        }
        let bytes = try decompressor.decompress(
            page.body, codec: chunk.codec, size: Int(page.header.uncompressedSize))
        let count = Int(header.valueCount)
        var values = PhysicalValues(noneOf: chunk.leaf)
        if count > 0 {
            var decoder = try ValueDecoder(
                .plain, leaf: chunk.leaf, bytes: bytes, in: 0..<bytes.count, valueCount: count)
            try decoder.decode(count, appendingTo: &values)
        }
        self.values = values
        let average = values.byteCount / max(1, count)
        if case .byteArray(let arrays) = values {
            let largest = (0..<arrays.count).reduce(0) { max($0, arrays.range($1).count) }
            isUneven = largest > 1024 && largest / 4 > average
            bytesPerValue = isUneven ? largest : average
        } else {
            isUneven = false
            bytesPerValue = average
        }
    }
}
