// The clipboard of the terminal, which may be far away: a sequence carries the text there (xterm, "ctlseqs": Operating
// System Commands, 52). It asks the terminal nothing, and what it carries is base64, so that no text ends it.
import FoundationEssentials

/// The way of a text to the clipboard.
public enum Clipboard {
    /// The longest text in bytes; terminals refuse what is much longer, and a slow line would be busy with it.
    static let largestText = 16 << 10

    /// Whether a text is short enough.
    public static func takes(_ text: String) -> Bool { !text.isEmpty && text.utf8.count <= largestText }

    /// A text without what could do something where it is pasted: control characters and marks of direction.
    ///
    /// Line breaks stay.
    public static func harmless(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar == "\n": kept.append(scalar)
            case .control where scalar == "\t": kept.append(" ")
            case .control, .lineSeparator, .paragraphSeparator: continue
            case .format where scalar.properties.isBidiControl: continue
            default: kept.append(scalar)
            }
        }
        return String(kept)
    }

    /// The bytes that bring a text to the clipboard; nil where it is too long.
    static func sequence(for text: String, through multiplexer: Multiplexer) -> String? {
        let text = harmless(text)
        guard takes(text) else { return nil }
        let command = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())"
        // tmux takes the first where it keeps the clipboard itself, and hands the second on where it may.
        let kept = multiplexer == .tmux ? command + "\u{1B}\\" : ""
        return kept + multiplexer.handingOn(command)
    }
}
