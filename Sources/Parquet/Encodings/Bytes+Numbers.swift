// Numbers as pages have them.

extension [UInt8] {
    /// Adds an unsigned number in seven bits a byte (ULEB128).
    mutating func append(varint value: UInt64) {
        var value = value
        while value >= 0x80 {
            append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        append(UInt8(truncatingIfNeeded: value))
    }

    /// Adds a signed number, of which those near 0 are short, whatever their sign.
    mutating func append(zigZag value: Int64) {
        append(varint: UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    /// Adds the lowest bytes of `value`, the lowest first.
    mutating func append(littleEndian value: UInt64, byteCount: Int) {
        var value = value
        for _ in 0..<byteCount {
            append(UInt8(truncatingIfNeeded: value))
            value >>= 8
        }
    }
}
