// Text for those who have it read aloud, and for programs that read it: words, without anything that is drawn.

/// Makes lines of printable characters from text of any origin.
public struct PlainText: Sendable, Equatable {
    /// Whether only ASCII may be written; anything else becomes a question mark.
    public var isASCII: Bool
    /// The columns of a line, at which it is broken between words; nil where lines are as long as they are.
    public var columns: Int?

    /// Rules for writing.
    public init(isASCII: Bool = false, columns: Int? = nil) {
        self.isASCII = isASCII
        self.columns = columns
    }

    /// A text in lines; several blanks, and line breaks, are one, and there are none at the ends of a line.
    public func lines(of text: String) -> [String] {
        let width = TextWidth(ellipsis: "...", replacement: isASCII ? "?" : "\u{FFFD}")
        return width.wrapped(spoken(text), to: columns.map { max(1, $0) } ?? Int.max)
    }

    /// The text with words or letters in the place of signs that are drawings.
    private func spoken(_ text: String) -> String {
        var spoken = ""
        for character in text {
            if character.isNewline {
                spoken.append(" ")
            } else if character.isASCII {
                spoken.append(character)
            } else if let letters = Self.letters[character] {
                spoken += isASCII ? letters : String(character)
            } else if character.unicodeScalars.contains(where: \.isDrawing) {
                spoken += "?"
            } else {
                spoken += isASCII && !character.isInvisible ? "?" : String(character)
            }
        }
        return spoken
    }

    /// What stands in ASCII for the signs of sentences.
    private static let letters: [Character: String] = [
        "“": "\"", "”": "\"", "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "×": "x",
    ]
}

extension Unicode.Scalar {
    /// Lines, boxes and blocks that screens are drawn with, and patterns of Braille, which are read aloud as such.
    fileprivate var isDrawing: Bool {
        (0x2500...0x259F).contains(value) || (0x2800...0x28FF).contains(value)
    }
}

extension Character {
    fileprivate var isInvisible: Bool {
        unicodeScalars.allSatisfy { $0.properties.isDefaultIgnorableCodePoint }
    }
}
