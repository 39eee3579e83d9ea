// A notification that the terminal shows on the desktop, however far away that is (iTerm2, "Proprietary Escape Codes",
// OSC 9, which others have taken over). It asks the terminal nothing.

/// A notification of the terminal.
enum DesktopNotification {
    private static let longest = 200

    /// The bytes that have a terminal show a text; nil where there is nothing to show.
    static func sequence(for text: String, through multiplexer: Multiplexer) -> String? {
        let harmless = TextWidth.standard.truncated(text, to: longest)
        // A number in front means something else to some terminals (ConEmu, OSC 9;4: progress).
        let shown = harmless.first?.isNumber == true ? " " + harmless : harmless
        return shown.isEmpty ? nil : multiplexer.handingOn("\u{1B}]9;\(shown)")
    }
}
