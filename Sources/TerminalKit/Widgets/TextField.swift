// A field for one text. What the text means, and whether it is right, is the caller's matter.
import Languages

/// The state of a text field: its text and where the cursor stands in it.
public struct TextField: Sendable, Equatable {
    /// What a field does with the line breaks of a paste.
    public enum LineBreaks: Sendable, Hashable {
        /// They are left out.
        case dropped
        /// They are part of the text, as in a key; they are shown as spaces.
        case kept
    }

    /// The text.
    public private(set) var text: String
    /// The cursor, as a number of characters from the start of the text.
    public private(set) var cursor: Int
    /// Whether the text is drawn as bullets.
    ///
    /// It never reaches a frame then.
    public var isSecret: Bool
    /// What is shown while the text is empty.
    public var placeholder: Text?
    /// What a paste's line breaks become.
    public var lineBreaks: LineBreaks

    /// A field with the cursor at the end of `text`.
    public init(
        _ text: String = "", placeholder: Text? = nil, isSecret: Bool = false,
        lineBreaks: LineBreaks = .dropped
    ) {
        self.text = text
        cursor = text.count
        self.placeholder = placeholder
        self.isSecret = isSecret
        self.lineBreaks = lineBreaks
    }

    /// Replaces the text; the cursor goes to its end.
    public mutating func replace(with text: String) {
        self.text = text
        cursor = text.count
    }

    /// Does what `key` does in a field.
    ///
    /// `false` means that the key means nothing here.
    public mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(text.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        case .backspace: remove(from: cursor - 1, to: cursor)
        case .delete, .control("d"): remove(from: cursor, to: cursor + 1)
        case .control("k"): remove(from: cursor, to: text.count)
        case .control("u"): remove(from: 0, to: cursor)
        case .control("w"): remove(from: startOfWord, to: cursor)
        default: return false
        }
        return true
    }

    /// Puts the cursor at a place, or as near as the text allows.
    public mutating func moveCursor(to place: Int) { cursor = min(max(0, place), text.count) }

    /// Takes a part of the text out; the cursor goes to where it was.
    public mutating func cut(_ range: Range<Int>) -> String {
        let characters = Array(text)
        let range = range.clamped(to: 0..<characters.count)
        text = String(characters[..<range.lowerBound] + characters[range.upperBound...])
        cursor = min(range.lowerBound, text.count)
        return String(characters[range])
    }

    /// Inserts `inserted` as it is where the cursor stands.
    public mutating func insert(_ inserted: String) {
        let tail = text.dropFirst(cursor).count
        text.insert(contentsOf: inserted, at: text.index(text.startIndex, offsetBy: cursor))
        // Counted from the end, because a mark may have joined the character before it.
        cursor = max(0, text.count - tail)
    }

    private mutating func remove(from start: Int, to end: Int) {
        guard max(0, start) < end else { return }
        _ = cut(max(0, start)..<end)
    }

    /// Where the word to the left of the cursor begins, blanks between them passed over.
    private var startOfWord: Int {
        let characters = Array(text)
        var place = cursor
        while place > 0, characters[place - 1].isWhitespace { place -= 1 }
        while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
        return place
    }
}

extension TextField: CustomStringConvertible, CustomReflectable {
    /// The text, or the same words for every secret: nothing that prints a state prints a secret.
    public var description: String { isSecret ? "‹secret›" : text }

    /// The description alone.
    public var customMirror: Mirror { Mirror(self, children: ["text": description]) }
}
