// A page of help as blocks of text, read from the small part of Markdown that the pages are written in.

/// A page of help.
public struct HelpPage: Equatable, Sendable {
    /// A part of a page.
    ///
    /// Texts have marks inside: `code`, *emphasis* and **strong**.
    public enum Block: Equatable, Sendable {
        /// A heading below the title; 2 is the highest level.
        case heading(level: Int, text: String)
        case paragraph(String)
        /// The items of a list; depth 0 is the outermost.
        case list([ListItem])
        /// A table; every row has as many cells as its heading, which may all be empty.
        case table(heading: [String], rows: [[String]])
        /// Lines as they are.
        case code([String])
    }

    /// An item of a list.
    public struct ListItem: Equatable, Sendable {
        /// How deep it is, from 0.
        public var depth: Int
        /// What it says.
        public var text: String

        /// An item.
        public init(depth: Int, text: String) {
            self.depth = depth
            self.text = text
        }
    }

    /// What stands above it.
    public var title: String
    /// What follows, from top to bottom.
    public var blocks: [Block]

    /// Reads a page: a title behind `#`, then headings, paragraphs and items of one line each, tables, and lines
    /// between fences.
    public init(markdown: String) {
        var lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)[...]
        title = ""
        blocks = []
        while let line = lines.popFirst() {
            if line.hasPrefix("```") {
                let code = lines.prefix { !$0.hasPrefix("```") }
                lines = lines.dropFirst(code.count + 1)
                blocks.append(.code(code.map(String.init)))
            } else if line.hasPrefix("|") {
                let rows = [line] + lines.prefix { $0.hasPrefix("|") }
                lines = lines.dropFirst(rows.count - 1)
                // The second line only divides.
                blocks.append(
                    .table(heading: Self.cells(of: rows[0]), rows: rows.dropFirst(2).map(Self.cells)))
            } else if let item = Self.item(line) {
                let others = lines.prefix { Self.item($0) != nil }
                lines = lines.dropFirst(others.count)
                blocks.append(.list([item] + others.compactMap(Self.item)))
            } else if line.hasPrefix("# ") {
                title = String(line.dropFirst(2))
            } else if line.hasPrefix("#") {
                let marks = line.prefix { $0 == "#" }
                blocks.append(
                    .heading(level: marks.count, text: String(line.dropFirst(marks.count + 1))))
            } else if !line.isEmpty {
                blocks.append(.paragraph(String(line)))
            }
        }
    }

    private static func item(_ line: Substring) -> ListItem? {
        let indent = line.prefix { $0 == " " }.count
        let rest = line.dropFirst(indent)
        return rest.hasPrefix("- ") ? ListItem(depth: indent / 2, text: String(rest.dropFirst(2))) : nil
    }

    /// The cells of a line of a table; a `|` inside of code belongs to its cell.
    private static func cells(of line: Substring) -> [String] {
        var cells = [""]
        var isCode = false
        for character in line.dropFirst() {
            if character == "`" { isCode.toggle() }
            if character == "|", !isCode {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        // What follows the last bar is no cell.
        return cells.dropLast().map { cell in
            String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
