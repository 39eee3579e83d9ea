// Texts below each other.
import Languages

extension Text {
    /// Texts on a line each.
    static func onLines(_ lines: [Text]) -> Text {
        guard let first = lines.first else { return .verbatim("") }
        return lines.dropFirst().reduce(first) { Text("\($0)\n\($1)") }
    }

    /// Sentences with a blank line between them.
    static func paragraphs(_ paragraphs: [Text]) -> Text {
        guard let first = paragraphs.first else { return .verbatim("") }
        return paragraphs.dropFirst().reduce(first) { Text("\($0)\n\n\($1)") }
    }
}
