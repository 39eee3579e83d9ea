// The title of the terminal's window: set for a while, and given back without asking for it (xterm, "ctlseqs":
// Operating System Commands, 2; XTWINOPS 22 and 23).

/// The title of a window.
enum WindowTitle {
    private static let longest = 120

    /// Keeps the title that there is.
    static let keep = "\u{1B}[22;2t"
    /// Gives back what was kept.
    static let giveBack = "\u{1B}[23;2t"

    /// The bytes that set a title.
    static func sequence(for title: String) -> String {
        let harmless = TextWidth.standard.truncated(title, to: longest)
        return "\u{1B}]2;\(harmless)\u{1B}\\"
    }

    /// Whether a terminal has titles, by its type and by what begins its status line.
    static func isKnown(type: String, statusLine: [UInt8]?) -> Bool {
        if ["xterm", "tmux", "screen"].contains(where: { type == $0 || type.hasPrefix($0 + "-") }) {
            return true
        }
        return statusLine?.starts(with: [0x1B, UInt8(ascii: "]")]) ?? false
    }
}
