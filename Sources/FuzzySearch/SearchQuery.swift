// What was typed to search for, as terms that must all be found. The signs are those of fzf.

/// What is searched for.
///
/// Terms stand between blanks, and each must be found: its letters in their order, others between them; with `'` before
/// it in one piece; with `^` at the start, with `$` after it at the end; with `!` it must not be there, in one piece. A
/// term without a capital finds capitals too.
public struct SearchQuery: Sendable, Hashable {
    /// What the words were made from.
    public let text: String
    let terms: [Term]

    /// Reads what was typed.
    public init(_ text: String) {
        self.text = text
        terms = text.split(whereSeparator: \.isWhitespace).compactMap { Term($0) }
    }

    /// Whether everything is found.
    public var isEmpty: Bool { terms.isEmpty }

    /// Whether whatever this finds is among what `earlier` finds, so that nothing else has to be looked at.
    public func narrows(_ earlier: SearchQuery) -> Bool {
        terms.count >= earlier.terms.count && zip(terms, earlier.terms).allSatisfy { $0.narrows($1) }
    }
}

/// One term of a query.
struct Term: Sendable, Hashable {
    /// Where the letters must be.
    enum Kind: Sendable, Hashable {
        /// In their order.
        case fuzzy
        /// In one piece.
        case exact
        /// In one piece at the start.
        case prefix
        /// In one piece at the end.
        case suffix
        /// These and nothing else.
        case whole
    }

    var kind: Kind
    var isNegated = false
    /// Whether capitals and small letters differ.
    var isCaseSensitive: Bool
    /// The letters, without marks; small ones where case does not matter.
    var letters: [UInt32]
    /// The same as bytes; nil where a letter is beyond ASCII.
    var bytes: [UInt8]?
    /// The classes of letters that a text must have.
    var mask: UInt64

    init?(_ word: Substring) {
        var word = word
        var kind = Kind.fuzzy
        if word.count > 1, word.first == "!" {
            isNegated = true
            kind = .exact
            word = word.dropFirst()
        }
        if word.count > 1, word.first == "'" {
            kind = .exact
            word = word.dropFirst()
        } else {
            let isAtStart = word.count > 1 && word.first == "^"
            if isAtStart { word = word.dropFirst() }
            let isAtEnd = word.count > 1 && word.last == "$"
            if isAtEnd { word = word.dropLast() }
            if isAtStart || isAtEnd { kind = isAtStart ? isAtEnd ? .whole : .prefix : .suffix }
        }
        let scalars = word.unicodeScalars.map { Folding.withoutMark($0).value }
        let lower = scalars.map(Folding.lowercased)
        guard !scalars.isEmpty else { return nil }
        self.kind = kind
        isCaseSensitive = lower != scalars
        letters = scalars
        bytes = scalars.allSatisfy { $0 < 0x80 } ? scalars.map { UInt8($0) } : nil
        mask = scalars.reduce(0) { $0 | LetterMask.bit(of: $1) }
    }

    /// Whether whatever this finds is found by `other` too.
    func narrows(_ other: Term) -> Bool {
        if self == other { return true }
        guard !isNegated, !other.isNegated, isCaseSensitive || !other.isCaseSensitive,
            letters.starts(
                with: other.letters, by: { other.isCaseSensitive ? $0 == $1 : Folding.lowercased($0) == $1 })
        else { return false }
        return switch (kind, other.kind) {
        case (_, .fuzzy), (.exact, .exact), (.prefix, .prefix), (.prefix, .exact), (.whole, .prefix),
            (.whole, .exact):
            true
        default: false
        }
    }
}

/// Which letters a text has, in 64 bits: what lacks one is not looked at any further.
enum LetterMask {
    /// The bit of a text that has letters beyond ASCII.
    static let beyondASCII: UInt64 = 1 << 63

    /// The bit of a letter; the same for both cases.
    @inline(__always)
    static func bit(of letter: UInt32) -> UInt64 {
        if letter >= 0x80 { return beyondASCII }
        let lower = UInt8(letter).lowercased
        switch lower {
        case 0x61...0x7A: return 1 << UInt64(lower - 0x61)
        case 0x30...0x39: return 1 << UInt64(26 + lower - 0x30)
        default: return 1 << UInt64(36 + lower % 27)
        }
    }
}
