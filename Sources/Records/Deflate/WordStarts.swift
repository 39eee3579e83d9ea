// Where words begin in a text, many bytes at a time.

/// Finds the first bytes of words, which are runs of ASCII letters and digits, and of every character beyond ASCII.
struct WordStarts {
    /// How many bytes are looked at in one step.
    static let stride = 64
    private static let highest: UInt64 = 0x8080_8080_8080_8080

    /// 1 if the byte before those to come belongs to a word.
    private var before: UInt64 = 0

    /// Which of the next `stride` bytes from `text` on are first ones: a bit for each, the lowest for the first.
    @inline(__always)
    mutating func next(_ text: UnsafeRawPointer) -> UInt64 {
        var inside: UInt64 = 0
        var beyondASCII: UInt64 = 0
        for part in 0..<8 {
            let bytes = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: 8 &* part, as: UInt64.self))
            inside |= Self.bits(Self.wordBytes(bytes)) &<< UInt64(truncatingIfNeeded: 8 &* part)
            beyondASCII |= bytes
        }
        defer { before = inside &>> 63 }
        let starts = inside & ~(inside &<< 1 | before)
        return beyondASCII & Self.highest == 0 ? starts : starts | Self.characters(text)
    }

    /// The bytes that belong to words, marked in the highest bit of each.
    @inline(__always)
    private static func wordBytes(_ bytes: UInt64) -> UInt64 {
        let low = bytes & ~highest
        // A sum reaches the highest bit from the first of a range on, and another beyond its last.
        let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
        let folded = low | 0x2020_2020_2020_2020
        let letters = (folded &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(folded &+ 0x0505_0505_0505_0505)
        return (digits | letters | bytes) & highest
    }

    /// The highest bits of eight bytes side by side.
    @inline(__always)
    private static func bits(_ marks: UInt64) -> UInt64 {
        ((marks &>> 7) &* 0x0102_0408_1020_4080) &>> 56
    }

    /// The first bytes of characters beyond ASCII (two ones at the top), among `stride`.
    @inline(never)
    private static func characters(_ text: UnsafeRawPointer) -> UInt64 {
        var starts: UInt64 = 0
        for part in 0..<8 {
            let bytes = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: 8 &* part, as: UInt64.self))
            starts |= bits(bytes & bytes &<< 1 & highest) &<< UInt64(truncatingIfNeeded: 8 &* part)
        }
        return starts
    }
}
