// Encodes values in any encoding but a dictionary's.
import Languages

/// The values of data pages and dictionary pages.
enum ValueEncoder {
    /// Whether values of `type` can be written as `encoding`.
    static func canEncode(_ type: PhysicalType, as encoding: Encoding) -> Bool {
        switch encoding {
        case .plain: true
        case .rle: type == .boolean
        case .deltaBinaryPacked: [.int32, .int64].contains(type)
        case .deltaLengthByteArray: type == .byteArray
        case .deltaByteArray: [.byteArray, .fixedLengthByteArray].contains(type)
        case .byteStreamSplit:
            [.int32, .int64, .float, .double, .fixedLengthByteArray].contains(type)
        case .plainDictionary, .rleDictionary, .bitPacked, .alp: false
        }
    }

    /// Adds the values of `range` as they stand in a page.
    ///
    /// - Throws: `ParquetError` if values of this type are not written so.
    static func encode(
        _ values: PhysicalValues, _ range: Range<Int>, as encoding: Encoding,
        appendingTo output: inout [UInt8]
    ) throws {
        switch (encoding, values) {
        case (.plain, _):
            PlainEncoder.encode(values, range, appendingTo: &output)
        case (.rle, .boolean(let values)):
            var runs: [UInt8] = []
            RunLengthEncoder.encode(values[range], appendingTo: &runs)
            output.append(littleEndian: UInt64(runs.count), byteCount: 4)
            output.append(contentsOf: runs)
        case (.deltaBinaryPacked, .int32(let values)):
            DeltaEncoder.encode(values[range], appendingTo: &output)
        case (.deltaBinaryPacked, .int64(let values)):
            DeltaEncoder.encode(values[range], appendingTo: &output)
        case (.deltaLengthByteArray, .byteArray(let values)):
            DeltaEncoder.encodeLengths(values, range, appendingTo: &output)
        case (.deltaByteArray, .byteArray(let values)):
            DeltaEncoder.encodePrefixes(
                values.bytes, at: range.map { values.range($0) }, appendingTo: &output)
        case (.deltaByteArray, .fixed(let values)):
            let width = values.width
            DeltaEncoder.encodePrefixes(
                values.bytes, at: range.map { $0 * width..<($0 + 1) * width }, appendingTo: &output)
        case (.byteStreamSplit, .int32), (.byteStreamSplit, .float):
            split(values, range, width: 4, appendingTo: &output)
        case (.byteStreamSplit, .int64), (.byteStreamSplit, .double):
            split(values, range, width: 8, appendingTo: &output)
        case (.byteStreamSplit, .fixed(let fixed)):
            split(values, range, width: fixed.width, appendingTo: &output)
        default:
            throw ParquetError(
                .invalidValues(Text("the encoding \(encoding) is not for values of their type")))
        }
    }

    private static func split(
        _ values: PhysicalValues, _ range: Range<Int>, width: Int, appendingTo output: inout [UInt8]
    ) {
        var plain: [UInt8] = []
        PlainEncoder.encode(values, range, appendingTo: &plain)
        ByteStreamSplitEncoder.encode(plain, width: width, appendingTo: &output)
    }
}
