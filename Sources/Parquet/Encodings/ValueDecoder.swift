// Decodes the values of a page.
import Languages

/// The values of a data page or a dictionary page, in any encoding but a dictionary's own, a piece at a time.
struct ValueDecoder {
    private enum Form {
        case plain(PlainDecoder)
        case booleans(RunLengthDecoder)
        case delta(DeltaDecoder)
        case deltaLength(DeltaLengthDecoder)
        case deltaByteArray(DeltaByteArrayDecoder)
        case byteStreamSplit(ByteStreamSplitDecoder)
    }

    private var form: Form

    /// - Parameters:
    ///   - range: where the values stand in `bytes`.
    ///   - valueCount: how many there are at the most: the page may count its nulls as well.
    /// - Throws: `ParquetError` if values of this type are not written so, or the page is damaged.
    init(
        _ encoding: Encoding, leaf: LeafColumn, bytes: [UInt8], in range: Range<Int>, valueCount: Int
    ) throws {
        var cursor = try ByteCursor(bytes, in: range)
        switch (encoding, leaf.physicalType) {
        case (.plain, _):
            form = .plain(PlainDecoder(cursor))
        case (.rle, .boolean):
            form = .booleans(try RunLengthDecoder(bytes, in: cursor.takePrefixed(), bitWidth: 1))
        case (.deltaBinaryPacked, .int32):
            form = .delta(try DeltaDecoder(cursor, maximumBitWidth: 32))
        case (.deltaBinaryPacked, .int64):
            form = .delta(try DeltaDecoder(cursor, maximumBitWidth: 64))
        case (.deltaLengthByteArray, .byteArray):
            form = .deltaLength(try DeltaLengthDecoder(cursor))
        case (.deltaByteArray, .byteArray), (.deltaByteArray, .fixedLengthByteArray):
            form = .deltaByteArray(try DeltaByteArrayDecoder(cursor))
        case (.byteStreamSplit, .float), (.byteStreamSplit, .double), (.byteStreamSplit, .int32),
            (.byteStreamSplit, .int64), (.byteStreamSplit, .fixedLengthByteArray):
            form = .byteStreamSplit(
                try ByteStreamSplitDecoder(cursor, width: leaf.width ?? 0, maximumCount: valueCount))
        case (.alp, _):
            throw ParquetError.unsupported(Text("the encoding ALP"))
        default:
            throw ParquetError.malformed(
                Text(
                    "a page has the encoding \(encoding), which values of the type \(leaf.physicalType) do not have"
                )
            )
        }
    }

    /// Adds the next `count` values.
    ///
    /// - Throws: `ParquetError` if there are not as many, they are damaged or too large, or `values` are of another
    ///   type than the column.
    mutating func decode(_ count: Int, appendingTo values: inout PhysicalValues) throws {
        guard count > 0 else { return }
        let isOfType: Bool
        switch form {
        case .plain(var decoder):
            isOfType = try decoder.decode(count, appendingTo: &values)
            form = .plain(decoder)
        case .booleans(var decoder):
            isOfType = try values.updateBooleans { try decoder.decode(count, appendingTo: &$0) }
            form = .booleans(decoder)
        case .delta(var decoder):
            isOfType =
                try values.updateInt32 { try decoder.decode(count, appendingTo: &$0) }
                || values.updateInt64 { try decoder.decode(count, appendingTo: &$0) }
            form = .delta(decoder)
        case .deltaLength(var decoder):
            isOfType = try values.updateByteArrays { try decoder.decode(count, appendingTo: &$0) }
            form = .deltaLength(decoder)
        case .deltaByteArray(var decoder):
            isOfType =
                try values.updateByteArrays { try decoder.decode(count, appendingTo: &$0) }
                || values.updateFixed { try decoder.decode(count, appendingTo: &$0) }
            form = .deltaByteArray(decoder)
        case .byteStreamSplit(var decoder):
            isOfType = try decoder.decode(count, appendingTo: &values)
            form = .byteStreamSplit(decoder)
        }
        guard isOfType else {
            throw ParquetError(.invalidValues(Text("they are of another type than the column")))
        }
    }
}
