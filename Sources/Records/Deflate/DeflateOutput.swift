// The bits of a deflate stream as they are written, the lowest of each byte first.

/// Memory that bits are written into; the writer sees to it that there is room.
struct DeflateOutput {
    /// How many bytes beyond the last may be written to.
    static let slack = 16

    private let start: UnsafeMutableRawPointer
    private var place: UnsafeMutableRawPointer
    /// The bits that are not in memory yet, the lowest `pending`; zeros above.
    private var bits: UInt64 = 0
    private var pending = 0

    /// Nothing written yet to `memory`.
    init(_ memory: UnsafeMutableRawPointer) {
        start = memory
        place = memory
    }

    /// How many bits have been written.
    var bitCount: Int { (place - start) * 8 + pending }

    /// Adds the lowest `count` bits of `value`, above which it has none; `flush` has to be called before there are more
    /// than 63.
    @inline(__always)
    mutating func put(_ value: UInt64, _ count: Int) {
        bits |= value &<< UInt64(truncatingIfNeeded: pending)
        pending &+= count
    }

    @inline(__always)
    mutating func put(_ word: SequenceWords.Word) {
        put(word.bits, word.count)
    }

    /// Moves whole bytes to memory, after which 7 bits are pending at most.
    @inline(__always)
    mutating func flush() {
        place.storeBytes(of: bits.littleEndian, as: UInt64.self)
        place += pending &>> 3
        bits &>>= UInt64(truncatingIfNeeded: pending & ~7)
        pending &= 7
    }

    /// Adds zeros to the end of a byte.
    mutating func alignToByte() {
        pending = (pending + 7) & ~7
        flush()
    }

    /// Ends a piece of the stream on a byte: with an empty block of bytes as they are.
    mutating func endPiece() {
        put(0, 3)
        alignToByte()
        put(0xFFFF_0000, 32)
        flush()
    }

    /// Adds whole bytes, at the beginning of one.
    mutating func put(_ bytes: UnsafeRawBufferPointer) {
        if let source = bytes.baseAddress { place.copyMemory(from: source, byteCount: bytes.count) }
        place += bytes.count
    }
}
