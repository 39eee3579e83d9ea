// Examples in the help of commands: lines as they are typed.
import Languages

extension Text {
    /// The discussion of a command, with examples behind it, a line each.
    func said(examples: String...) -> String { said + "\n\n" + .examples(examples) }
}

extension String {
    /// Examples of a command that needs no discussion, a line each.
    static func examples(_ lines: String...) -> String { examples(lines) }

    fileprivate static func examples(_ lines: [String]) -> String {
        ([Text("Examples:").said, ""] + lines.map { "  " + $0 }).joined(separator: "\n")
    }
}
