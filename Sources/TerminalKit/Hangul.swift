// Korean syllables that were taken apart into letters, as file names of some systems are.
// The arithmetic is the Unicode Standard's, section 3.12 "Conjoining Jamo Behavior".

enum Hangul {
    private static let firstSyllable: UInt32 = 0xAC00
    private static let leading: ClosedRange<UInt32> = 0x1100...0x1112
    private static let vowels: ClosedRange<UInt32> = 0x1161...0x1175
    private static let trailing: ClosedRange<UInt32> = 0x11A8...0x11C2

    /// The one syllable that `scalars` spell, if they spell one of the modern ones.
    static func syllable(of scalars: Character.UnicodeScalarView) -> Unicode.Scalar? {
        var letters = scalars.map(\.value)[...]
        guard let first = letters.popFirst(), let second = letters.popFirst() else { return nil }
        var syllable: UInt32
        if leading.contains(first), vowels.contains(second) {
            syllable = firstSyllable + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
            if let third = letters.popFirst() {
                guard trailing.contains(third) else { return nil }
                syllable += third - 0x11A7
            }
        } else if (firstSyllable...0xD7A3).contains(first), (first - firstSyllable) % 28 == 0,
            trailing.contains(second)
        {
            syllable = first + (second - 0x11A7)
        } else {
            return nil
        }
        return letters.isEmpty ? Unicode.Scalar(syllable) : nil
    }
}
