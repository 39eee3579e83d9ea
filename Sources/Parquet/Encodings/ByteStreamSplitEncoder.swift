// Encodes values with their bytes apart.

/// BYTE_STREAM_SPLIT values (Encodings.md of the Parquet format, BYTE_STREAM_SPLIT = 9).
enum ByteStreamSplitEncoder {
    /// Adds the values that `values`, their PLAIN encoding, has: all first bytes, all second bytes, and so on.
    static func encode(_ values: [UInt8], width: Int, appendingTo output: inout [UInt8]) {
        let count = width == 0 ? 0 : values.count / width
        output.append(exactly: count * width) { target in
            values.withUnsafeBufferPointer { values in
                for byte in 0..<width {
                    for index in 0..<count {
                        target[byte &* count &+ index] = values[index &* width &+ byte]
                    }
                }
            }
        }
    }
}
