// Texts below each other.
import Languages

extension Text {
    /// Texts on a line each.
    static func onLines(_ lines: [Text]) -> Text {
        joined(lines) { Text("\($0)\n\($1)") }
    }

    /// Sentences with a blank line between them.
    static func paragraphs(_ paragraphs: [Text]) -> Text {
        joined(paragraphs) { Text("\($0)\n\n\($1)") }
    }
}
