// The bits of a deflate stream (RFC 1951, section 3.1.1), a machine word at a time.

/// Reads bits, the lowest of each byte first.
///
/// Beyond the end it reads zeros, as many as are looked at together; `refill` refuses to go further.
struct DeflateBits {
    private let bytes: UnsafeRawBufferPointer
    /// The byte after those that are in `next`.
    private var offset = 0
    /// The next bits, of which the lowest `count` are to be counted on; above them is what follows, or zero.
    private(set) var next: UInt64 = 0
    private var count = 0

    /// The bits of `bytes`, which must outlive this.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The number of the next bit.
    var position: Int { offset * 8 - count }

    /// Whether bits have been taken that are not there.
    var isBeyondEnd: Bool { position > bytes.count * 8 }

    /// Gets ready at least 56 bits; false if those before them were not there either.
    mutating func refill() -> Bool {
        if offset + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            next |= word &<< UInt64(truncatingIfNeeded: count)
            offset &+= (63 &- count) &>> 3
            count |= 56
            return true
        }
        return refillAtEnd()
    }

    private mutating func refillAtEnd() -> Bool {
        if isBeyondEnd { return false }
        // What is above the counted bits is not all of it: begin anew with what is counted.
        next &= 1 << UInt64(truncatingIfNeeded: count) - 1
        while count < 56 {
            if offset < bytes.count {
                next |= UInt64(bytes[offset]) << UInt64(truncatingIfNeeded: count)
            }
            offset += 1
            count += 8
        }
        return true
    }

    /// Passes over `bits`, of which there are as many ready.
    mutating func drop(_ bits: Int) {
        next &>>= UInt64(truncatingIfNeeded: bits)
        count &-= bits
    }

    /// The next `bits` as a number, of which there are as many ready.
    mutating func take(_ bits: Int) -> Int {
        let value = Int(truncatingIfNeeded: next & (1 << UInt64(truncatingIfNeeded: bits) - 1))
        drop(bits)
        return value
    }

    /// Passes over what is left of a byte.
    mutating func alignToByte() {
        drop(count & 7)
    }

    /// Passes over whole bytes, from a byte's beginning; false if there are not as many.
    mutating func skip(bytes length: Int) -> Bool {
        let byte = position / 8
        guard byte + length <= bytes.count else { return false }
        offset = byte + length
        next = 0
        count = 0
        return true
    }

    /// Passes over everything up to the last bit that is one, and as many `zeros`; false if that is not ahead,
    /// or not in the last byte.
    mutating func skip(toLastOneAnd zeros: Int) -> Bool {
        guard let last = bytes.lastIndex(where: { $0 != 0 }) else { return false }
        let end = last * 8 + (UInt8.bitWidth - bytes[last].leadingZeroBitCount) + zeros
        guard end > position && (end + 7) / 8 == bytes.count else { return false }
        offset = bytes.count
        next = 0
        count = bytes.count * 8 - end
        return true
    }
}
