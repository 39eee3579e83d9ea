// A paste goes whole into one field, whatever it holds: no line break of it presses Enter.
import Languages

/// What a field changed in a pasted text, to be told to the person who pasted it.
public struct PasteNotice: Sendable, Equatable, Localized {
    /// Spaces or line breaks at the ends were left out.
    public var trimmedSpaces = false
    /// A pair of quotes round the text was left out.
    public var trimmedQuotes = false
    /// Line breaks inside the text were left out.
    public var droppedLineBreaks = false
    /// Control characters were left out.
    public var droppedControls = false

    var isEmpty: Bool { self == PasteNotice() }

    /// A sentence on what was left out.
    public var text: Text {
        let parts = [
            trimmedSpaces ? Text("spaces at the ends") : nil,
            trimmedQuotes ? Text("the quotes round it") : nil,
            droppedLineBreaks ? Text("line breaks") : nil,
            droppedControls ? Text("control characters") : nil,
        ].compactMap { $0 }
        return parts.isEmpty
            ? Text("Pasted without changes.") : Text("Pasted without \(Text.all(of: parts)).")
    }
}

extension TextField {
    /// Inserts a pasted text whole at the cursor, without blanks at its ends, without one pair of quotes
    /// round it, without control characters.
    /// - Returns: what was left out; nothing where the text went in as it was.
    public mutating func paste(_ pasted: String) -> PasteNotice? {
        var notice = PasteNotice()
        let body = Self.trimmed(pasted)
        notice.trimmedSpaces = body.count < pasted.count
        var inner = body
        if let quote = body.first, body.count > 1, body.last == quote, "\"'`".contains(quote) {
            inner = body.dropFirst().dropLast()
            notice.trimmedQuotes = true
        }
        var kept = ""
        for character in inner {
            if character.isNewline {
                if lineBreaks == .kept { kept.append("\n") } else { notice.droppedLineBreaks = true }
            } else if character == "\t" {
                kept.append(" ")
            } else if character.unicodeScalars.contains(where: \.isControl) {
                notice.droppedControls = true
            } else {
                kept.append(character)
            }
        }
        insert(kept)
        return notice.isEmpty ? nil : notice
    }

    private static func trimmed(_ text: String) -> Substring {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

extension Unicode.Scalar {
    /// Control characters, and those that change the direction of text.
    fileprivate var isControl: Bool {
        properties.generalCategory == .control || properties.isBidiControl
    }
}
