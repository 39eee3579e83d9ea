// Encodes values as PLAIN.

/// PLAIN values (Encodings.md of the Parquet format, PLAIN = 0).
enum PlainEncoder {
    /// Adds the values of `range`.
    ///
    /// Booleans are packed from the next byte on.
    static func encode(
        _ values: PhysicalValues, _ range: Range<Int>, appendingTo output: inout [UInt8]
    ) {
        switch values {
        case .boolean(let values):
            values[range].withUnsafeBufferPointer { booleans in
                // A boolean is a byte of 0 or 1.
                booleans.withMemoryRebound(to: UInt8.self) {
                    BitPacking.pack($0, bitWidth: 1, appendingTo: &output)
                }
            }
        case .int32(let values): append(values[range], to: &output)
        case .int64(let values): append(values[range], to: &output)
        case .float(let values): append(values[range], to: &output)
        case .double(let values): append(values[range], to: &output)
        case .byteArray(let values): append(values, range, to: &output)
        case .fixed(let values):
            output.append(
                contentsOf: values.bytes[range.lowerBound * values.width..<range.upperBound * values.width])
        }
    }

    private static func append<Number: BitwiseCopyable>(
        _ numbers: ArraySlice<Number>, to output: inout [UInt8]
    ) {
        numbers.withUnsafeBytes { output.append(contentsOf: $0) }
    }

    /// Adds arrays, each with its length in four bytes before it.
    private static func append(_ values: ByteArrays, _ range: Range<Int>, to output: inout [UInt8]) {
        let bytes = Int(values.offsets[range.lowerBound])..<Int(values.offsets[range.upperBound])
        let offsets = values.offsets[range.lowerBound...range.upperBound]
        output.append(exactly: 4 * range.count + bytes.count) { target in
            let target = UnsafeMutableRawBufferPointer(target)
            values.bytes[bytes].withUnsafeBytes { source in
                offsets.withUnsafeBufferPointer { offsets in
                    let first = Int(offsets[0])
                    var position = 0
                    for index in 1..<offsets.count {
                        let start = Int(offsets[index &- 1]) &- first
                        let length = Int(offsets[index]) &- first &- start
                        target.storeBytes(
                            of: UInt32(truncatingIfNeeded: length).littleEndian, toByteOffset: position,
                            as: UInt32.self)
                        position &+= 4
                        source.copyShort(start, length, to: target, at: position)
                        position &+= length
                    }
                }
            }
        }
    }
}
