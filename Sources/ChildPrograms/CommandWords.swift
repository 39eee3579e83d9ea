// A command as people write it, in words: as a shell parts it, with nothing of what else a shell does.

/// Parts the text of a command.
public enum CommandWords {
    /// The words of a command; nil where a quotation mark is not closed, or a backslash is the last of it.
    ///
    /// Blanks part words. What is in single quotes, and what a backslash stands before, is taken as it is; in double
    /// quotes a backslash does that for `"`, `\`, `$` and `` ` ``. No variable, pattern, pipe or redirection means
    /// anything (POSIX, Shell Command Language, 2.2).
    public static func split(_ text: String) -> [String]? {
        var words: [String] = []
        // Nil between words: an empty pair of quotes is a word.
        var word: String?
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let literal = rest.popFirst() else { return nil }
                word = (word ?? "") + String(literal)
            case "'":
                guard let end = rest.firstIndex(of: "'") else { return nil }
                word = (word ?? "") + rest[..<end]
                rest = rest[end...].dropFirst()
            case "\"":
                guard let quoted = takeQuoted(&rest) else { return nil }
                word = (word ?? "") + quoted
            case _ where character.isWhitespace:
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }

    /// What stands before the next double quotation mark, which is taken too; nil where there is none.
    private static func takeQuoted(_ rest: inout Substring) -> String? {
        var quoted = ""
        while let character = rest.popFirst() {
            if character == "\"" { return quoted }
            if character == "\\", let next = rest.first, "\"\\$`".contains(next) {
                quoted.append(next)
                rest.removeFirst()
            } else {
                quoted.append(character)
            }
        }
        return nil
    }
}
