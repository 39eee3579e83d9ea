// How many terminal columns a text takes, and how text from outside is made harmless.
// Terminals disagree on emoji sequences and long stacks of marks: what is of unsure width is replaced
// by something of known width, so that a frame stays aligned everywhere.

/// Measures and cleans text for a character grid.
public struct TextWidth: Sendable, Equatable {
    /// Whether characters of East Asian Width "ambiguous" take two columns.
    public var ambiguousIsWide: Bool
    /// What stands for text that was cut away.
    public var ellipsis: String
    /// What stands for a cluster that cannot be shown safely; one column wide.
    public var replacement: Character

    /// Rules for measuring.
    public init(
        ambiguousIsWide: Bool = false, ellipsis: String = "…", replacement: Character = "\u{FFFD}"
    ) {
        self.ambiguousIsWide = ambiguousIsWide
        self.ellipsis = ellipsis
        self.replacement = replacement
    }

    /// Ambiguous characters are narrow, as in nearly every terminal of today.
    public static let standard = TextWidth()

    /// The columns that `text` takes once it is made harmless.
    public func width(of text: String) -> Int {
        text.isPlain ? text.utf8.count : clusters(of: text).reduce(0) { $0 + $1.columns }
    }

    /// `text` as a frame shows it: line breaks and tabs are spaces; control characters, bidirectional
    /// controls and invisible characters are gone; each cluster of unsure width is replaced.
    public func sanitized(_ text: String) -> String {
        text.isPlain ? text : String(clusters(of: text).map(\.character))
    }

    /// The clusters of `text` as a frame shows them, one after the other, as they are asked for.
    public func clusters(of text: String) -> SafeClusters {
        SafeClusters(of: text, under: self)
    }

    /// The columns of a scalar that is neither a mark nor invisible.
    func columns(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0xA1 { return 1 }
        if UnicodeWidth.contains(scalar, in: UnicodeWidth.wide) { return 2 }
        if ambiguousIsWide, UnicodeWidth.contains(scalar, in: UnicodeWidth.ambiguous) { return 2 }
        // Emoji newer than the table: those shown as pictures by default are wide (UTS #51, 1.4.1).
        // They are added to these blocks alone.
        return scalar.value >= 0x1F000 && scalar.properties.isEmojiPresentation ? 2 : 1
    }
}

/// A grapheme cluster of known width.
public struct Cluster: Sendable, Hashable {
    /// The text.
    public let character: Character
    /// The columns it takes: 1 or 2.
    public let columns: Int
}
