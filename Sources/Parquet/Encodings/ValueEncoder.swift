// Encodes values in any encoding but a dictionary's.

enum ValueEncoder {
    /// Whether values of `leaf` can be written as `encoding`.
    static func canEncode(_ leaf: LeafColumn, as encoding: Encoding) -> Bool { encoding == .plain }

    /// Adds the values of `range` as they stand in a data page.
    ///
    /// - Throws: `ParquetError` if the encoding does not have values of this type.
    static func encode(
        _ values: PhysicalValues, _ range: Range<Int>, as encoding: Encoding,
        appendingTo output: inout [UInt8]
    ) throws {
        guard encoding == .plain else { throw ParquetError.unsupported("the encoding \(encoding)") }
        PlainEncoder.encode(values, range, appendingTo: &output)
    }
}
