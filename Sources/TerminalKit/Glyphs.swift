// The signs that screens are drawn with, in two sets: Unicode, and ASCII for terminals without it.

/// A set of signs; each is one column wide unless its name says a string.
public struct Glyphs: Sendable, Hashable {
    /// The sides of a box.
    public var horizontal: Character
    /// The upright sides of a box.
    public var vertical: Character
    /// The corners of a box.
    public var topLeft: Character
    /// The top right corner.
    public var topRight: Character
    /// The bottom left corner.
    public var bottomLeft: Character
    /// The bottom right corner.
    public var bottomRight: Character
    /// The branch of a tree that others follow, as a string of four columns.
    public var branch: String
    /// The last branch of a tree, as a string of four columns.
    public var lastBranch: String
    /// The trunk that passes by a deeper branch, as a string of four columns.
    public var trunk: String
    /// What points at the row or choice under the cursor.
    public var pointer: Character
    /// Something is folded away below.
    public var folded: Character
    /// What lies below is shown.
    public var unfolded: Character
    /// A ticked box, as a string.
    public var checked: String
    /// A box that is not ticked, as a string.
    public var unchecked: String
    /// The chosen one of several, as a string.
    public var chosen: String
    /// One of several that is not chosen, as a string.
    public var unchosen: String
    /// Done, in order.
    public var success: Character
    /// To be looked at.
    public var warning: Character
    /// Failed.
    public var failure: Character
    /// For the reader's information; also what a secret is drawn with.
    public var bullet: Character
    /// The part of a progress bar that is done.
    public var progressFull: Character
    /// The part of a progress bar that is to come.
    public var progressEmpty: Character
    /// From nothing to the most, in steps; none where numbers stand for themselves.
    public var blocks: [Character]
    /// What turns while something goes on.
    public var spinner: [Character]
    /// From one step to the next, as a string.
    public var arrow: String
    /// What stands for text that does not fit, as a string.
    public var ellipsis: String
    /// There is more above.
    public var moreAbove: Character
    /// There is more below.
    public var moreBelow: Character
    /// There is more to the left.
    public var moreLeft: Character
    /// There is more to the right.
    public var moreRight: Character
    /// The names of the arrow keys: up, down, left, right.
    public var arrowKeys: [String]
    /// What stands for text that cannot be shown safely.
    public var replacement: Character

    /// Box lines and signs found in every common terminal font.
    public static let unicode = Glyphs(
        horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
        bottomRight: "┘", branch: "├── ", lastBranch: "└── ", trunk: "│   ", pointer: "▸",
        folded: "▸", unfolded: "▾", checked: "[x]", unchecked: "[ ]", chosen: "(•)", unchosen: "( )",
        success: "✓",
        warning: "!", failure: "×", bullet: "•", progressFull: "█", progressEmpty: "░",
        blocks: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], spinner: ["|", "/", "-", "\\"], arrow: "→",
        ellipsis: "…", moreAbove: "↑", moreBelow: "↓", moreLeft: "‹", moreRight: "›",
        arrowKeys: ["↑", "↓", "←", "→"], replacement: "\u{FFFD}")

    /// The same signs in ASCII.
    public static let ascii = Glyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
        bottomRight: "+", branch: "|-- ", lastBranch: "`-- ", trunk: "|   ", pointer: ">",
        folded: "+", unfolded: "-", checked: "[x]", unchecked: "[ ]", chosen: "(*)", unchosen: "( )",
        success: "v",
        warning: "!", failure: "x", bullet: "*", progressFull: "#", progressEmpty: ".",
        blocks: [], spinner: ["|", "/", "-", "\\"], arrow: "->", ellipsis: "...", moreAbove: "^",
        moreBelow: "v", moreLeft: "<", moreRight: ">",
        arrowKeys: ["Up", "Down", "Left", "Right"], replacement: "?")

    /// No signs at all, for text that is read aloud: each is a character that no line keeps, so that what it says has to
    /// be in the words beside it.
    public static let unspoken: Glyphs = {
        var glyphs = ascii
        glyphs.success = "\u{200B}"
        glyphs.warning = "\u{200B}"
        glyphs.failure = "\u{200B}"
        glyphs.pointer = "\u{200B}"
        glyphs.bullet = "-"
        return glyphs
    }()
}
