// Results as columns of text on standard output.
import Languages
import TerminalKit

enum PlainTable {
    /// Prints rows under a heading, each column as wide as its widest cell.
    ///
    /// What comes from outside is made harmless first, so that no name can move a terminal's cursor.
    static func print(_ heading: [Text], _ rows: [[String]]) {
        let width = TextWidth.standard
        let cells = ([heading.map(\.said)] + rows).map { $0.map { width.sanitized($0) } }
        let columns = heading.indices.map { column in cells.map { width.width(of: $0[column]) }.max() ?? 0 }
        for row in cells {
            let padded = zip(row, columns).map { width.padded($0, to: $1) }
            Swift.print(String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()))
        }
    }

    /// Prints a line, in which names and messages of others are made harmless.
    static func print(line: String) { Swift.print(TextWidth.standard.sanitized(line)) }

    /// Prints what is known of one thing: a title and a value to a line, the values below each other.
    static func print(facts: [(title: Text, value: String)]) {
        let width = TextWidth.standard
        let column = facts.map { width.width(of: $0.title.said) }.max() ?? 0
        for (title, value) in facts {
            Swift.print(width.padded(title.said, to: column) + "  " + width.sanitized(value))
        }
    }
}
