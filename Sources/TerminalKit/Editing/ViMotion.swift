// How far the motions of vi go in one line of text.

/// A motion in a line.
struct ViMotion: Sendable {
    /// Where it leads from a place in a text.
    var target: @Sendable (_ text: [Character], _ from: Int) -> Int
    /// Whether the character that it leads to belongs to what is changed.
    var isInclusive = false

    /// The motions, by their keys.
    static let all: [Character: ViMotion] = [
        "h": ViMotion { _, from in from - 1 },
        "l": ViMotion { _, from in from + 1 },
        " ": ViMotion { _, from in from + 1 },
        "0": ViMotion { _, _ in 0 },
        "^": ViMotion { text, _ in text.firstIndex { !$0.isWhitespace } ?? 0 },
        "$": ViMotion(target: { text, _ in text.count - 1 }, isInclusive: true),
        "w": ViMotion { nextStart($0, $1, of: wordClass) },
        "W": ViMotion { nextStart($0, $1, of: blankClass) },
        "b": ViMotion { previousStart($0, $1, of: wordClass) },
        "B": ViMotion { previousStart($0, $1, of: blankClass) },
        "e": ViMotion(target: { nextEnd($0, $1, of: wordClass) }, isInclusive: true),
        "E": ViMotion(target: { nextEnd($0, $1, of: blankClass) }, isInclusive: true),
    ]

    private typealias CharacterClass = (Character) -> Int

    /// Blanks, letters and digits, and signs: a word is of one class.
    private static func wordClass(_ character: Character) -> Int {
        character.isWhitespace ? 0 : character.isLetter || character.isNumber || character == "_" ? 1 : 2
    }

    private static func blankClass(_ character: Character) -> Int { character.isWhitespace ? 0 : 1 }

    private static func nextStart(_ text: [Character], _ from: Int, of kind: CharacterClass) -> Int {
        guard from < text.count else { return from }
        var place = from
        let own = kind(text[place])
        if own != 0 { while place < text.count, kind(text[place]) == own { place += 1 } }
        while place < text.count, kind(text[place]) == 0 { place += 1 }
        return place
    }

    private static func previousStart(_ text: [Character], _ from: Int, of kind: CharacterClass) -> Int {
        var place = min(from, text.count) - 1
        while place > 0, kind(text[place]) == 0 { place -= 1 }
        while place > 0, kind(text[place - 1]) == kind(text[place]) { place -= 1 }
        return place
    }

    private static func nextEnd(_ text: [Character], _ from: Int, of kind: CharacterClass) -> Int {
        var place = from + 1
        while place < text.count, kind(text[place]) == 0 { place += 1 }
        while place + 1 < text.count, kind(text[place + 1]) == kind(text[place]) { place += 1 }
        return place
    }
}
