// How much a letter's place in a text is worth: the start of a word is worth more than its middle. The weights are
// those of fzf, so that what its users know to come first does so here.

/// The weights of a match.
enum Weight {
    /// A letter that is found.
    static let match: Int32 = 16
    /// The first letter that is passed over.
    static let gapStart: Int32 = -3
    /// Each letter passed over after it.
    static let gapExtension: Int32 = -1
    /// A letter right after one that is found.
    static let consecutive: Int32 = 4
    /// The start of a word.
    static let boundary: Int32 = 8
    /// The first letter of a term has its place count so many times.
    static let firstLetter: Int32 = 2
    /// What is found beside the name only comes after it.
    static let detail: Int32 = 8
}

/// What kind of letter stands in a text.
enum LetterClass: UInt8 {
    case blank, nonWord, delimiter, lower, upper, letter, digit

    /// The class of a letter.
    init(_ letter: UInt32) {
        switch letter {
        case 0x61...0x7A: self = .lower
        case 0x41...0x5A: self = .upper
        case 0x30...0x39: self = .digit
        case 0x20, 0x09...0x0D, 0xA0, 0x3000: self = .blank
        case 0x2F, 0x2C, 0x3A, 0x3B, 0x7C: self = .delimiter
        case ..<0x80: self = .nonWord
        default:
            guard let scalar = Unicode.Scalar(letter) else {
                self = .nonWord
                return
            }
            let properties = scalar.properties
            if properties.isUppercase {
                self = .upper
            } else if properties.isLowercase {
                self = .lower
            } else {
                self = properties.isAlphabetic ? .letter : properties.numericType != nil ? .digit : .nonWord
            }
        }
    }

    private var isWord: Bool { rawValue >= LetterClass.lower.rawValue }

    /// What a letter's place is worth after another.
    static func bonus(of current: LetterClass, after previous: LetterClass) -> Int32 {
        if current.isWord {
            switch previous {
            case .blank: return Weight.boundary + 2
            case .delimiter: return Weight.boundary + 1
            case .nonWord: return Weight.boundary
            default: break
            }
        }
        let isHump = previous == .lower && current == .upper || previous != .digit && current == .digit
        if isHump { return Weight.boundary + Weight.gapExtension }
        switch current {
        case .nonWord, .delimiter: return Weight.boundary
        case .blank: return Weight.boundary + 2
        default: return 0
        }
    }

    /// The classes of ASCII.
    static let ascii: [UInt8] = (0..<128).map { LetterClass(UInt32($0)).rawValue }

    /// The worth of a place, by the class of the letter before it times eight and its own.
    static let bonuses: [Int32] = (0..<64).map { place in
        guard let previous = LetterClass(rawValue: UInt8(place / 8)),
            let current = LetterClass(rawValue: UInt8(place % 8))
        else { return 0 }
        return bonus(of: current, after: previous)
    }
}
