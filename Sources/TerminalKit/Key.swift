// The keys that a terminal can tell apart on every line: no Alt, no Shift with letters.

/// A key as it was pressed.
public enum Key: Sendable, Hashable {
    /// A character, as one grapheme cluster; a capital is its own character.
    case character(Character)
    /// Ctrl with a lower-case letter.
    case control(Character)
    /// Enter or Return.
    case enter
    /// Escape.
    case escape
    /// Tab.
    case tab
    /// Shift-Tab.
    case backTab
    /// Delete to the left.
    case backspace
    /// Delete to the right.
    case delete
    /// Insert.
    case insert
    /// Arrow up.
    case up
    /// Arrow down.
    case down
    /// Arrow left.
    case left
    /// Arrow right.
    case right
    /// Home.
    case home
    /// End.
    case end
    /// Page up.
    case pageUp
    /// Page down.
    case pageDown
    /// A function key, from 1.
    case function(Int)
}

extension Key: CustomStringConvertible {
    /// The name as hints show it: "Enter", "Ctrl-P", "F1", "Space", "↑".
    public var description: String { label(.unicode) }

    /// The name as hints show it, with the arrows of `glyphs`.
    public func label(_ glyphs: Glyphs) -> String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(" "): "Ctrl-Space"
        case .control(let letter): "Ctrl-\(letter.uppercased())"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .insert: "Ins"
        case .up: glyphs.arrowKeys[0]
        case .down: glyphs.arrowKeys[1]
        case .left: glyphs.arrowKeys[2]
        case .right: glyphs.arrowKeys[3]
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .function(let number): "F\(number)"
        }
    }
}
